package storetest

import (
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// interleaved are what goes wrong only if another process commits at one moment.
var interleaved = map[string]func(*fixture){
	"Interleaved_R81_WhatIsFreedAndTakenIsNotFreedAgain":    interleavedFreeing,
	"Interleaved_R80_CleaningSparesWhatIsRedelivered":       interleavedCleaning,
	"Interleaved_R67_AnotherKeyFencesOffWhatIsJustTaken":    interleavedRekeying,
	"Interleaved_R74_WhatIsRenewedIsNotForgotten":           interleavedRenewing,
	"Interleaved_R64_DisablingLeavesWhatIsJustTakenRunning": interleavedDisabling,
}

// during does work while another process has a transaction open that has run a
// statement, and which is committed as soon as work waits for it, or has ended
// without.
func (f *fixture) during(statement string, work func()) {
	f.Helper()
	if f.driver.Again == nil {
		f.Skip("one writer at a time")
	}
	db := OpenRaw(f, f.address)
	defer func() { require.NoError(f, db.Close()) }()
	tx, err := db.BeginTx(f.Context(), nil)
	require.NoError(f, err)
	result, err := tx.ExecContext(f.Context(), statement)
	require.NoError(f, err)
	changed, err := result.RowsAffected()
	require.NoError(f, err)
	require.EqualValues(f, 1, changed)

	ended := make(chan struct{})
	go func() {
		defer close(ended)
		work()
	}()
	require.Eventually(f, func() bool {
		select {
		case <-ended:
			return true
		default:
		}
		var waits bool
		err := db.QueryRowContext(f.Context(), `select exists (select 1 from pg_stat_activity
			where datname = current_database() and wait_event_type = 'Lock')`).Scan(&waits)
		return err == nil && waits
	}, time.Minute, 5*time.Millisecond)
	require.NoError(f, tx.Commit())
	<-ended
}

// Two executors find at once that a third is gone.
func interleavedFreeing(f *fixture) {
	f.register("orders")
	f.run("orders", reacting, unlinked("a"))
	for _, id := range []string{"gone", other} {
		require.NoError(f, f.store.RegisterExecutor(f.Context(), id, f.now, f.now.Add(time.Minute)))
	}
	require.Len(f, f.takeDeliveries("gone", 1), 1)
	f.pass(30 * time.Second)
	require.NoError(f, f.store.RenewExecutor(f.Context(), other, f.now, f.now.Add(time.Hour)))
	f.pass(time.Minute)
	f.during(`update deliveries set executor_id = '`+me+`', attempts = attempts + 1 where executor_id = 'gone'`, func() {
		taken, err := f.store.TakeDeliveries(f.Context(), other, nil, 1, f.now)
		f.noError(err)
		if len(taken) > 0 {
			f.Error("it is being made already")
		}
	})
	d := f.deliveries(store.DeliveryFilter{}, store.Page{Limit: 1})[0]
	require.Equal(f, monitor.DeliveryTaken, d.Status)
	require.Equal(f, 1, d.Attempts, "one executor was lost with it")
	f.settle(d.Delivery)
}

func interleavedCleaning(f *fixture) {
	f.register("orders")
	f.run("orders", reacting, unlinked("a"))
	f.run("orders", unlinked("newest"))
	f.kill()
	f.during(`update deliveries set status = 'open', attempts = 0 where status = 'dead'`, func() {
		_, err := f.store.CleanEvents(f.Context(), f.now.Add(time.Hour), 10)
		f.noError(err)
	})
	require.Len(f, f.takeDeliveries(me, 10), 1)
	require.Len(f, f.events(), 2)
}

func interleavedRekeying(f *fixture) {
	version := f.register("orders")
	id := f.claim()[0]
	fence := monitor.Fence{ExecutionID: id, MonitorID: version.MonitorID, ExecutorID: me, Token: "token"}
	f.during(`update executions set status = 'running', executor_id = '`+me+`', token = 'token', started_at = queued_at,
			version_id = (select m.version_id from monitors m where m.id = monitor_id)`, func() {
		_, _, err := f.store.Register(f.Context(), registration("orders", otherKey), f.now)
		f.noError(err)
	})
	_, err := f.commit(fence, f.load(fence), creating("an id of the old field"))
	f.code(monitor.CodeFenced, err)
	require.Empty(f, f.active("orders").Issues)
	require.Len(f, f.claim(), 1, "what was cancelled is due at once")
}

func interleavedRenewing(f *fixture) {
	f.register("orders")
	f.claim()
	require.NoError(f, f.store.RegisterExecutor(f.Context(), other, f.now, f.now.Add(time.Minute)))
	taken, err := f.store.Take(f.Context(), other, 0, f.now)
	require.NoError(f, err)
	f.pass(time.Minute)
	f.during(`update executors set lease_expires_at = lease_expires_at + interval '1 hour' where id = '`+other+`'`, func() {
		lost, err := f.store.EndLost(f.Context(), f.now, me)
		f.noError(err)
		if len(lost) > 0 {
			f.Error("its executor is alive")
		}
	})
	_, err = f.commit(taken.Fence, f.load(taken.Fence))
	require.NoError(f, err)
}

func interleavedDisabling(f *fixture) {
	f.register("orders")
	id := f.claim()[0]
	f.during(`update executions set status = 'running', executor_id = '`+me+`', token = 'token', started_at = queued_at,
			version_id = (select m.version_id from monitors m where m.id = monitor_id)`, func() {
		no := false
		_, err := f.store.Change(f.Context(), store.Scope{Monitor: "orders"}, f.now, f.person(func(p *planning) {
			p.Monitor = &monitor.MonitorChange{Enabled: &no}
		}))
		f.noError(err)
	})
	require.Equal(f, monitor.ExecutionRunning, f.execution(id).Status, "a run in progress finishes")
}
