package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// BenchmarkLarge measures runs of one monitor with very many issues: they come,
// change, and go, with an alert and all events recorded.
func BenchmarkLarge(b *testing.B, d Driver) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				large(b, d, n)
			}
		})
	}
}

func large(b *testing.B, d Driver, n int) {
	f := benchmarking(b, d)
	ids := make([]string, n)
	for i := range ids {
		ids[i] = fmt.Sprintf("order-%d", i)
	}
	f.register(b, "orders")
	for _, step := range []struct {
		name   string
		change func(*planning)
	}{
		{"create", creating(ids...)},
		{"change", updating(`{"id":"x","n":2,"text":"about as much as an issue has to say for itself"}`)},
		{"solve", solving},
	} {
		taken := f.due(b, "orders")
		began := time.Now()
		loaded, err := f.store.Load(b.Context(), taken.Fence)
		require.NoError(b, err)
		b.ReportMetric(time.Since(began).Seconds()*1000, step.name+"-load-ms")
		began = time.Now()
		_, err = f.store.Commit(b.Context(), taken.Fence, loaded, nil, f.now, decide(f.now, step.change))
		require.NoError(b, err)
		b.ReportMetric(time.Since(began).Seconds()*1000, step.name+"-ms")
	}
}

// bench is a store to measure.
type bench struct {
	store store.Database
	now   time.Time
}

func benchmarking(b *testing.B, d Driver) *bench {
	database, _ := d.Open(b)
	f := &bench{store: database, now: database.Now()}
	require.NoError(b, database.RegisterExecutor(b.Context(), me, f.now, f.now.Add(1000*time.Hour)))
	return f
}

func (f *bench) register(b *testing.B, name string) {
	_, _, err := f.store.Register(b.Context(), registration(name), f.now)
	require.NoError(b, err)
}

// due makes a monitor due and takes it.
func (f *bench) due(b *testing.B, name string) *store.Taken {
	_, err := f.store.Change(b.Context(), store.Scope{Monitor: name}, f.now, func(monitor.Snapshot) (monitor.Plan, error) {
		return monitor.Plan{Actor: "ada", Monitor: &monitor.MonitorChange{DueTasks: monitor.TaskSearch}}, nil
	})
	require.NoError(b, err)
	_, err = f.store.ClaimDue(b.Context(), f.now, time.UTC, 10)
	require.NoError(b, err)
	taken, err := f.store.Take(b.Context(), me, 0, f.now)
	require.NoError(b, err)
	return taken
}
