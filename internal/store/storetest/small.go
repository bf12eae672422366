package storetest

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Sizes of the benchmark of small runs.
const (
	smallMonitors = 500
	smallIssues   = 10
	smallWorkers  = 16
)

// BenchmarkSmall measures runs of many monitors with a few issues each, all of
// which change: what of a run is the store's, by many workers at once.
func BenchmarkSmall(b *testing.B, d Driver) {
	f := benchmarking(b, d)
	for i := range smallMonitors {
		f.register(b, fmt.Sprintf("m%04d", i))
	}
	ids := make([]string, smallIssues)
	for i := range ids {
		ids[i] = fmt.Sprintf("order-%d", i)
	}
	f.round(b, creating(ids...))
	runs := 0
	b.ResetTimer()
	for b.Loop() {
		b.StopTimer()
		f.now = f.now.Add(time.Hour)
		b.StartTimer()
		runs += f.round(b, updating(`{"id":"x","status":"awaiting_delivery","text":"about as much as an issue says","n":3}`))
	}
	b.ReportMetric(float64(runs)/b.Elapsed().Seconds(), "runs/s")
}

// round claims all monitors and runs each once.
func (f *bench) round(b *testing.B, change func(*planning)) int {
	ids, err := f.store.ClaimDue(b.Context(), f.now, time.UTC, smallMonitors)
	require.NoError(b, err)
	require.Len(b, ids, smallMonitors)
	var next atomic.Int64
	var group sync.WaitGroup
	for range smallWorkers {
		group.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(ids)); i = next.Add(1) - 1 {
				if err := f.one(b, ids[i], change); err != nil {
					b.Error(err)
				}
			}
		})
	}
	group.Wait()
	return len(ids)
}

// one takes, loads and commits an execution.
func (f *bench) one(b *testing.B, id int64, change func(*planning)) error {
	taken, err := f.store.Take(b.Context(), me, id, f.now)
	if err != nil {
		return err
	}
	loaded, err := f.store.Load(b.Context(), taken.Fence)
	if err != nil {
		return err
	}
	_, err = f.store.Commit(b.Context(), taken.Fence, loaded, nil, f.now, decide(f.now, change))
	return err
}
