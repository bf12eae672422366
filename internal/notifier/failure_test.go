package notifier_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notifier"
	"github.com/vedettehq/vedette/internal/notify"
	"github.com/vedettehq/vedette/internal/notify/notifytest"
	"github.com/vedettehq/vedette/internal/store"
)

// lock locks the one alert that is not locked, so that the next issue makes another.
func lock(w *world) lifecycle.Action {
	return func(s monitor.Snapshot) (monitor.Plan, error) {
		s.Alerts = s.Alerts[len(s.Alerts)-1:]
		return lifecycle.Lock(&w.declaration, lifecycle.Person{Actor: "ada", Now: w.now})(s)
	}
}

// later lets time pass until whatever failed is tried again.
func (w *world) later() { w.now = w.now.Add(11 * time.Minute) }

func TestNotifier_R83_AMessageWhoseAnswerWasLostIsAdopted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.change("a", "b")
	w.chat.Fail(notifytest.LoseAnswer)
	require.Equal(t, []string{"create"}, w.tell())
	require.Equal(t, monitor.NoticeSending, w.notice().Status)
	w.later()
	require.Equal(t, []string{"find", "edit", "mention"}, w.tell())
	w.message()
	require.Equal(t, []string{"notification_created"}, w.events())
}

func TestNotifier_R83_ACallWhoseAnswerWasLostIsNotRepeated(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.change("a")
	w.tell()
	w.change("a", "b")
	w.chat.Fail(0, notifytest.LoseAnswer)
	require.Equal(t, []string{"edit", "mention"}, w.tell())
	w.later()
	require.Equal(t, []string{"find"}, w.tell())
	require.Len(t, w.message().Replies, 1)
}

func TestNotifier_R83_AMessageThatWasNeverSentIsSent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.change("a")
	w.chat.Fail(notifytest.Break)
	w.tell()
	w.later()
	require.Equal(t, []string{"find", "create"}, w.tell())
	w.message()
}

func TestNotifier_R83_WhateverBreaksOffNothingIsShownTwice(t *testing.T) {
	t.Parallel()
	// Each call is the last that a process makes; the next process goes on.
	for last := 1; last <= 3; last++ {
		w := newWorld(t)
		w.change("a", "b")
		ctx, die := context.WithCancel(t.Context())
		deadly := &deadlyChat{Chat: w.chat, calls: last, die: die}
		n := w.notifierWith(deadly)
		do, err := n.Take(ctx, me)
		require.NoError(t, err)
		do(ctx)
		w.tell()
		require.Len(t, w.message().Replies, 1, "after %d calls", last)
		require.Equal(t, []string{"notification_created"}, w.events())
		w.change()
		w.tell()
		require.True(t, w.message().Closed)
	}
}

// deadlyChat takes the process down with its last call, which arrives.
type deadlyChat struct {
	*notifytest.Chat
	calls int
	die   context.CancelFunc
}

func (d *deadlyChat) Create(ctx context.Context, nonce string, r notify.Rendering) (notify.Ref, error) {
	defer d.count()
	return d.Chat.Create(ctx, nonce, r)
}

func (d *deadlyChat) Mention(ctx context.Context, ref notify.Ref, nonce string, r notify.Rendering) (notify.Ref, error) {
	defer d.count()
	return d.Chat.Mention(ctx, ref, nonce, r)
}

func (d *deadlyChat) count() {
	if d.calls--; d.calls <= 0 {
		d.die()
	}
}

func TestNotifier_R81_ATargetThatFailsIsLeftAloneForAWhile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.change("a")
	w.do(lock(w))
	w.change("a", "b")
	w.chat.Fail(notifytest.Refuse)
	require.Equal(t, []string{"create"}, w.tell(), "one attempt, whatever the number of alerts")
	require.Empty(t, w.tell())
	w.now = w.now.Add(2 * time.Second)
	require.Contains(t, w.tell(), "create")
}

func TestNotifier_R81_DoesAsTheServiceAsks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.change("a")
	w.chat.Fail(notifytest.Throttle)
	w.tell()
	w.now = w.now.Add(notifytest.PauseSeconds*time.Second - time.Millisecond)
	require.Empty(t, w.tell())
	w.now = w.now.Add(time.Millisecond)
	require.Equal(t, []string{"create"}, w.tell())
}

func TestNotifier_R81_GivesUpInTheEndAndTakesTheNextChangeAsAChance(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.change("a")
	for range 24 * 6 {
		w.chat.Fail(notifytest.Refuse)
		w.tell()
		w.later()
	}
	n := w.notice()
	require.True(t, n.Dead)
	require.Equal(t, "no such channel", n.Error)
	w.later()
	require.Empty(t, w.tell())

	w.chat = &notifytest.Chat{Name: w.chat.Name}
	w.change("a", "b")
	require.Equal(t, []string{"create", "mention"}, w.tell())
	require.False(t, w.notice().Dead)
}

func TestNotifier_AnOutageOfAnHourLosesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.change("a")
	w.tell()
	for minute := range 60 {
		w.chat.Fail(notifytest.Break)
		switch minute {
		case 10:
			w.change("a", "b")
		case 30:
			w.change("b")
		}
		w.tell()
		w.now = w.now.Add(time.Minute)
	}
	w.chat.Heal()
	w.later()
	w.tell()
	require.Equal(t, "Stuck orders: low, 1 active\nid n\nb 7", w.message().Text)
}

func TestNotifier_APanicOfATargetIsItsOwn(t *testing.T) {
	t.Parallel()
	for name, target := range map[string]notify.Target{
		"calling": panickingCreate{&notifytest.Chat{Name: "chat:ops"}}, "rendering": panickingRender{&notifytest.Chat{Name: "chat:ops"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.change("a")
			do, err := w.notifierWith(target).Take(t.Context(), me)
			require.NoError(t, err)
			do(t.Context())
			require.Contains(t, w.notice().Error, "panic: nobody expects it")
		})
	}
}

type panickingCreate struct{ *notifytest.Chat }

func (panickingCreate) Create(context.Context, string, notify.Rendering) (notify.Ref, error) {
	panic("nobody expects it")
}

type panickingRender struct{ *notifytest.Chat }

func (panickingRender) Render(*notify.Card) (notify.Rendering, error) { panic("nobody expects it") }

func TestNotifier_R04_ATargetIsReleasedWhenTheStoreIsBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.config.Backoff = time.Millisecond
	w.change("a")
	n := notifier.New(notifier.Deps{
		Store:     &forgetful{clock: clock{w.store, w}, failures: 2},
		Receivers: []notifier.Receiver{{Name: "ops", Targets: []notify.Target{w.chat}}},
		Logger:    w.logs,
	}, w.config)
	do, err := n.Take(t.Context(), me)
	require.NoError(t, err)
	do(t.Context())
	w.change("a", "b")
	require.Equal(t, []string{"create", "edit", "mention"}, w.tell(), "it is nobody's for as long as the executor lives otherwise")
}

// forgetful cannot be reached at first when a target is to be released.
type forgetful struct {
	clock
	failures int
}

func (f *forgetful) ReleaseTarget(ctx context.Context, executor string, target store.TargetState) error {
	if f.failures--; f.failures >= 0 {
		return monitor.Errorf(monitor.CodeUnavailable, "the database is away")
	}
	return f.clock.ReleaseTarget(ctx, executor, target)
}

func TestNotifier_ASlowTargetHoldsUpNoOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.change("a")
	slow, quick := &notifytest.Chat{Name: "chat:a_slow"}, &notifytest.Chat{Name: "chat:quick"}
	n := w.notifierWith(blocking{slow}, quick)
	first, err := n.Take(t.Context(), me)
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		first(ctx)
	}()
	second, err := n.Take(t.Context(), me)
	require.NoError(t, err)
	second(t.Context())
	require.Len(t, quick.Messages(), 1)
	stop()
	<-done
}

type blocking struct{ *notifytest.Chat }

func (blocking) Create(ctx context.Context, _ string, _ notify.Rendering) (notify.Ref, error) {
	<-ctx.Done()
	return "", ctx.Err()
}

func TestNotifier_R82_AnUnknownReceiverTellsNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(n *monitor.Notification) { n.Receiver = "nobody" })
	w.change("a")
	require.Empty(t, w.tell())
	notices, err := w.store.Notices(t.Context(), store.NoticeFilter{}, store.Page{Limit: 1})
	require.NoError(t, err)
	require.Empty(t, notices)
}

func TestNotifier_R83_ARepeatThatIsNotTakenKeepsTheNumberOfTheFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	service := &recognising{Chat: w.chat}
	tell := func() {
		for {
			do, err := w.notifierWith(service).Take(t.Context(), me)
			require.NoError(t, err)
			if do == nil {
				return
			}
			do(t.Context())
		}
	}
	w.change("a")
	w.chat.Fail(notifytest.LoseAnswer, notifytest.Throttle, notifytest.Refuse)
	for range 4 {
		tell()
		w.later()
	}
	require.Len(t, service.nonces, 4)
	for _, nonce := range service.nonces {
		require.Equal(t, service.nonces[0], nonce, "the service knows it by that")
	}
	require.Equal(t, monitor.NoticeShown, w.notice().Status)
}

// recognising is a chat that says that it recognises repeats.
type recognising struct {
	*notifytest.Chat
	nonces []string
}

func (r *recognising) RefOf(nonce string) notify.Ref { return notify.Ref(nonce) }

func (r *recognising) Create(ctx context.Context, nonce string, rendering notify.Rendering) (notify.Ref, error) {
	r.nonces = append(r.nonces, nonce)
	return r.Chat.Create(ctx, nonce, rendering)
}
