package httpapi

import (
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notifier"
	"github.com/vedettehq/vedette/internal/notify"
	"github.com/vedettehq/vedette/internal/notify/notifytest"
)

// withChats has a receiver of two chats.
func withChats(first, second *notifytest.Chat) func(*world) {
	return func(w *world) {
		w.deps.Receivers = notifier.New(notifier.Deps{
			Store:     w.deps.Store,
			Receivers: []notifier.Receiver{{Name: "ops", Targets: []notify.Target{first, second}}},
			Logger:    slog.New(slog.DiscardHandler),
		}, notifier.Config{})
	}
}

func TestReceivers_SayWhatTheServicesAnswer(t *testing.T) {
	t.Parallel()
	good, bad := &notifytest.Chat{Name: "chat:good"}, &notifytest.Chat{Name: "chat:bad"}
	bad.Fail(notifytest.Refuse)
	w := newWorld(t, withChats(good, bad))

	receivers, err := w.client.Receivers(t.Context())
	require.NoError(t, err)
	require.Equal(t, []client.Receiver{{Name: "ops", Targets: []string{"chat:good", "chat:bad"}}}, receivers)

	test, err := w.client.TestReceiver(t.Context(), "ops")
	require.NoError(t, err)
	require.True(t, test.Failed())
	require.True(t, test.Results[0].Sent)
	require.Equal(t, "no such channel", test.Results[1].Error)
	require.Equal(t, "This is a test of the receiver ops, asked for by local. Nothing is wrong.", good.Messages()[0].Text)

	_, err = w.client.TestReceiver(t.Context(), "nobody")
	w.code(monitor.CodeNotFound, `receiver "nobody" is not configured: there is "ops"`, err)
}

func TestReceivers_ThereAreNone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	receivers, err := w.client.Receivers(t.Context())
	require.NoError(t, err)
	require.Empty(t, receivers)
	_, err = w.client.TestReceiver(t.Context(), "ops")
	w.code(monitor.CodeNotFound, "there is none", err)
}

func TestNotifications_AreListedAndResent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	version := w.register("orders", func(d *monitor.Declaration) {
		d.Options.Notifications = []monitor.Notification{{Receiver: "ops"}}
	})
	w.find("orders", version, "7")
	resent, err := w.client.Resend(t.Context(), "")
	require.NoError(t, err)
	require.Equal(t, 1, resent.Alerts)
	_, err = w.client.Resend(t.Context(), "gone")
	w.code(monitor.CodeNotFound, "gone", err)

	_, err = w.store.RouteMarks(t.Context(), 10, w.store.Now(), func([]monitor.Notification) []string { return []string{"chat:a", "chat:b"} })
	require.NoError(t, err)
	all, err := w.client.Notifications(t.Context(), client.NotificationFilter{}, client.Paging{Limit: 1})
	require.NoError(t, err)
	require.Len(t, all.Items, 1)
	require.NotNil(t, all.NextCursor)
	require.Equal(t, "none", all.Items[0].Status)
	dead, err := w.client.Notifications(t.Context(), client.NotificationFilter{Dead: true, AlertID: all.Items[0].AlertID}, client.Paging{})
	require.NoError(t, err)
	require.Empty(t, dead.Items)
}
