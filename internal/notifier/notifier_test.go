package notifier_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notifier"
	"github.com/vedettehq/vedette/internal/notify"
	"github.com/vedettehq/vedette/internal/notify/notifytest"
)

func TestNotifier_R82_FollowsTheAlertThroughItsLife(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.change("a")
	require.Equal(t, []string{"create"}, w.tell())
	require.Equal(t, "Stuck orders: low, 1 active\nid n\na 7", w.message().Text)

	require.Empty(t, w.tell(), "nothing happened")
	w.change("a", "b")
	require.Equal(t, []string{"edit", "mention"}, w.tell())
	require.Equal(t, "Stuck orders: moderate, 2 active\nid n\na 7\nb 7", w.message().Text)

	w.acknowledge()
	require.Equal(t, []string{"edit"}, w.tell())
	require.Contains(t, w.message().Text, "acknowledged")

	w.change()
	require.Equal(t, []string{"close"}, w.tell())
	require.True(t, w.message().Closed)
	require.Equal(t, []string{"notification_created", "notification_closed"}, w.events())
	require.Equal(t, monitor.NoticeClosed, w.notice().Status)
	require.Empty(t, w.tell())
}

func TestNotifier_R82_BurstsAndRepeatsCostOneCall(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.change("a")
	w.change("a", "b")
	w.change("b")
	require.Equal(t, []string{"create"}, w.tell())
	_, err := w.store.MarkAlerts(t.Context(), "", w.now)
	require.NoError(t, err)
	require.Empty(t, w.tell(), "it is shown as it is")
}

func TestNotifier_R82_OnlyWhatIsImportantEnough(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(n *monitor.Notification) { n.MinPriorityToSend = monitor.Moderate })
	w.change("a")
	require.Empty(t, w.tell())
	w.change("a", "b")
	require.Equal(t, []string{"create", "mention"}, w.tell())
	w.change("a")
	require.Equal(t, []string{"edit"}, w.tell(), "once shown, it is until the end")
}

func TestNotifier_R82_NotWhatSomebodyKnowsOf(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.change("a")
	w.acknowledge()
	require.Empty(t, w.tell())
	w.change("a", "b")
	require.Equal(t, []string{"create", "mention"}, w.tell(), "it has become more important than was acknowledged")
}

func TestNotifier_R82_WhatIsOverBeforeItWasToldIsNotTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.change("a")
	w.change()
	require.Empty(t, w.tell())
	require.Empty(t, w.chat.Messages())
}

func TestNotifier_R82_EndsWhereItIsToldNoMore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.change("a")
	w.tell()
	declared := w.declaration.Options.Notifications
	w.declaration.Options.Notifications = nil
	w.register()
	require.Equal(t, []string{"close"}, w.tell())
	require.Contains(t, w.message().Text, "removed")

	w.declaration.Options.Notifications = declared
	w.register()
	require.Equal(t, []string{"create"}, w.tell(), "and begins anew")
}

func TestNotifier_R82_WhatSomebodyTookAwayIsSentAnew(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.change("a")
	w.tell()
	w.chat.Remove(w.message().Nonce)
	w.change("a", "b")
	require.Equal(t, []string{"edit", "create", "mention"}, w.tell())
	w.chat.Remove(w.message().Nonce)
	w.change()
	require.Equal(t, []string{"close"}, w.tell())
	require.Empty(t, w.chat.Messages())
}

func TestNotifier_R82_WhatSomebodyTookAwayAndKnowsOfIsNotSentAnew(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.change("a")
	w.tell()
	w.chat.Remove(w.message().Nonce)
	w.acknowledge()
	require.Equal(t, []string{"edit"}, w.tell())
	require.Empty(t, w.chat.Messages())
	w.change("a", "b")
	require.Equal(t, []string{"create", "mention"}, w.tell(), "it has become more important than was acknowledged")
}

func TestNotifier_R82_ATargetThatIsGoneFromTheConfiguration(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.change("a")
	w.tell()
	w.chat = &notifytest.Chat{Name: "chat:other"}
	_, err := w.store.MarkAlerts(t.Context(), "", w.now)
	require.NoError(t, err)
	require.Equal(t, []string{"create"}, w.tell())
	for range 20 {
		w.now = w.now.Add(time.Minute)
		w.tell()
	}
	require.Equal(t, []string{"notification_created", "notification_created", "notification_closed"}, w.events())
}

func TestNotifier_R84_CallsOnceForEachTurn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.change("a", "b")
	require.Equal(t, []string{"create", "mention"}, w.tell())
	w.change("b", "c")
	require.Equal(t, []string{"edit"}, w.tell(), "called already")
	w.acknowledge()
	require.Equal(t, []string{"edit"}, w.tell())
	w.change("b", "c", "d")
	require.Equal(t, []string{"edit", "mention"}, w.tell(), "it needs people again")
}

