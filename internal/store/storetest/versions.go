package storetest

import (
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

var versions = map[string]func(*fixture){
	"Register_R76_StoresWhatTheCodeDeclares":           registerStores,
	"Register_EqualFilesGiveTheCurrentVersion":         registerEqual,
	"Register_RefusesAnOutdatedVersion":                registerStale,
	"Register_RefusesTheVersionOfADeletedNamesake":     registerStaleAnew,
	"Register_RefusesToReplaceWhatWasToBeNew":          registerAbsent,
	"Register_R67_RefusesAnotherKeyWhileIssuesActive":  registerOtherKey,
	"Register_R67_DropsIssuesIfTold":                   registerDrops,
	"Register_R76_RecomputesOnlyWhatChanged":           registerRecomputes,
	"Register_R70_ATaskThatNeverRanIsDueAtOnce":        registerNewTask,
	"Register_RefusesACronThatCannotBeRead":            registerBadCron,
	"Register_R76_ChangesABusyMonitorsNextTimes":       registerBusy,
	"HasHash_R78_KnowsOlderVersions":                   hasHash,
	"Current_ListsByNameWithoutTheArchived":            currentLists,
	"Version_SaysWhatDoesNotExist":                     versionNotFound,
	"Register_R78_RestoresAnOlderVersionAsANewOne":     registerRestores,
	"Register_KeepsAMonitorDisabled":                   registerDisabled,
	"Register_R67_AnotherKeyIsFineWithoutActiveIssues": registerOtherKeyFree,
	"Register_R67_AnotherKeyFencesOffTheRunningOne":    registerOtherKeyDuringRun,
}

func registerStores(f *fixture) {
	rule := &monitor.Rule{Kind: monitor.CountRule, Levels: map[monitor.Priority]float64{monitor.High: 3}}
	version := f.register("orders", func(r *store.Registration) {
		r.Message = "first <&> ü"
		r.Declaration.Options.Rule = rule
		r.Declaration.Options.Labels = map[string]string{"team": "a"}
		r.Declaration.Reactions = []monitor.EventName{monitor.IssueCreated}
	})
	require.Equal(f, 1, version.Number)
	require.Equal(f, version.Files.Hash(), version.Hash)
	read, err := f.store.Version(f.Context(), version.ID)
	require.NoError(f, err)
	require.Equal(f, version, read)
	require.Equal(f, "orders", read.MonitorName)
	require.Equal(f, "ada", read.Author)
	require.Equal(f, f.now, read.CreatedAt)

	view := f.view("orders")
	require.Equal(f, version.Declaration, view.Declaration)
	require.Equal(f, 1, view.Version)
	require.Equal(f, version.Hash, view.Hash)
	require.Equal(f, version.ID, view.Monitor.VersionID)
	require.True(f, view.Monitor.Enabled)
	require.Equal(f, monitor.SourceAPI, view.Monitor.Source)
	require.Nil(f, view.LastExecution)
}

func registerEqual(f *fixture) {
	first := f.register("orders")
	r := registration("orders", func(r *store.Registration) { r.Source, r.Author = monitor.SourceFolder, "eve" })
	again, stored, err := f.store.Register(f.Context(), r, f.now.Add(time.Hour))
	require.NoError(f, err)
	require.False(f, stored)
	require.Equal(f, first, again)
	require.Equal(f, monitor.SourceFolder, f.view("orders").Monitor.Source)
}

func registerStale(f *fixture) {
	expecting := func(id int64) error {
		r := registration("orders", content("changed"), func(r *store.Registration) { r.IfVersionID = id })
		_, _, err := f.store.Register(f.Context(), r, f.now)
		return err
	}
	f.code(monitor.CodeStale, expecting(1))
	first := f.register("orders")
	f.code(monitor.CodeStale, expecting(first.ID+1))
	require.NoError(f, expecting(first.ID))
	require.Equal(f, 2, f.view("orders").Version)
	err := expecting(first.ID)
	f.code(monitor.CodeStale, err)
	require.ErrorContains(f, err, "at version 2 by now, which ada registered at 2026-11-23T12:00:00Z")
}

func registerStaleAnew(f *fixture) {
	first := f.register("orders")
	f.change(store.Scope{Monitor: "orders", Issues: true}, archiving)
	again := f.register("orders")
	require.Equal(f, first.Number, again.Number)
	require.NotEqual(f, first.ID, again.ID)
	r := registration("orders", content("changed"), func(r *store.Registration) { r.IfVersionID = first.ID })
	_, _, err := f.store.Register(f.Context(), r, f.now)
	f.code(monitor.CodeStale, err)
}

func registerAbsent(f *fixture) {
	absent := func(r *store.Registration) { r.IfAbsent = true }
	f.register("orders", absent)
	_, _, err := f.store.Register(f.Context(), registration("orders", absent), f.now)
	f.code(monitor.CodeStale, err)
	f.change(store.Scope{Monitor: "orders", Issues: true}, archiving)
	f.register("orders", absent)
}

func otherKey(r *store.Registration) {
	r.Files = monitor.Files{monitor.CodeFile: "other key"}
	r.Declaration.Options.ModelIDKey = "other"
}

func registerOtherKey(f *fixture) {
	f.register("orders")
	f.run("orders", creating("a"))
	_, _, err := f.store.Register(f.Context(), registration("orders", otherKey), f.now)
	f.code(monitor.CodeConflict, err)
	require.Equal(f, 1, f.view("orders").Version)
	require.Len(f, f.active("orders").Issues, 1)
}

func registerDrops(f *fixture) {
	f.register("orders")
	f.run("orders", creating("a"))
	before := f.view("orders").Monitor.Revision
	f.register("orders", otherKey, func(r *store.Registration) { r.DropIssues = true })
	require.Empty(f, f.active("orders").Issues)
	require.Greater(f, f.view("orders").Monitor.Revision, before)
	events, err := f.store.Events(f.Context(), store.EventFilter{Name: monitor.IssueDroppedEvent}, store.Page{Limit: 5})
	require.NoError(f, err)
	require.Len(f, events, 1)
	require.Equal(f, "ada", events[0].Actor)
	require.Contains(f, string(events[0].Extra), `"reason":"rekeyed"`)
	f.check(wholeHistory())
}

func registerOtherKeyFree(f *fixture) {
	f.register("orders")
	f.run("orders", creating("a"))
	f.run("orders", solving)
	require.Equal(f, 2, f.register("orders", otherKey).Number)
}

func registerOtherKeyDuringRun(f *fixture) {
	f.register("orders")
	f.run("orders")
	f.pass(time.Minute)
	f.refresh("orders", monitor.TaskSearch)
	f.claim()
	taken := f.take()
	loaded := f.load(taken.Fence)
	f.pass(time.Second)
	f.register("orders", otherKey)
	require.Equal(f, monitor.ExecutionCancelled, f.execution(taken.Execution.ID).Status)
	_, err := f.commit(taken.Fence, loaded, creating("an id of the old field"))
	f.code(monitor.CodeFenced, err)
	require.Empty(f, f.active("orders").Issues)
	require.Len(f, f.claim(), 1, "what was cancelled is due at once")
	require.Equal(f, monitor.TaskSearch, f.take().Execution.Tasks)

	f.register("orders", content("the first key again"), func(r *store.Registration) { r.Declaration.Options.SearchCron = "0 0 1 1 *" })
	require.Len(f, f.claim(), 1, "also if its cron says that it is due much later")
}

func registerRecomputes(f *fixture) {
	f.register("orders")
	f.run("orders")
	f.register("orders", content("changed"), func(r *store.Registration) { r.Declaration.Options.UpdateCron = "45 * * * *" })
	schedule := f.view("orders").Monitor.Schedule
	require.Equal(f, time.Date(2026, 11, 23, 13, 0, 0, 0, time.UTC), schedule.NextSearchAt)
	require.Equal(f, time.Date(2026, 11, 23, 12, 45, 0, 0, time.UTC), schedule.NextUpdateAt)

	f.refresh("orders", monitor.TaskSearch)
	f.register("orders", content("again"), func(r *store.Registration) { r.Declaration.Options.UpdateCron = "" })
	schedule = f.view("orders").Monitor.Schedule
	require.Equal(f, f.now, schedule.NextSearchAt, "its cron is the same, so it stays due")
	require.Zero(f, schedule.NextUpdateAt)
}

func registerNewTask(f *fixture) {
	f.register("orders", func(r *store.Registration) { r.Declaration.Options.UpdateCron = "" })
	f.run("orders", func(*planning) {})
	f.register("payments", func(r *store.Registration) { r.Declaration.Options.UpdateCron = "" })
	f.claim()
	taken := f.take()
	_, err := f.commit(taken.Fence, f.load(taken.Fence))
	require.NoError(f, err)
	f.register("payments", content("with update"))
	schedule := f.view("payments").Monitor.Schedule
	require.Equal(f, f.now, schedule.NextUpdateAt, "it never ran")
	require.Equal(f, time.Date(2026, 11, 23, 13, 0, 0, 0, time.UTC), schedule.NextSearchAt)
	require.Len(f, f.claim(), 1)
	require.Equal(f, monitor.TaskUpdate, f.take().Execution.Tasks)
}

func registerBadCron(f *fixture) {
	r := registration("orders", func(r *store.Registration) { r.Declaration.Options.SearchCron = "every day" })
	_, _, err := f.store.Register(f.Context(), r, f.now)
	f.code(monitor.CodeInvalid, err)
	require.ErrorContains(f, err, "search_cron")
}

func registerBusy(f *fixture) {
	f.register("orders")
	taken := f.taken("orders")
	f.register("orders", content("changed"), func(r *store.Registration) { r.Declaration.Options.SearchCron = "5 * * * *" })
	require.Empty(f, f.claim())
	_, err := f.commit(taken.Fence, f.load(taken.Fence))
	require.NoError(f, err)
	require.Equal(f, time.Date(2026, 11, 23, 12, 5, 0, 0, time.UTC), f.view("orders").Monitor.Schedule.NextSearchAt)
}

func hasHash(f *fixture) {
	first := f.register("orders")
	second := f.register("orders", content("changed"))
	f.register("payments", content("payments"))
	for hash, want := range map[string]bool{first.Hash: true, second.Hash: true, "other": false, monitor.Files{monitor.CodeFile: "payments"}.Hash(): false} {
		has, err := f.store.HasHash(f.Context(), "orders", hash)
		require.NoError(f, err)
		require.Equal(f, want, has)
	}
}

func currentLists(f *fixture) {
	f.register("payments")
	f.register("orders")
	second := f.register("orders", content("changed"))
	f.register("gone")
	f.change(store.Scope{Monitor: "gone", Issues: true}, archiving)
	list, err := f.store.Current(f.Context())
	require.NoError(f, err)
	require.Len(f, list, 2)
	require.Equal(f, store.Current{
		Monitor: "orders", MonitorID: second.MonitorID, VersionID: second.ID, Number: 2, Hash: second.Hash,
		Source: monitor.SourceAPI, Declaration: second.Declaration,
	}, list[0])
	require.Equal(f, "payments", list[1].Monitor)
}

func versionNotFound(f *fixture) {
	_, err := f.store.Version(f.Context(), 77)
	f.code(monitor.CodeNotFound, err)
}

func registerRestores(f *fixture) {
	first := f.register("orders")
	f.register("orders", content("changed"))
	restored := f.register("orders")
	require.Equal(f, 3, restored.Number)
	require.Equal(f, first.Hash, restored.Hash)
}

func registerDisabled(f *fixture) {
	f.register("orders")
	enable(f, "orders", false)
	f.register("orders", content("changed"), func(r *store.Registration) { r.Declaration.Options.SearchCron = "* * * * *" })
	require.False(f, f.view("orders").Monitor.Enabled)
	require.Empty(f, f.claim())
}
