package storetest

import (
	"fmt"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

var runs = map[string]func(*fixture){
	"Commit_R01_WritesAWholePlan":                    commitWritesAWholePlan,
	"Commit_R01_KeepsDataAsItIs":                     commitKeepsDataAsItIs,
	"Runs_R08_WhateverCodeSaysListsCanBeRead":        textsOfRuns,
	"Commit_R01_LinksIssuesThatHadNoAlert":           commitLinks,
	"Commit_R01_UpdatesAndEndsAnIssueAtOnce":         commitUpdatesAndEnds,
	"Commit_R01_SolvedModelIDMayComeAgain":           commitCreatesAgain,
	"Commit_R01_ReadsAgainWhatMoved":                 commitReadsAgain,
	"Commit_R01_DecidesFromWhatWasLoadedIfNoneMoved": commitUsesLoaded,
	"Commit_R01_FindsClosedModelIDs":                 commitFindsClosed,
	"Commit_R02_VariablesAreWrittenWithTheRun":       commitVariables,
	"Commit_R03_EventsAreInThePlansOrder":            commitEventsInOrder,
	"Commit_R03_EventsShowTheFinalState":             commitEventData,
	"Commit_R32_RefusesASecondActiveIssue":           commitRefusesSecond,
	"Commit_R01_RefusesACountThatIsNotThePlans":      commitRefusesCount,
	"Commit_R79_RemembersWhenTheAnswerWasKnown":      commitProven,
	"Commit_R80_WritesNoEventThatNobodyWants":        commitUnwantedEvents,
}

func commitWritesAWholePlan(f *fixture) {
	f.register("orders")
	plan := f.run("orders", creating("a", "b"))
	require.Len(f, plan.Created, 2)
	require.NotZero(f, plan.NewAlerts[0].ID)
	for _, issue := range plan.Created {
		require.NotZero(f, issue.ID)
		require.Equal(f, plan.NewAlerts[0].ID, issue.AlertID)
		require.Nil(f, issue.NewAlert)
	}
	snapshot := f.active("orders")
	require.Len(f, snapshot.Issues, 2)
	require.Equal(f, "a", snapshot.Issues[0].ModelID)
	require.Equal(f, f.now, snapshot.Issues[0].CreatedAt)
	require.Len(f, snapshot.Alerts, 1)
	require.Equal(f, 2, snapshot.Alerts[0].ActiveIssues)
	require.Equal(f, monitor.Low, snapshot.Alerts[0].Priority)

	f.pass(time.Minute)
	f.run("orders", updating(`{"id":"x","more":[1,2]}`))
	require.Equal(f, f.now, f.active("orders").Issues[1].UpdatedAt)

	f.pass(time.Minute)
	f.run("orders", solving)
	snapshot = f.active("orders")
	require.Empty(f, snapshot.Issues)
	require.Empty(f, snapshot.Alerts)
	issue, err := f.store.Issue(f.Context(), plan.Created[0].ID)
	require.NoError(f, err)
	require.Equal(f, monitor.IssueSolved, issue.Status)
	require.Equal(f, f.now, issue.SolvedAt)
	f.check(wholeHistory())
}

func commitKeepsDataAsItIs(f *fixture) {
	f.register("orders")
	data := monitor.Data(`{"z":1,"a":[1.5,"ü\u0001\"\\/",null,true,{}],"big":12345678901234567890.123,"m":{"y":1e+21,"x":-0.1},"h":"<&>","":""}`)
	plan := f.run("orders", creating(`we"ird\ü<id>`), func(p *planning) { p.Created[0].Data = data })
	require.Equal(f, data, f.active("orders").Issues[0].Data)
	require.Equal(f, `we"ird\ü<id>`, f.active("orders").Issues[0].ModelID)
	events, err := f.store.Events(f.Context(), store.EventFilter{SourceID: plan.Created[0].ID, Source: monitor.SourceIssue}, store.Page{Limit: 1})
	require.NoError(f, err)
	require.Contains(f, string(events[0].Data), `"data":`+string(data)+`}`)
	require.Contains(f, string(events[0].Data), `"model_id":"we\"ird\\ü<id>"`)
}

func commitLinks(f *fixture) {
	f.register("orders")
	f.run("orders", unlinked("a", "b"))
	require.Zero(f, f.active("orders").Issues[0].AlertID)
	plan := f.run("orders", linking)
	snapshot := f.active("orders")
	require.Equal(f, plan.NewAlerts[0].ID, snapshot.Issues[1].AlertID)
	require.Equal(f, 2, snapshot.Alerts[0].ActiveIssues)
	f.check(wholeHistory())
}

func commitUpdatesAndEnds(f *fixture) {
	f.register("orders")
	plan := f.run("orders", creating("a"))
	f.run("orders", updating(`{"id":"a","done":true}`), solving)
	issue, err := f.store.Issue(f.Context(), plan.Created[0].ID)
	require.NoError(f, err)
	require.Equal(f, monitor.IssueSolved, issue.Status)
	require.Equal(f, monitor.Data(`{"id":"a","done":true}`), issue.Data)
}

func commitCreatesAgain(f *fixture) {
	f.register("orders")
	f.run("orders", unlinked("a"))
	f.run("orders", solving, unlinked("a"))
	require.Len(f, f.active("orders").Issues, 1)
}

func commitReadsAgain(f *fixture) {
	f.register("orders")
	f.run("orders", creating("a", "b"))
	taken := f.taken("orders")
	loaded := f.load(taken.Fence)
	_, err := f.store.Change(f.Context(), store.Scope{Monitor: "orders", Issues: true}, f.now, f.person(dropping))
	require.NoError(f, err)

	var seen monitor.Snapshot
	_, err = f.store.Commit(f.Context(), taken.Fence, loaded, nil, f.now, func(s monitor.Snapshot) monitor.Plan {
		seen = s
		return f.decide(updating(`{"id":"x"}`))(s)
	})
	require.NoError(f, err)
	require.Empty(f, seen.Issues, "a person has dropped them")
	require.Empty(f, seen.Alerts)
	require.Greater(f, seen.Monitor.Revision, loaded.Monitor.Revision)
	f.check(wholeHistory())
}

func commitUsesLoaded(f *fixture) {
	f.register("orders")
	f.run("orders", creating("a"))
	taken := f.taken("orders")
	loaded := f.load(taken.Fence)
	loaded.Variables = map[string]monitor.Data{"as": `"loaded"`}
	_, err := f.store.Commit(f.Context(), taken.Fence, loaded, nil, f.now, func(s monitor.Snapshot) monitor.Plan {
		require.Same(f, &loaded.Issues[0], &s.Issues[0], "nothing is read twice")
		require.Equal(f, loaded.Variables, s.Variables)
		require.True(f, s.Monitor.Schedule.Busy)
		return f.decide()(s)
	})
	require.NoError(f, err)
}

func commitFindsClosed(f *fixture) {
	f.register("orders")
	f.run("orders", unlinked("a", "b"))
	f.run("orders", solving, unlinked("a"))
	taken := f.taken("orders")
	_, err := f.store.Commit(f.Context(), taken.Fence, f.load(taken.Fence), []string{"never", "b", "a"}, f.now, func(s monitor.Snapshot) monitor.Plan {
		require.Equal(f, map[string]bool{"a": true, "b": true}, s.Closed)
		return f.decide()(s)
	})
	require.NoError(f, err)
}

func commitVariables(f *fixture) {
	f.register("orders")
	f.run("orders", func(p *planning) { p.Variables = map[string]monitor.Data{"bookmark": `{"at":1.50}`, "none": `null`} })
	f.run("orders", func(p *planning) { p.Variables = map[string]monitor.Data{"bookmark": `2`} })
	taken := f.taken("orders")
	loaded := f.load(taken.Fence)
	require.Equal(f, map[string]monitor.Data{"bookmark": `2`, "none": `null`}, loaded.Variables)
	revision := loaded.Monitor.Revision

	_, err := f.commit(taken.Fence, loaded, func(p *planning) { p.Variables = map[string]monitor.Data{"bookmark": `3`} })
	require.NoError(f, err)
	require.Equal(f, revision, f.view("orders").Monitor.Revision, "the revision is of alerts and issues")
	require.NoError(f, f.store.SetVariables(f.Context(), taken.Fence.MonitorID, map[string]monitor.Data{"mine": `[]`}, f.now))
	values, err := f.store.Variables(f.Context(), taken.Fence.MonitorID)
	require.NoError(f, err)
	require.Equal(f, map[string]monitor.Data{"bookmark": `3`, "none": `null`, "mine": `[]`}, values)
}

func commitEventsInOrder(f *fixture) {
	f.register("orders")
	f.run("orders", creating("a", "b"))
	events, err := f.store.Events(f.Context(), store.EventFilter{}, store.Page{Limit: 10, AfterID: -1})
	require.NoError(f, err)
	var names []string
	for _, e := range events {
		names = append(names, string(e.Name))
	}
	require.Equal(f, []string{"issue_created", "issue_linked", "issue_created", "issue_linked", "alert_created", "alert_issues_linked"}, names)
}

func commitEventData(f *fixture) {
	version := f.register("orders")
	taken := f.taken("orders")
	plan, err := f.commit(taken.Fence, f.load(taken.Fence), creating("a"))
	require.NoError(f, err)
	issue, alert := plan.Created[0], plan.NewAlerts[0]
	events, err := f.store.Events(f.Context(), store.EventFilter{Monitor: "orders"}, store.Page{Limit: 10})
	require.NoError(f, err)
	require.Len(f, events, 4)

	linked, created := events[0], events[3]
	require.Equal(f, monitor.AlertIssuesLinked, linked.Name)
	require.Equal(f, monitor.SourceAlert, linked.Source)
	require.Equal(f, alert.ID, linked.SourceID)
	require.JSONEq(f, fmt.Sprintf(`{"issue_ids":[%d]}`, issue.ID), string(linked.Extra))
	require.JSONEq(f, fmt.Sprintf(`{"id":%d,"monitor_id":%d,"status":"active","priority":4,"acknowledged":false,
		"acknowledge_priority":null,"is_priority_acknowledged":false,"locked":false,"created_at":"2026-11-23T12:00:00.123Z",
		"updated_at":"2026-11-23T12:00:00.123Z","solved_at":null,"active_issues":1}`, alert.ID, alert.MonitorID), string(linked.Data))

	require.Equal(f, monitor.IssueCreated, created.Name)
	require.Equal(f, monitor.SourceIssue, created.Source)
	require.Equal(f, "orders", created.MonitorName)
	require.Equal(f, taken.Execution.ID, created.ExecutionID)
	require.Equal(f, version.ID, created.VersionID)
	require.Empty(f, created.Actor)
	require.Equal(f, f.now, created.CreatedAt)
	require.JSONEq(f, `{}`, string(created.Extra))
	require.Equal(f, fmt.Sprintf(`{"id":%d,"monitor_id":%d,"alert_id":%d,"model_id":"a","status":"active","created_at":"2026-11-23T12:00:00.123Z",`+
		`"updated_at":"2026-11-23T12:00:00.123Z","solved_at":null,"dropped_at":null,"data":{"id":"a","n":1.50}}`,
		issue.ID, issue.MonitorID, alert.ID), string(created.Data))
}

func commitRefusesSecond(f *fixture) {
	f.register("orders")
	f.run("orders", creating("a"))
	taken := f.taken("orders")
	_, err := f.commit(taken.Fence, f.load(taken.Fence), creating("b", "a"))
	f.code(monitor.CodeInternal, err)
	require.Len(f, f.active("orders").Issues, 1)
	require.Equal(f, monitor.ExecutionRunning, f.execution(taken.Execution.ID).Status, "nothing of it is written")

	require.NoError(f, f.store.Fail(f.Context(), taken.Fence, monitor.Report{Error: err.Error()}, f.now))
	require.Equal(f, monitor.ExecutionFailed, f.execution(taken.Execution.ID).Status)
	f.check(wholeHistory())
}

func commitRefusesCount(f *fixture) {
	f.register("orders")
	f.run("orders", creating("a"))
	loaded := f.active("orders")
	f.run("orders", solving)
	taken := f.taken("orders")
	now := f.load(taken.Fence)
	// A snapshot that claims to be current and is not.
	loaded.Monitor = now.Monitor
	for _, change := range []func(*planning){updating(`{"id":"a"}`), solving, (*planning).solveAlerts} {
		_, err := f.commit(taken.Fence, loaded, change)
		f.code(monitor.CodeInternal, err)
	}
	_, err := f.commit(taken.Fence, now)
	require.NoError(f, err)
	f.check(wholeHistory())
}

func commitProven(f *fixture) {
	f.register("orders")
	require.Equal(f, monitor.HealthUnknown, f.view("orders").Health)
	f.run("orders")
	proven := f.now
	require.Equal(f, proven, f.view("orders").LastProvenAt)
	require.Equal(f, monitor.HealthOK, f.view("orders").Health)
	f.pass(time.Minute)
	f.run("orders", func(p *planning) { p.Execution = &monitor.ExecutionEnd{Status: monitor.ExecutionFailed} })
	require.Equal(f, proven, f.view("orders").LastProvenAt)
	require.Equal(f, monitor.HealthUnknown, f.view("orders").Health)
}

func commitUnwantedEvents(f *fixture) {
	f.register("orders")
	f.run("orders", reacting, creating("a"), func(p *planning) {
		p.Events[0].Keep, p.Events[0].React = false, false
		p.Events[1].Keep = false
	})
	events, err := f.store.Events(f.Context(), store.EventFilter{}, store.Page{Limit: 10})
	require.NoError(f, err)
	require.Len(f, events, 2, "one is not written, one only waits to be delivered")
	status, err := f.store.Status(f.Context(), f.now)
	require.NoError(f, err)
	require.Equal(f, 3, status.OpenDeliveries)
}
