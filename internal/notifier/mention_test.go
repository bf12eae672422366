package notifier_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/notify/notifytest"
)

func TestNotifier_R84_CallsAtTheNewMessageIfTheOldOneIsGone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.change("a")
	require.Equal(t, []string{"create"}, w.tell(), "nobody is needed yet")
	w.chat.Fail(0, notifytest.Break)
	w.change("a", "b")
	require.Equal(t, []string{"edit", "mention"}, w.tell())

	w.chat.Remove(w.message().Nonce)
	w.later()
	require.Equal(t, []string{"find", "mention"}, w.tell(), "nothing has changed since the edit")
	w.now = w.now.Add(time.Second)
	require.Equal(t, []string{"create", "mention"}, w.tell())
	require.Len(t, w.message().Replies, 1)
}
