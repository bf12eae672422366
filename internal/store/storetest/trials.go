package storetest

import (
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

var trials = map[string]func(*fixture){
	"Snapshot_IsWhatARunWouldLoad":            snapshotLoads,
	"Snapshot_OfNobodyIsNotFound":             snapshotNotFound,
	"ClosedModelIDs_AreThoseThatCommitLooks":  closedModelIDs,
	"Snapshot_IsOfOneMomentWhileRunsAreGoing": snapshotConsistent,
}

func (f *fixture) snapshot(name string) monitor.Snapshot {
	f.Helper()
	snapshot, err := f.store.Snapshot(f.Context(), name)
	require.NoError(f, err)
	return snapshot
}

func snapshotLoads(f *fixture) {
	f.register("orders")
	f.register("other")
	f.run("other", creating("z"))
	f.run("orders", creating("a", "b"), func(p *planning) { p.Variables = map[string]monitor.Data{"bookmark": `"x"`} })
	taken := f.taken("orders")
	loaded := f.load(taken.Fence)
	snapshot := f.snapshot("orders")
	require.Len(f, snapshot.Issues, 2)
	require.Equal(f, 2, snapshot.Alerts[0].ActiveIssues)
	require.Equal(f, map[string]monitor.Data{"bookmark": `"x"`}, snapshot.Variables)
	snapshot.Monitor.Schedule.Busy = true
	require.Equal(f, loaded, snapshot)
}

func snapshotNotFound(f *fixture) {
	f.register("orders")
	f.change(store.Scope{Monitor: "orders", Issues: true}, archiving)
	for _, name := range []string{"orders", "gone"} {
		_, err := f.store.Snapshot(f.Context(), name)
		f.code(monitor.CodeNotFound, err)
	}
}

func closedModelIDs(f *fixture) {
	version := f.register("orders")
	f.run("orders", creating("a", "b"))
	f.run("orders", solving)
	f.run("orders", creating("c"))
	closed, err := f.store.ClosedModelIDs(f.Context(), version.MonitorID, []string{"b", "c", "d"})
	require.NoError(f, err)
	require.Equal(f, map[string]bool{"b": true}, closed)
	closed, err = f.store.ClosedModelIDs(f.Context(), version.MonitorID, nil)
	require.NoError(f, err)
	require.Empty(f, closed)
}

// snapshotConsistent has runs create issues and solve them while others read:
// nobody sees an alert with another number of issues than it has.
func snapshotConsistent(f *fixture) {
	f.register("orders")
	f.run("orders", creating("a"))
	stop, read := make(chan struct{}), make(chan int)
	go func() {
		count := 0
		defer func() { read <- count }()
		for {
			select {
			case <-stop:
				return
			default:
			}
			snapshot, err := f.store.Snapshot(f.Context(), "orders")
			if err != nil && monitor.CodeOf(err) == monitor.CodeUnavailable {
				continue
			}
			f.noError(err)
			if (len(snapshot.Alerts) > 0) != (len(snapshot.Issues) > 0) {
				f.Errorf("%d alerts and %d issues at one moment", len(snapshot.Alerts), len(snapshot.Issues))
			}
			count++
		}
	}()
	for range 10 {
		f.run("orders", solving)
		f.run("orders", creating("a", "b"))
	}
	close(stop)
	require.Positive(f, <-read)
}
