package storetest

import (
	"context"
	"errors"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

var actions = map[string]func(*fixture){
	"Change_R60_SnapshotOfAnAlert":                   changeAlert,
	"Change_R62_SolvesAnAlertWithItsIssues":          changeSolvesAlert,
	"Change_R63_SnapshotOfAnIssueHasItsAlert":        changeIssue,
	"Change_R64_DisablingCancelsWhatIsQueued":        changeDisables,
	"Change_R64_DisablingLetsARunFinish":             changeDisablesDuringRun,
	"Change_R65_RefreshMakesTasksDue":                changeRefreshes,
	"Change_R65_SnapshotTellsWhetherBusy":            changeTellsBusy,
	"Change_R66_ArchivesAndFreesTheName":             changeArchives,
	"Change_R66_ARunOfAnArchivedMonitorIsFenced":     changeArchivesDuringRun,
	"Change_RaisesTheRevisionAndRecordsTheActor":     changeRecordsActor,
	"Change_WritesNothingForAnEmptyPlan":             changeEmpty,
	"Change_ReturnsARefusalAsItIs":                   changeRefuses,
	"Change_SaysWhatDoesNotExist":                    changeNotFound,
	"Change_EndedIssuesAndAlertsNeverChange":         changeEnded,
	"Change_LeavesNothingWhenItIsCutShort":           changeCutShort,
	"Change_R61_AnActionOnAnArchivedMonitorsHistory": changeArchivedAlert,
}

// change makes a person's change.
func (f *fixture) change(scope store.Scope, changes ...func(*planning)) monitor.Plan {
	f.Helper()
	plan, err := f.store.Change(f.Context(), scope, f.now, f.person(changes...))
	require.NoError(f, err)
	return plan
}

func acknowledging(p *planning) {
	alert := &p.snapshot.Alerts[0]
	alert.Acknowledged, alert.AcknowledgePriority, alert.Locked, alert.UpdatedAt = true, alert.Priority, true, p.now
	p.Alerts = append(p.Alerts, alert)
	p.event(monitor.AlertAcknowledged, monitor.Event{Alert: alert})
}

func changeAlert(f *fixture) {
	f.register("orders")
	f.run("orders", creating("a", "b"))
	alert := f.active("orders").Alerts[0]
	f.pass(time.Minute)
	f.change(store.Scope{AlertID: alert.ID}, func(p *planning) {
		require.Equal(f, "orders", p.snapshot.Monitor.Name)
		require.Equal(f, []monitor.Alert{alert}, p.snapshot.Alerts)
		require.Empty(f, p.snapshot.Issues)
	}, acknowledging)
	view, err := f.store.Alert(f.Context(), alert.ID)
	require.NoError(f, err)
	require.True(f, view.IsPriorityAcknowledged())
	require.Equal(f, monitor.Low, view.AcknowledgePriority)
	require.True(f, view.Locked)
	require.Equal(f, f.now, view.UpdatedAt)
	require.Equal(f, 2, view.ActiveIssues)
	f.check(wholeHistory())
}

func changeSolvesAlert(f *fixture) {
	f.register("orders")
	f.run("orders", creating("a", "b"))
	f.run("orders", unlinked("c"))
	id := f.active("orders").Alerts[0].ID
	f.change(store.Scope{AlertID: id, Issues: true}, func(p *planning) { require.Len(f, p.snapshot.Issues, 2) }, solving)
	snapshot := f.active("orders")
	require.Empty(f, snapshot.Alerts)
	require.Len(f, snapshot.Issues, 1)
	f.change(store.Scope{AlertID: id}, func(p *planning) {
		require.Equal(f, monitor.AlertSolved, p.snapshot.Alerts[0].Status)
		require.Equal(f, f.now, p.snapshot.Alerts[0].SolvedAt)
	})
	f.check(wholeHistory())
}

func changeIssue(f *fixture) {
	f.register("orders")
	f.run("orders", creating("a", "b"))
	f.run("orders", unlinked("c"))
	issues := f.active("orders").Issues
	f.change(store.Scope{IssueID: issues[0].ID}, func(p *planning) {
		require.Equal(f, "orders", p.snapshot.Monitor.Name)
		require.Equal(f, issues[:1], p.snapshot.Issues)
		require.Len(f, p.snapshot.Alerts, 1)
		require.Equal(f, 2, p.snapshot.Alerts[0].ActiveIssues)
		p.snapshot.Alerts = nil
	}, dropping)
	f.change(store.Scope{IssueID: issues[2].ID}, func(p *planning) { require.Empty(f, p.snapshot.Alerts) }, dropping)
	f.change(store.Scope{IssueID: issues[2].ID}, func(p *planning) {
		require.Equal(f, monitor.IssueDropped, p.snapshot.Issues[0].Status)
		require.Equal(f, f.now, p.snapshot.Issues[0].DroppedAt)
	})
	require.Len(f, f.active("orders").Issues, 1)
	f.check(wholeHistory())
}

func changeDisables(f *fixture) {
	f.register("orders")
	id := f.claim()[0]
	f.pass(time.Second)
	enable(f, "orders", false)
	cancelled := f.execution(id)
	require.Equal(f, monitor.ExecutionCancelled, cancelled.Status)
	require.Equal(f, f.now, cancelled.FinishedAt)
	taken, err := f.store.Take(f.Context(), me, id, f.now)
	require.NoError(f, err)
	require.Nil(f, taken)
	view := f.view("orders")
	require.Equal(f, monitor.HealthDisabled, view.Health)
	require.False(f, view.Monitor.Enabled)
	require.False(f, view.Monitor.Schedule.Busy)
}

func changeDisablesDuringRun(f *fixture) {
	f.register("orders")
	taken := f.taken("orders")
	loaded := f.load(taken.Fence)
	enable(f, "orders", false)
	_, err := f.commit(taken.Fence, loaded, creating("a"))
	require.NoError(f, err)
	require.Equal(f, monitor.ExecutionSucceeded, f.execution(taken.Execution.ID).Status)
	f.pass(100 * time.Hour)
	require.Empty(f, f.claim())
}

func changeRefreshes(f *fixture) {
	f.register("orders")
	f.run("orders")
	require.Empty(f, f.claim())
	f.refresh("orders", monitor.TaskUpdate)
	require.Len(f, f.claim(), 1)
	require.Equal(f, monitor.TaskUpdate, f.take().Execution.Tasks)
}

func changeTellsBusy(f *fixture) {
	f.register("orders")
	is := func(busy bool) {
		f.Helper()
		f.change(store.Scope{Monitor: "orders"}, func(p *planning) { require.Equal(f, busy, p.snapshot.Monitor.Schedule.Busy) })
		require.Equal(f, busy, f.view("orders").Monitor.Schedule.Busy)
	}
	is(false)
	f.claim()
	is(true)
	taken := f.take()
	is(true)
	_, err := f.commit(taken.Fence, f.load(taken.Fence), unlinked("a"))
	require.NoError(f, err)
	is(false)
	issue := f.active("orders").Issues[0]
	f.change(store.Scope{IssueID: issue.ID}, func(p *planning) { require.False(f, p.snapshot.Monitor.Schedule.Busy) })
}

func archiving(p *planning) {
	dropping(p)
	p.Monitor = &monitor.MonitorChange{Archive: true}
}

func changeArchives(f *fixture) {
	first := f.register("orders")
	plan := f.run("orders", creating("a"))
	f.refresh("orders", monitor.TaskSearch)
	queued := f.claim()[0]
	f.change(store.Scope{Monitor: "orders", Issues: true}, archiving)
	require.Equal(f, monitor.ExecutionCancelled, f.execution(queued).Status)
	_, err := f.store.Monitor(f.Context(), "orders")
	f.code(monitor.CodeNotFound, err)
	issues, err := f.store.Issues(f.Context(), store.IssueFilter{Monitor: "orders"}, store.Page{Limit: 5})
	require.NoError(f, err)
	require.Len(f, issues, 1, "its history stays readable")
	require.Equal(f, monitor.IssueDropped, issues[0].Status)

	second := f.register("orders")
	require.NotEqual(f, first.MonitorID, second.MonitorID)
	require.Equal(f, 1, second.Number)
	issues, err = f.store.Issues(f.Context(), store.IssueFilter{Monitor: "orders"}, store.Page{Limit: 5})
	require.NoError(f, err)
	require.Empty(f, issues, "the name is another's now")
	old, err := f.store.Issue(f.Context(), plan.Created[0].ID)
	require.NoError(f, err)
	require.Equal(f, "orders", old.MonitorName)
	f.check(wholeHistory())
}

func changeArchivesDuringRun(f *fixture) {
	f.register("orders")
	taken := f.taken("orders")
	loaded := f.load(taken.Fence)
	f.change(store.Scope{Monitor: "orders", Issues: true}, archiving)
	_, err := f.commit(taken.Fence, loaded, creating("a"))
	f.code(monitor.CodeFenced, err)
	require.Equal(f, monitor.ExecutionCancelled, f.execution(taken.Execution.ID).Status)
	f.pass(100 * time.Hour)
	require.Empty(f, f.claim())
}

func changeRecordsActor(f *fixture) {
	f.register("orders")
	f.run("orders", creating("a"))
	before := f.active("orders").Monitor.Revision
	f.pass(time.Second)
	f.change(store.Scope{AlertID: f.active("orders").Alerts[0].ID}, acknowledging)
	require.Equal(f, before+1, f.active("orders").Monitor.Revision)
	events, err := f.store.Events(f.Context(), store.EventFilter{Name: monitor.AlertAcknowledged}, store.Page{Limit: 5})
	require.NoError(f, err)
	require.Len(f, events, 1)
	require.Equal(f, "ada", events[0].Actor)
	require.JSONEq(f, `{"actor":"ada"}`, string(events[0].Extra))
	require.Zero(f, events[0].ExecutionID)
	require.Zero(f, events[0].VersionID)
	require.Equal(f, f.now, events[0].CreatedAt)
	enable(f, "orders", false)
	events, err = f.store.Events(f.Context(), store.EventFilter{Source: monitor.SourceMonitor}, store.Page{Limit: 5})
	require.NoError(f, err)
	require.Len(f, events, 1)
	require.Contains(f, string(events[0].Data), `"name":"orders","enabled":false`)
}

func changeEmpty(f *fixture) {
	f.register("orders")
	before := f.view("orders").Monitor.Revision
	plan := f.change(store.Scope{Monitor: "orders"})
	require.True(f, plan.IsEmpty())
	require.Equal(f, before, f.view("orders").Monitor.Revision)
}

func changeRefuses(f *fixture) {
	f.register("orders")
	f.run("orders", creating("a"))
	refusal := errors.New("no")
	_, err := f.store.Change(f.Context(), store.Scope{Monitor: "orders", Issues: true}, f.now, func(s monitor.Snapshot) (monitor.Plan, error) {
		plan, _ := f.person(dropping)(s)
		return plan, refusal
	})
	require.Equal(f, refusal, err)
	require.Len(f, f.active("orders").Issues, 1)
}

func changeNotFound(f *fixture) {
	for scope, name := range map[store.Scope]string{
		{Monitor: "nobody"}: `monitor "nobody" does not exist`, {AlertID: 99}: "alert 99 does not exist", {IssueID: 98}: "issue 98 does not exist",
	} {
		_, err := f.store.Change(f.Context(), scope, f.now, func(monitor.Snapshot) (monitor.Plan, error) {
			f.Error("there is nothing to decide")
			return monitor.Plan{}, nil
		})
		f.code(monitor.CodeNotFound, err)
		require.ErrorContains(f, err, name)
	}
}

func changeEnded(f *fixture) {
	f.register("orders")
	f.run("orders", creating("a"))
	before := f.active("orders")
	f.run("orders", solving)
	scope := store.Scope{Monitor: "orders"}
	for _, changed := range []func(*planning){dropping, acknowledging, updating(`{"id":"b"}`)} {
		_, err := f.store.Change(f.Context(), scope, f.now, f.person(func(p *planning) {
			p.snapshot.Issues, p.snapshot.Alerts = before.Issues, before.Alerts
		}, changed))
		f.code(monitor.CodeInternal, err)
	}
	f.check(wholeHistory())
}

func changeCutShort(f *fixture) {
	f.register("orders")
	f.run("orders", creating("a"))
	ctx, cancel := context.WithCancel(f.Context())
	_, err := f.store.Change(ctx, store.Scope{Monitor: "orders", Issues: true}, f.now, func(s monitor.Snapshot) (monitor.Plan, error) {
		cancel()
		return f.person(dropping)(s)
	})
	require.ErrorIs(f, err, context.Canceled)
	require.Len(f, f.active("orders").Issues, 1)
	f.change(store.Scope{Monitor: "orders", Issues: true}, dropping)
	require.Empty(f, f.active("orders").Issues)
}

func changeArchivedAlert(f *fixture) {
	f.register("orders")
	f.run("orders", creating("a"))
	id := f.active("orders").Alerts[0].ID
	f.change(store.Scope{Monitor: "orders", Issues: true}, archiving)
	f.change(store.Scope{AlertID: id}, func(p *planning) {
		require.NotZero(f, p.snapshot.Monitor.ArchivedAt)
		require.Equal(f, monitor.AlertSolved, p.snapshot.Alerts[0].Status)
	})
}
