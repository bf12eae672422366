package storetest

import (
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

var notices = map[string]func(*fixture){
	"Notices_R82_AChangeMarksItsAlertsOnce":        noticesMarked,
	"Notices_R82_OnlyOfMonitorsThatTell":           noticesOnlyTelling,
	"Notices_R82_PersonsMarkToo":                   noticesOfPersons,
	"Notices_R82_ANewVersionMarksWhatIsActive":     noticesOfNewVersion,
	"Notices_R82_OnEachTarget":                     noticesOnEachTarget,
	"Notices_R82_WhatIsShownStaysDueUntilClosed":   noticesShownAreRouted,
	"Notices_R82_MarkedAgainWhileUnderWay":         noticesMarkedMeanwhile,
	"Notices_R82_EndedWhileAboutToBeShown":         noticesEndedMeanwhile,
	"Notices_R82_ResendMarksAll":                   noticesResend,
	"Notices_R04_ATargetBelongsToOneExecutor":      noticesOneExecutor,
	"Notices_R04_RequireALease":                    noticesRequireLease,
	"Notices_R83_AreAsTheyWereSaved":               noticesSaved,
	"Notices_R03_TheEventComesWithTheChange":       noticesEvent,
	"Notices_TheTargetDueLongestGoesFirst":         noticesInTurn,
	"Notices_ATargetIsLeftAloneForAsLongAsItWants": noticesPause,
	"Notices_ThoseThatAreDeadCanBeFound":           noticesDead,
	"Notices_R08_TakeWhateverTextServicesGive":     textsOfNotices,
	"NoticeView_ShowsTheAlertWithItsOldestIssues":  noticeView,
	"NoticeView_R66_OfAMonitorThatWasDeleted":      noticeViewArchived,
}

// telling has the monitor declare notifications.
func telling(r *store.Registration) {
	r.Declaration.Options.Notifications = []monitor.Notification{{Receiver: "payments"}}
}

// notify has the plan's alerts marked, as lifecycle does for such monitors.
func notify(p *planning) { p.Notify = true }

func (f *fixture) route(targets ...string) int {
	f.Helper()
	routed, err := f.store.RouteMarks(f.Context(), 100, f.now, func(declared []monitor.Notification) []string {
		if len(declared) == 0 {
			return nil
		}
		return targets
	})
	require.NoError(f, err)
	return routed
}

func (f *fixture) takeTarget(executor string) *store.TakenTarget {
	f.Helper()
	taken, err := f.store.TakeTarget(f.Context(), executor, 100, f.now)
	require.NoError(f, err)
	return taken
}

func (f *fixture) release(taken *store.TakenTarget) {
	f.Helper()
	require.NoError(f, f.store.ReleaseTarget(f.Context(), me, taken.TargetState))
}

// show makes the one notice of a target shown.
func (f *fixture) show(target string) monitor.Notice {
	f.Helper()
	taken := f.takeTarget(me)
	require.NotNil(f, taken)
	require.Equal(f, target, taken.Target)
	require.Len(f, taken.Notices, 1)
	n := taken.Notices[0]
	n.Status, n.Nonce, n.Ref, n.Shown = monitor.NoticeShown, "nonce", "ref", "print"
	require.NoError(f, f.store.SaveNotice(f.Context(), me, n, time.Time{}, monitor.Event{}, f.now))
	f.release(taken)
	return n
}

func noticesMarked(f *fixture) {
	f.register("orders", telling)
	f.run("orders", creating("a", "b"), notify)
	f.run("orders", updating(`{"id":"a"}`), notify)
	require.Equal(f, 1, f.route("slack:C1"), "one alert, however often it changed")
	require.Zero(f, f.route("slack:C1"))

	taken := f.takeTarget(me)
	require.Equal(f, "slack:C1", taken.Target)
	require.Equal(f, 1, taken.Due)
	require.Len(f, taken.Notices, 1)
	require.Equal(f, monitor.NoticeNone, taken.Notices[0].Status)
	require.Equal(f, f.now, taken.Notices[0].CreatedAt)
}

func noticesOnlyTelling(f *fixture) {
	f.register("orders")
	f.run("orders", creating("a"))
	require.Zero(f, f.route("slack:C1"))
	require.Nil(f, f.takeTarget(me))
}

func noticesOfPersons(f *fixture) {
	f.register("orders", telling)
	f.run("orders", creating("a"))
	alert := f.active("orders").Alerts[0]
	_, err := f.store.Change(f.Context(), store.Scope{AlertID: alert.ID}, f.now, func(s monitor.Snapshot) (monitor.Plan, error) {
		s.Alerts[0].Locked = true
		return monitor.Plan{Actor: "ada", Notify: true, Alerts: []*monitor.Alert{&s.Alerts[0]}}, nil
	})
	require.NoError(f, err)
	require.Equal(f, 1, f.route("slack:C1"))
}

func noticesOfNewVersion(f *fixture) {
	f.register("orders")
	f.run("orders", creating("a"))
	f.register("orders", content("2"), telling)
	require.Equal(f, 1, f.route("slack:C1"), "told from now on")
	f.show("slack:C1")
	f.register("orders", content("3"))
	require.Equal(f, 1, f.route("slack:C1"), "no longer told")
	require.Len(f, f.takeTarget(me).Notices, 1, "what is shown has to be closed")
}

func noticesOnEachTarget(f *fixture) {
	f.register("orders", telling)
	f.run("orders", creating("a"), notify)
	f.route("email:ops", "slack:C1")
	first, second := f.takeTarget(me), f.takeTarget(me)
	require.Equal(f, "email:ops", first.Target)
	require.Equal(f, "slack:C1", second.Target)
	require.Equal(f, first.Notices[0].AlertID, second.Notices[0].AlertID)
	require.Nil(f, f.takeTarget(me))
}

func noticesShownAreRouted(f *fixture) {
	f.register("orders", telling)
	f.run("orders", creating("a"), notify)
	f.route("slack:C1")
	n := f.show("slack:C1")
	f.run("orders", solving, notify)
	require.Equal(f, 1, f.route("email:other"), "the alert has ended: only what is shown matters")
	taken := f.takeTarget(me)
	require.Equal(f, "slack:C1", taken.Target)
	n.Marks++
	require.Equal(f, []monitor.Notice{n}, taken.Notices)

	n.Status, n.ClosedAt = monitor.NoticeClosed, f.now
	require.NoError(f, f.store.SaveNotice(f.Context(), me, n, time.Time{}, monitor.Event{}, f.now))
	f.release(taken)
	require.Nil(f, f.takeTarget(me))
}

func noticesMarkedMeanwhile(f *fixture) {
	f.register("orders", telling)
	f.run("orders", creating("a"), notify)
	f.route("slack:C1")
	taken := f.takeTarget(me)
	f.run("orders", updating(`{"id":"a"}`), notify)
	f.pass(time.Second)
	f.route("slack:C1")
	require.NoError(f, f.store.SaveNotice(f.Context(), me, taken.Notices[0], time.Time{}, monitor.Event{}, f.now))
	f.release(taken)
	require.Len(f, f.takeTarget(me).Notices, 1, "what came meanwhile was not shown")
}

// The alert ends after somebody has looked at it to show it, for the first time or
// again after it was closed, and before that is noted.
func noticesEndedMeanwhile(f *fixture) {
	f.register("orders", telling)
	for _, status := range []monitor.NoticeStatus{monitor.NoticeNone, monitor.NoticeClosed} {
		f.run("orders", creating("a"), notify)
		f.route("slack:C1")
		if status == monitor.NoticeClosed {
			taken := f.takeTarget(me)
			n := taken.Notices[0]
			n.Status, n.Nonce, n.ClosedAt = status, "nonce", f.now
			require.NoError(f, f.store.SaveNotice(f.Context(), me, n, f.now, monitor.Event{}, f.now))
			f.release(taken)
		}
		taken := f.takeTarget(me)
		require.Len(f, taken.Notices, 1)
		f.run("orders", solving, notify)
		require.Equal(f, 1, f.route("slack:C1"))
		n := taken.Notices[0]
		n.Status, n.Nonce, n.Ref, n.ClosedAt = monitor.NoticeShown, "nonce", "ref", time.Time{}
		require.NoError(f, f.store.SaveNotice(f.Context(), me, n, time.Time{}, monitor.Event{}, f.now))
		f.release(taken)

		taken = f.takeTarget(me)
		require.NotNil(f, taken, "%s: it has ended, which was not shown", status)
		require.Len(f, taken.Notices, 1)
		n = taken.Notices[0]
		n.Status, n.ClosedAt = monitor.NoticeClosed, f.now
		require.NoError(f, f.store.SaveNotice(f.Context(), me, n, time.Time{}, monitor.Event{}, f.now))
		f.release(taken)
	}
}

func noticesResend(f *fixture) {
	f.register("orders", telling)
	f.run("orders", creating("a"))
	f.register("payments", telling)
	f.run("payments", creating("b"))
	f.register("silent")
	f.run("silent", creating("c"))
	marked, err := f.store.MarkAlerts(f.Context(), "", f.now)
	require.NoError(f, err)
	require.Equal(f, 2, marked)
	require.Equal(f, 2, f.route("slack:C1"))
	marked, err = f.store.MarkAlerts(f.Context(), "payments", f.now)
	require.NoError(f, err)
	require.Equal(f, 1, marked)
}

func noticesOneExecutor(f *fixture) {
	f.register("orders", telling)
	f.run("orders", creating("a"), notify)
	f.route("slack:C1")
	require.NoError(f, f.store.RegisterExecutor(f.Context(), other, f.now, f.now.Add(15*time.Second)))
	taken := f.takeTarget(other)
	require.Nil(f, f.takeTarget(me))
	f.code(monitor.CodeFenced, f.store.SaveNotice(f.Context(), me, taken.Notices[0], time.Time{}, monitor.Event{}, f.now))
	f.code(monitor.CodeFenced, f.store.ReleaseTarget(f.Context(), me, taken.TargetState))

	f.pass(15 * time.Second)
	require.NotNil(f, f.takeTarget(me), "its executor is gone")
	f.code(monitor.CodeFenced, f.store.SaveNotice(f.Context(), other, taken.Notices[0], time.Time{}, monitor.Event{}, f.now))
}

func noticesRequireLease(f *fixture) {
	f.register("orders", telling)
	f.run("orders", creating("a"), notify)
	f.route("slack:C1")
	_, err := f.store.TakeTarget(f.Context(), "unknown", 10, f.now)
	f.code(monitor.CodeFenced, err)
	require.NotNil(f, f.takeTarget(me))
}

func noticesSaved(f *fixture) {
	f.register("orders", telling)
	f.run("orders", creating("a"), notify)
	f.route("slack:C1")
	taken := f.takeTarget(me)
	n := taken.Notices[0]
	n.Status, n.Nonce, n.Ref, n.Shown, n.Mentioned, n.MentionNonce = monitor.NoticeSending, "nonce", "C1/17", "print", true, "other"
	n.Attempts, n.FailingSince, n.Error = 3, f.now, "no such channel"
	require.NoError(f, f.store.SaveNotice(f.Context(), me, n, f.now.Add(time.Minute), monitor.Event{}, f.now))
	f.release(taken)
	require.Nil(f, f.takeTarget(me))
	f.pass(time.Minute)
	require.Equal(f, []monitor.Notice{n}, f.takeTarget(me).Notices)
}

func noticesEvent(f *fixture) {
	f.register("orders", telling)
	f.run("orders", creating("a"), notify)
	f.route("slack:C1")
	taken := f.takeTarget(me)
	n := taken.Notices[0]
	n.Status, n.Nonce = monitor.NoticeShown, "nonce"
	created := monitor.Event{Name: monitor.NotificationCreated, Keep: true, React: true}
	f.code(monitor.CodeFenced, f.store.SaveNotice(f.Context(), other, n, time.Time{}, created, f.now))
	require.NoError(f, f.store.SaveNotice(f.Context(), me, n, time.Time{}, created, f.now))

	events, err := f.store.Events(f.Context(), store.EventFilter{Name: monitor.NotificationCreated}, store.Page{Limit: 10})
	require.NoError(f, err)
	require.Len(f, events, 1)
	require.Equal(f, monitor.SourceNotification, events[0].Source)
	require.Equal(f, n.ID, events[0].SourceID)
	require.Equal(f, "orders", events[0].MonitorName)
	require.Contains(f, string(events[0].Data), `"target":"slack:C1"`)
	require.Equal(f, []string{"notification_created"}, names(f.takeDeliveries(me, 10)))
}

func noticesInTurn(f *fixture) {
	f.register("orders", telling)
	f.run("orders", creating("a"), notify)
	f.route("slack:C1")
	f.pass(time.Second)
	f.run("orders", updating(`{"id":"a"}`), notify)
	f.route("email:ops")
	require.Equal(f, "slack:C1", f.takeTarget(me).Target)
	require.Equal(f, "email:ops", f.takeTarget(me).Target)
}

func noticesPause(f *fixture) {
	f.register("orders", telling)
	f.run("orders", creating("a"), notify)
	f.route("slack:C1")
	taken := f.takeTarget(me)
	taken.TargetState = store.TargetState{
		Target: "slack:C1", NextAt: f.now.Add(time.Minute), WindowAt: f.now, Sent: 7, ToldAt: f.now, Failures: 2, Error: "rate limited",
	}
	f.release(taken)
	require.Nil(f, f.takeTarget(me))
	f.pass(time.Minute)
	require.Equal(f, taken.TargetState, f.takeTarget(me).TargetState)
}

func noticesDead(f *fixture) {
	f.register("orders", telling)
	f.run("orders", creating("a"), notify)
	f.route("email:ops", "slack:C1")
	taken := f.takeTarget(me)
	n := taken.Notices[0]
	n.Dead, n.Error, n.Attempts = true, "no such mailbox", 20
	require.NoError(f, f.store.SaveNotice(f.Context(), me, n, time.Time{}, monitor.Event{}, f.now))
	found, err := f.store.Notices(f.Context(), store.NoticeFilter{Dead: true}, store.Page{Limit: 10})
	require.NoError(f, err)
	require.Equal(f, []monitor.Notice{n}, found)
	all, err := f.store.Notices(f.Context(), store.NoticeFilter{AlertID: n.AlertID}, store.Page{Limit: 10})
	require.NoError(f, err)
	require.Len(f, all, 2)

	f.run("orders", updating(`{"id":"a"}`), notify)
	f.route("email:ops")
	found, err = f.store.Notices(f.Context(), store.NoticeFilter{Dead: true}, store.Page{Limit: 10})
	require.NoError(f, err)
	require.Empty(f, found, "what happens next is another try")
}

func noticeView(f *fixture) {
	f.register("orders", telling)
	f.run("orders", creating("a", "b", "c"))
	alert := f.active("orders").Alerts[0]
	view, err := f.store.NoticeView(f.Context(), alert.ID, 2)
	require.NoError(f, err)
	require.Equal(f, alert, view.Alert)
	require.Equal(f, 3, view.Alert.ActiveIssues)
	require.Equal(f, "orders", view.Monitor)
	require.Equal(f, "payments", view.Declaration.Options.Notifications[0].Receiver)
	require.Len(f, view.Issues, 2)
	require.Equal(f, "a", view.Issues[0].ModelID)
	_, err = f.store.NoticeView(f.Context(), alert.ID+1, 2)
	f.code(monitor.CodeNotFound, err)
}

func noticeViewArchived(f *fixture) {
	f.register("orders", telling)
	f.run("orders", creating("a"))
	alert := f.active("orders").Alerts[0]
	_, err := f.store.Change(f.Context(), store.Scope{Monitor: "orders", Issues: true}, f.now, func(s monitor.Snapshot) (monitor.Plan, error) {
		p := planning{Plan: monitor.Plan{Actor: "ada", Monitor: &monitor.MonitorChange{Archive: true}}, snapshot: s, now: f.now}
		dropping(&p)
		return p.Plan, nil
	})
	require.NoError(f, err)
	view, err := f.store.NoticeView(f.Context(), alert.ID, 2)
	require.NoError(f, err)
	require.True(f, view.Archived)
	require.Empty(f, view.Issues)
}
