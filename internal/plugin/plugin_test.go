package plugin_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/plugin"
)

func TestSet_UnknownNameListsWhatThereIs(t *testing.T) {
	t.Parallel()
	set := plugin.NewSet[int]("queue")
	set.Register("sqs", 2)
	set.Register("memory", 1)

	found, err := set.Get("sqs")
	require.NoError(t, err)
	require.Equal(t, 2, found)

	_, err = set.Get("kafka")
	require.EqualError(t, err, `no queue "kafka" in this binary: there is memory, sqs`)
}

func TestSet_TwoOfOneNamePanic(t *testing.T) {
	t.Parallel()
	set := plugin.NewSet[int]("queue")
	set.Register("sqs", 1)
	require.Panics(t, func() { set.Register("sqs", 2) })
}
