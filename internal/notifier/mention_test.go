package notifier_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
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

func TestNotifier_R84_ACallThatTheServiceDidNotTakeIsMadeLater(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(n *monitor.Notification) { n.MentionOnUpdate = true })
	w.change("a", "b")
	require.Equal(t, []string{"create", "mention"}, w.tell())
	w.chat.Fail(0, notifytest.Throttle)
	w.change("a", "b", "c")
	require.Equal(t, []string{"edit", "mention"}, w.tell())
	w.later()
	require.Equal(t, []string{"mention"}, w.tell(), "people were not called to this change yet")
	require.Len(t, w.message().Replies, 2)
	w.later()
	require.Empty(t, w.tell())
}

func TestNotifier_R84_ATurnDuringASilenceIsCalledForAfterIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	silenced := silence(false)
	w.silencer = &silenced
	w.change("a", "b")
	require.Equal(t, []string{"create", "mention"}, w.tell())
	silenced = true
	w.acknowledge()
	require.Empty(t, w.tell())
	w.change("a", "b", "c") // more important than was acknowledged
	require.Empty(t, w.tell())
	silenced = false
	_, err := w.store.MarkAlerts(t.Context(), "", w.now)
	require.NoError(t, err)
	require.Equal(t, []string{"edit", "mention"}, w.tell())
}