func TestNotifier_R84_CallsAtEachChangeIfAsked(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(n *monitor.Notification) { n.MentionOnUpdate = true })
	w.change("a", "b")
	require.Equal(t, []string{"create", "mention"}, w.tell())
	w.change("b", "c")
	require.Equal(t, []string{"edit", "mention"}, w.tell())
	w.acknowledge()
	require.Equal(t, []string{"edit"}, w.tell())
}

func TestNotifier_ASilenceHoldsItsPeace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	quiet := silence(true)
	w.silencer = &quiet
	w.change("a", "b")
	require.Empty(t, w.tell())

	quiet = false
	_, err := w.store.MarkAlerts(t.Context(), "", w.now)
	require.NoError(t, err)
	require.Equal(t, []string{"create", "mention"}, w.tell(), "what is still wrong is told once")

	quiet = true
	w.change("a", "b", "c")
	require.Empty(t, w.tell())
	w.change()
	require.Equal(t, []string{"close"}, w.tell(), "an end disturbs nobody")
}

func TestNotifier_AThrottleHoldsBackAndSaysSoOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.throttle = notifier.Throttle{Max: 1, Per: time.Minute}
	w.config.URL = "https://watch.example"
	w.change("a")
	w.do(lock(w))
	w.change("a", "b")
	w.do(lock(w))
	w.change("a", "b", "c")
	require.Equal(t, []string{"create", "say"}, w.tell())
	require.Equal(t, "2 more alerts are held back: more than 1 new ones within 1m0s. They follow if they are still active. All of them: https://watch.example/#/",
		w.chat.Messages()[1].Text)
	w.now = w.now.Add(30 * time.Second)
	require.Empty(t, w.tell())
	w.now = w.now.Add(30 * time.Second)
	require.Equal(t, []string{"create", "say"}, w.tell())
	w.change()
	require.Equal(t, []string{"close", "close"}, w.tell(), "the third is over before it was told")
}

func TestNotifier_KeepsThePaceOfAService(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.change("a")
	n := w.notifierWith(paced{w.chat})
	do, err := n.Take(t.Context(), me)
	require.NoError(t, err)
	do(t.Context())
	require.Equal(t, []string{"create"}, w.chat.Calls())

	w.change("a", "b")
	do, err = n.Take(t.Context(), me)
	require.NoError(t, err)
	require.Nil(t, do, "not by whoever is next either")
	w.now = w.now.Add(20 * time.Millisecond)
	do, err = n.Take(t.Context(), me)
	require.NoError(t, err)
	start := time.Now()
	do(t.Context())
	require.Equal(t, []string{"edit", "mention"}, w.chat.Calls())
	require.GreaterOrEqual(t, time.Since(start), 20*time.Millisecond, "from one to the next")
}

type paced struct{ *notifytest.Chat }

func (paced) Pace() time.Duration { return 20 * time.Millisecond }

func TestNotifier_R82_OnlyWhatATargetFindsWorthIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	n := w.notifierWith(selective{w.chat})
	tell := func() []string {
		for {
			do, err := n.Take(t.Context(), me)
			require.NoError(t, err)
			if do == nil {
				return w.chat.Calls()
			}
			do(t.Context())
		}
	}
	w.change("a")
	require.Equal(t, []string{"create"}, tell())
	w.change("b")
	require.Empty(t, tell(), "other issues, as important as before")
	w.change("a", "b")
	require.Equal(t, []string{"edit", "mention"}, tell())
}

// selective is a chat in which only the first line matters.
type selective struct{ *notifytest.Chat }

func (selective) Significant(r notify.Rendering) string {
	first, _, _ := strings.Cut(string(r), `\n`)
	return first
}

func TestNotifier_R82_SilencesOfTheStoreFromTheFirstToTheLast(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.silencer = notifier.Silences{Store: w.store}
	created, err := w.store.CreateSilence(t.Context(), monitor.Silence{
		Match: monitor.SilenceMatch{Monitor: "orders", Priority: monitor.Moderate}, StartsAt: w.now, EndsAt: w.now.Add(time.Hour),
		Comment: "deploy", CreatedAt: w.now, CreatedBy: "ada",
	}, w.now)
	require.NoError(t, err)
	end := func() int {
		ended, err := w.store.EndSilences(t.Context(), w.now, 10)
		require.NoError(t, err)
		return ended
	}
	w.change("a", "b")
	require.Empty(t, w.tell())
	w.change("a", "b", "c")
	require.Equal(t, []string{"create", "mention"}, w.tell(), "more important than what is silenced")
	w.change("a")
	require.Empty(t, w.tell(), "what is shown stays as it is")
	require.Zero(t, end())

	w.now = created.EndsAt
	require.Empty(t, w.tell(), "nobody has looked yet")
	require.Equal(t, 1, end())
	require.Equal(t, []string{"edit"}, w.tell(), "what is still wrong is told once")
	require.Zero(t, end())
	require.Empty(t, w.tell())
}
