package storetest

import (
	"fmt"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

var lists = map[string]func(*fixture){
	"Monitors_PagesByName":                     listMonitors,
	"Monitors_FilterByHealthAndMore":           listMonitorsFiltered,
	"Monitors_R79_HealthByOverdue":             listMonitorsOverdue,
	"Monitor_ShowsOneWithItsDocumentation":     readMonitor,
	"Alerts_FilterAndPage":                     listAlerts,
	"Issues_FilterAndPage":                     listIssues,
	"Executions_FilterAndPage":                 listExecutions,
	"Events_FilterAndPageBothWays":             listEvents,
	"Lists_AreStableWhileRowsAreAdded":         listsStable,
	"Status_CountsWhatIsGoingOn":               readStatus,
	"One_SaysWhatDoesNotExist":                 readNotFound,
	"Lists_OfANameThatNobodyHasAreEmpty":       listsOfNobody,
	"Monitors_QueryIsTakenLiterally":           listMonitorsLiterally,
	"Events_R80_HidesWhatIsOnlyToBeDelivered":  listEventsUnkept,
	"Alerts_FilterByTheirMonitor":              listAlertsOfMonitors,
	"Alerts_ByPriority":                        listAlertsByPriority,
	"Alerts_R60_FilterByAcknowledgedAtThatLow": listAlertsAcknowledged,
	"Edition_IsAnotherAfterEachChange":         editionOfChanges,
	"Edition_IsTheSameIfNothingWasWritten":     editionOfReads,
	"Edition_R79_IsAnotherOnceOneIsOverdue":    editionOfTime,
	"Edition_NoticesAnotherProcess":            editionOfProcesses,
	"Edition_NeverStandsForOlderLists":         editionsConcurrently,
}

func (f *fixture) monitorNames(filter store.MonitorFilter, page store.Page) []string {
	f.Helper()
	filter.Now = f.now
	views, err := f.store.Monitors(f.Context(), filter, page)
	require.NoError(f, err)
	names := []string{}
	for _, v := range views {
		names = append(names, v.Monitor.Name)
	}
	return names
}

func listMonitors(f *fixture) {
	for _, name := range []string{"d", "b", "a", "c"} {
		f.register(name)
	}
	require.Equal(f, []string{"a", "b"}, f.monitorNames(store.MonitorFilter{}, store.Page{Limit: 2}))
	require.Equal(f, []string{"c", "d"}, f.monitorNames(store.MonitorFilter{}, store.Page{Limit: 2, AfterName: "b"}))
}

func listMonitorsFiltered(f *fixture) {
	label := func(labels map[string]string) func(*store.Registration) {
		return func(r *store.Registration) { r.Declaration.Options.Labels = labels }
	}
	f.register("never_ran", label(map[string]string{"team": "a", "a.b c": "x"}))
	f.register("ok", label(map[string]string{"team": "a"}))
	f.register("violating")
	f.register("disabled", label(map[string]string{"team": "b"}))
	enable(f, "never_ran", false)
	f.run("ok")
	f.run("violating", creating("a", "b"))
	enable(f, "never_ran", true)
	enable(f, "disabled", false)

	yes, no := true, false
	for _, c := range []struct {
		filter store.MonitorFilter
		want   []string
	}{
		{store.MonitorFilter{}, []string{"disabled", "never_ran", "ok", "violating"}},
		{store.MonitorFilter{Health: monitor.HealthOK}, []string{"ok"}},
		{store.MonitorFilter{Health: monitor.HealthViolating}, []string{"violating"}},
		{store.MonitorFilter{Health: monitor.HealthUnknown}, []string{"never_ran"}},
		{store.MonitorFilter{Health: monitor.HealthDisabled}, []string{"disabled"}},
		{store.MonitorFilter{Enabled: &yes}, []string{"never_ran", "ok", "violating"}},
		{store.MonitorFilter{Enabled: &no}, []string{"disabled"}},
		{store.MonitorFilter{Query: "a"}, []string{"disabled", "never_ran", "violating"}},
		{store.MonitorFilter{Labels: map[string]string{"team": "a"}}, []string{"never_ran", "ok"}},
		{store.MonitorFilter{Labels: map[string]string{"team": "a", "a.b c": "x"}}, []string{"never_ran"}},
		{store.MonitorFilter{Labels: map[string]string{"team": "a"}, Health: monitor.HealthOK, Enabled: &yes, Query: "k"}, []string{"ok"}},
	} {
		require.Equal(f, c.want, f.monitorNames(c.filter, store.Page{Limit: 10}), "%+v", c.filter)
	}
	view := f.view("violating")
	require.Equal(f, 2, view.ActiveIssues)
	require.Equal(f, 1, view.ActiveAlerts)
	require.Equal(f, monitor.ExecutionSucceeded, view.LastExecution.Status)
	require.Equal(f, view.Monitor.ID, view.LastExecution.MonitorID)
	require.Empty(f, view.LastExecution.Report.Error)
	f.run("violating", func(p *planning) {
		p.Execution = &monitor.ExecutionEnd{Status: monitor.ExecutionFailed, Report: monitor.Report{Error: `no "stock"`}}
	})
	require.Equal(f, `no "stock"`, f.view("violating").LastExecution.Report.Error)
}

func listMonitorsOverdue(f *fixture) {
	f.register("orders")
	f.run("orders")
	f.pass(30*time.Minute + 5*time.Minute - time.Second)
	require.Equal(f, monitor.HealthOK, f.view("orders").Health)
	f.pass(time.Second)
	require.Equal(f, monitor.HealthUnknown, f.view("orders").Health, "due since half past")
	require.Equal(f, []string{"orders"}, f.monitorNames(store.MonitorFilter{Health: monitor.HealthUnknown}, store.Page{Limit: 5}))
	status, err := f.store.Status(f.Context(), f.now)
	require.NoError(f, err)
	require.Equal(f, 1, status.OverdueMonitors)
	f.claim()
	require.Equal(f, monitor.HealthOK, f.view("orders").Health)
}

func readMonitor(f *fixture) {
	f.register("orders")
	view, err := f.store.Monitor(f.Context(), "orders")
	require.NoError(f, err)
	require.Equal(f, "About orders", view.Documentation)
	require.Equal(f, "orders", view.Monitor.Name)
	f.register("orders", content("without"))
	view, err = f.store.Monitor(f.Context(), "orders")
	require.NoError(f, err)
	require.Empty(f, view.Documentation)
	require.Equal(f, 2, view.Version)
}

func listAlerts(f *fixture) {
	f.register("orders")
	f.register("payments", func(r *store.Registration) { r.Declaration.Options.Solvable = false })
	f.run("orders", creating("a"), func(p *planning) { p.NewAlerts[0].Priority = monitor.High })
	f.run("orders", solving)
	f.run("orders", creating("b"))
	f.run("payments", creating("c", "d"))
	list := func(filter store.AlertFilter, page store.Page) []store.AlertView {
		views, err := f.store.Alerts(f.Context(), filter, page)
		require.NoError(f, err)
		return views
	}
	all := list(store.AlertFilter{}, store.Page{Limit: 10})
	require.Len(f, all, 3)
	require.Equal(f, "payments", all[0].MonitorName)
	require.False(f, all[0].Solvable)
	require.Equal(f, 2, all[0].ActiveIssues)
	require.True(f, all[1].Solvable)
	require.Zero(f, all[2].ActiveIssues)
	require.Equal(f, all[1:], list(store.AlertFilter{}, store.Page{Limit: 10, BeforeID: all[0].ID}))
	require.Equal(f, all[2:], list(store.AlertFilter{Status: monitor.AlertSolved}, store.Page{Limit: 10}))
	require.Equal(f, all[:2], list(store.AlertFilter{Status: monitor.AlertActive}, store.Page{Limit: 10}))
	require.Equal(f, all[1:], list(store.AlertFilter{Monitor: "orders"}, store.Page{Limit: 10}))
	require.Equal(f, all[2:], list(store.AlertFilter{Priorities: []monitor.Priority{monitor.High}}, store.Page{Limit: 10}))
	require.Equal(f, all[1:2], list(store.AlertFilter{Monitor: "orders", Status: monitor.AlertActive, Priorities: []monitor.Priority{monitor.Low}}, store.Page{Limit: 10}))
}

func listAlertsAcknowledged(f *fixture) {
	f.register("orders")
	f.run("orders", creating("a"))
	id := f.active("orders").Alerts[0].ID
	count := func(acknowledged bool) int {
		views, err := f.store.Alerts(f.Context(), store.AlertFilter{Acknowledged: &acknowledged}, store.Page{Limit: 10})
		require.NoError(f, err)
		return len(views)
	}
	require.Equal(f, 1, count(false))
	f.change(store.Scope{AlertID: id}, acknowledging)
	require.Equal(f, 1, count(true))
	require.Zero(f, count(false))
	f.run("orders", func(p *planning) {
		p.snapshot.Alerts[0].Priority = monitor.High
		p.Alerts = []*monitor.Alert{&p.snapshot.Alerts[0]}
		p.event(monitor.AlertPriorityIncreased, monitor.Event{Alert: &p.snapshot.Alerts[0], Extra: monitor.Extra{PreviousPriority: monitor.Low}})
	})
	require.Zero(f, count(true), "more important than when it was acknowledged")
	require.Equal(f, 1, count(false))
	f.check(wholeHistory())
}

// alertMonitors lists the monitors of the alerts that a filter lets through.
func (f *fixture) alertMonitors(filter store.AlertFilter, page store.Page) []string {
	f.Helper()
	views, err := f.store.Alerts(f.Context(), filter, page)
	require.NoError(f, err)
	names := []string{}
	for i := range views {
		names = append(names, views[i].MonitorName)
	}
	return names
}

func listAlertsOfMonitors(f *fixture) {
	page := store.Page{Limit: 10}
	f.alertOf("a_b", labelled("team", "shop"))
	f.alertOf("axb", labelled("team", "money"))
	f.change(store.Scope{AlertID: f.active("axb").Alerts[0].ID}, acknowledging)
	yes := true
	require.Equal(f, []string{"a_b"}, f.alertMonitors(store.AlertFilter{Query: "a_b"}, page))
	require.Equal(f, []string{"axb", "a_b"}, f.alertMonitors(store.AlertFilter{Query: "b"}, page))
	require.Equal(f, []string{"axb"}, f.alertMonitors(store.AlertFilter{Labels: map[string]string{"team": "money"}}, page))
	require.Empty(f, f.alertMonitors(store.AlertFilter{Labels: map[string]string{"team": "money", "x": ""}}, page))
	require.Equal(f, []string{"axb"}, f.alertMonitors(store.AlertFilter{Locked: &yes}, page))
	f.silence(monitor.SilenceMatch{Labels: map[string]string{"team": "shop"}})
	require.Equal(f, []string{"a_b"}, f.alertMonitors(store.AlertFilter{Query: "a_", Silenced: &yes, Now: f.now, Labels: map[string]string{"team": "shop"}}, page))
}

func listAlertsByPriority(f *fixture) {
	risen := func(p *planning) {
		p.snapshot.Alerts[0].Priority = monitor.High
		p.Alerts = []*monitor.Alert{&p.snapshot.Alerts[0]}
		p.event(monitor.AlertPriorityIncreased, monitor.Event{Alert: &p.snapshot.Alerts[0], Extra: monitor.Extra{PreviousPriority: monitor.Low}})
	}
	for _, name := range []string{"a", "b", "c", "d", "gone"} {
		f.alertOf(name)
	}
	f.run("a", risen)
	f.run("c", risen)
	f.run("gone", solving)
	urgent := store.AlertFilter{Status: monitor.AlertActive, ByPriority: true}
	require.Equal(f, []string{"c", "a", "d", "b"}, f.alertMonitors(urgent, store.Page{Limit: 10}))
	require.Equal(f, []string{"c", "a"}, f.alertMonitors(urgent, store.Page{Limit: 2}))
	a := f.active("a").Alerts[0].ID
	require.Equal(f, []string{"d", "b"}, f.alertMonitors(urgent, store.Page{Limit: 10, AfterPriority: monitor.High, BeforeID: a}))
	d := f.active("d").Alerts[0].ID
	require.Equal(f, []string{"b"}, f.alertMonitors(urgent, store.Page{Limit: 10, AfterPriority: monitor.Low, BeforeID: d}))
	_, err := f.store.Alerts(f.Context(), store.AlertFilter{ByPriority: true}, store.Page{Limit: 1})
	f.code(monitor.CodeInvalid, err)
}

func listIssues(f *fixture) {
	f.register("orders")
	f.register("payments")
	f.run("orders", creating("a", "b"))
	f.run("orders", solving)
	f.run("orders", creating("a"))
	f.run("payments", unlinked("a"))
	list := func(filter store.IssueFilter, page store.Page) []store.IssueView {
		views, err := f.store.Issues(f.Context(), filter, page)
		require.NoError(f, err)
		return views
	}
	all := list(store.IssueFilter{}, store.Page{Limit: 10})
	require.Len(f, all, 4)
	require.Equal(f, "payments", all[0].MonitorName)
	require.Equal(f, all[:2], list(store.IssueFilter{}, store.Page{Limit: 2}))
	require.Equal(f, all[2:], list(store.IssueFilter{}, store.Page{Limit: 2, BeforeID: all[1].ID}))
	require.Equal(f, all[1:], list(store.IssueFilter{Monitor: "orders"}, store.Page{Limit: 10}))
	require.Equal(f, all[:2], list(store.IssueFilter{Status: monitor.IssueActive}, store.Page{Limit: 10}))
	require.Equal(f, all[2:], list(store.IssueFilter{Status: monitor.IssueSolved}, store.Page{Limit: 10}))
	require.Equal(f, all[1:2], list(store.IssueFilter{AlertID: all[1].AlertID}, store.Page{Limit: 10}))
	require.Len(f, list(store.IssueFilter{Monitor: "orders", ModelID: "a"}, store.Page{Limit: 10}), 2)
	require.Equal(f, all[1:2], list(store.IssueFilter{Monitor: "orders", ModelID: "a", Status: monitor.IssueActive}, store.Page{Limit: 10}))
	one, err := f.store.Issue(f.Context(), all[3].ID)
	require.NoError(f, err)
	require.Equal(f, all[3], one)
}

func listExecutions(f *fixture) {
	f.register("orders")
	f.register("payments")
	for range 3 {
		f.run("orders")
	}
	list := func(filter store.ExecutionFilter, page store.Page) []store.ExecutionView {
		views, err := f.store.Executions(f.Context(), filter, page)
		require.NoError(f, err)
		return views
	}
	all := list(store.ExecutionFilter{}, store.Page{Limit: 10})
	require.Len(f, all, 4, "payments was due as well, as it is new")
	require.Equal(f, all[2:], list(store.ExecutionFilter{}, store.Page{Limit: 10, BeforeID: all[1].ID}))
	require.Len(f, list(store.ExecutionFilter{Monitor: "orders"}, store.Page{Limit: 10}), 3)
	require.Len(f, list(store.ExecutionFilter{Status: monitor.ExecutionSucceeded}, store.Page{Limit: 10}), 3)
	require.Len(f, list(store.ExecutionFilter{Status: monitor.ExecutionQueued}, store.Page{Limit: 10}), 1)
	require.Equal(f, 1, all[3].Version)
}

func listEvents(f *fixture) {
	f.register("orders")
	f.register("payments")
	f.runNext(creating("a"))
	f.runNext(unlinked("b"))
	list := func(filter store.EventFilter, page store.Page) []monitor.EventRecord {
		events, err := f.store.Events(f.Context(), filter, page)
		require.NoError(f, err)
		return events
	}
	all := list(store.EventFilter{}, store.Page{Limit: 10})
	require.Len(f, all, 5)
	require.Equal(f, all[3:], list(store.EventFilter{}, store.Page{Limit: 10, BeforeID: all[2].ID}))
	forward := list(store.EventFilter{}, store.Page{Limit: 2, AfterID: all[3].ID})
	require.Equal(f, []monitor.EventRecord{all[2], all[1]}, forward)
	require.Equal(f, all[4:], list(store.EventFilter{}, store.Page{Limit: 1, AfterID: store.FromStart}))
	require.Equal(f, all[:1], list(store.EventFilter{Monitor: "payments"}, store.Page{Limit: 10}))
	require.Len(f, list(store.EventFilter{Name: monitor.IssueCreated}, store.Page{Limit: 10}), 2)
	require.Len(f, list(store.EventFilter{Source: monitor.SourceAlert}, store.Page{Limit: 10}), 2)
	require.Len(f, list(store.EventFilter{Source: monitor.SourceIssue, SourceID: all[0].SourceID}, store.Page{Limit: 10}), 1)
}

func listEventsUnkept(f *fixture) {
	newest, err := f.store.NewestEvent(f.Context())
	require.NoError(f, err)
	require.Zero(f, newest)
	f.register("orders")
	f.run("orders", reacting, unlinked("a"), func(p *planning) { p.Events[0].Keep = false })
	require.Empty(f, f.events())
	taken := f.takeDeliveries(me, 5)
	require.Len(f, taken, 1)
	newest, err = f.store.NewestEvent(f.Context())
	require.NoError(f, err)
	require.Equal(f, taken[0].Event.ID, newest, "not only of those that are kept")
}

func listsStable(f *fixture) {
	f.register("orders")
	f.run("orders", unlinked("a", "b", "c", "d"))
	first, err := f.store.Issues(f.Context(), store.IssueFilter{}, store.Page{Limit: 2})
	require.NoError(f, err)
	f.run("orders", unlinked("e", "f"))
	second, err := f.store.Issues(f.Context(), store.IssueFilter{}, store.Page{Limit: 2, BeforeID: first[1].ID})
	require.NoError(f, err)
	var ids []string
	for _, issue := range append(first, second...) {
		ids = append(ids, issue.ModelID)
	}
	require.Equal(f, []string{"d", "c", "b", "a"}, ids)
}

func readStatus(f *fixture) {
	for i := range 4 {
		f.register(fmt.Sprintf("m%d", i))
	}
	enable(f, "m3", false)
	f.runNext(reacting, creating("a", "b"))
	f.pass(time.Second)
	f.take()
	f.change(store.Scope{AlertID: f.active("m0").Alerts[0].ID}, acknowledging)
	f.refresh("m0", monitor.TaskSearch)
	due := f.now
	f.pass(2 * time.Second)
	status, err := f.store.Status(f.Context(), f.now)
	require.NoError(f, err)
	require.Equal(f, store.Status{
		Monitors: 4, EnabledMonitors: 3, ActiveIssues: 2, ActiveAlerts: map[monitor.Priority]int{monitor.Low: 1},
		AcknowledgedAlerts: map[monitor.Priority]int{monitor.Low: 1}, OldestDueAt: due,
		QueuedExecutions: 1, OldestQueuedAt: f.now.Add(-3 * time.Second), RunningExecutions: 1, Executors: 1, OpenDeliveries: 6,
	}, status)
}

func readNotFound(f *fixture) {
	_, err := f.store.Monitor(f.Context(), "nobody")
	f.code(monitor.CodeNotFound, err)
	_, err = f.store.Alert(f.Context(), 5)
	f.code(monitor.CodeNotFound, err)
	_, err = f.store.Issue(f.Context(), 5)
	f.code(monitor.CodeNotFound, err)
	_, err = f.store.Execution(f.Context(), 5)
	f.code(monitor.CodeNotFound, err)
	require.ErrorContains(f, err, "execution 5 does not exist")
}

func listsOfNobody(f *fixture) {
	f.register("orders")
	f.run("orders", creating("a"))
	page := store.Page{Limit: 5}
	issues, err := f.store.Issues(f.Context(), store.IssueFilter{Monitor: "nobody"}, page)
	require.NoError(f, err)
	require.Empty(f, issues)
	events, err := f.store.Events(f.Context(), store.EventFilter{Monitor: "nobody"}, page)
	require.NoError(f, err)
	require.Empty(f, events)
}

func listMonitorsLiterally(f *fixture) {
	f.register("a_b")
	f.register("axb")
	require.Equal(f, []string{"a_b"}, f.monitorNames(store.MonitorFilter{Query: "a_b"}, store.Page{Limit: 5}))
	require.Empty(f, f.monitorNames(store.MonitorFilter{Query: "%"}, store.Page{Limit: 5}))
}
