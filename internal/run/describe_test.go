package run_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
)

// describedSource knows its tables.
type describedSource struct{ fakeSource }

func (*describedSource) Kind() string { return "fake" }
func (*describedSource) Tables(context.Context, string) ([]datasource.Table, error) {
	return []datasource.Table{{Name: "orders"}}, nil
}

func TestDatabases_TellWhatThereIsToQuery(t *testing.T) {
	t.Parallel()
	databases := run.NewDatabases(map[string]func() (datasource.Source, error){
		"shop":  func() (datasource.Source, error) { return &describedSource{}, nil },
		"plain": func() (datasource.Source, error) { return &fakeSource{}, nil },
	}, nil)
	require.True(t, databases.Has("shop"))
	require.False(t, databases.Has("shpo"))
	require.Equal(t, "fake", databases.Kind("shop"))
	require.Empty(t, databases.Kind("plain"))

	tables, err := databases.Tables(t.Context(), "shop")
	require.NoError(t, err)
	require.Equal(t, []datasource.Table{{Name: "orders"}}, tables)
	_, err = databases.Tables(t.Context(), "plain")
	require.Equal(t, &monitor.Failure{
		Kind: monitor.FailureQuery, Message: `databases of the kind of "plain" cannot say what tables they have`,
	}, err)
	_, err = databases.Tables(t.Context(), "shpo")
	require.ErrorContains(t, err, `did you mean "shop"`)
}
