package storetest

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

func (f *fixture) edition() string {
	f.Helper()
	edition, err := f.store.Edition(f.Context(), f.now)
	require.NoError(f, err)
	return edition
}

func editionOfChanges(f *fixture) {
	seen := map[string]string{f.edition(): "the beginning"}
	for _, step := range []struct {
		name string
		do   func()
	}{
		{"registering", func() { f.register("orders") }},
		{"claiming", func() { f.claim() }},
		{"taking", func() { f.take() }},
		{"a run", func() {
			f.register("others")
			f.run("others", creating("a", "b"))
		}},
		{"acknowledging", func() {
			f.change(store.Scope{AlertID: f.active("others").Alerts[0].ID, Issues: true}, acknowledging)
		}},
		{"disabling", func() { enable(f, "others", false) }},
		{"a new version", func() { f.register("others", content("other")) }},
	} {
		step.do()
		edition := f.edition()
		require.NotContains(f, seen, edition, "after %s it is what it was after %s", step.name, seen[edition])
		seen[edition] = step.name
	}
}

func editionOfReads(f *fixture) {
	f.register("orders")
	f.run("orders", creating("a"))
	same := func() bool {
		before := f.edition()
		f.monitorNames(store.MonitorFilter{}, store.Page{Limit: 5})
		f.pass(time.Second)
		return f.edition() == before
	}
	if f.driver.Again == nil {
		require.True(f, same())
		return
	}
	// Others use the same server, for which it counts as well.
	for range 1000 {
		if same() {
			return
		}
	}
	require.Fail(f, "it was never the same")
}

func editionOfTime(f *fixture) {
	f.register("orders")
	f.run("orders")
	f.pass(30*time.Minute + 5*time.Minute - time.Second)
	require.Equal(f, monitor.HealthOK, f.view("orders").Health)
	before := f.edition()
	f.pass(time.Second)
	require.Equal(f, monitor.HealthUnknown, f.view("orders").Health, "by time alone")
	require.NotEqual(f, before, f.edition())
}

func editionOfProcesses(f *fixture) {
	stores := f.stores()
	before := f.edition()
	_, _, err := stores[1].Register(f.Context(), registration("orders"), f.now)
	require.NoError(f, err)
	require.NotEqual(f, before, f.edition())
}

// editionsConcurrently has readers keep what they read while others write: what an
// edition stands for must hold all that was written before somebody asked for it.
func editionsConcurrently(f *fixture) {
	const monitors = 20
	var written atomic.Int64
	var writers, readers sync.WaitGroup
	for i, s := range f.stores() {
		writers.Go(func() {
			for n := range monitors {
				_, _, err := s.Register(f.Context(), registration(fmt.Sprintf("m_%d_%d", i, n)), f.now)
				if err != nil {
					f.Error(err)
					return
				}
				written.Add(1)
			}
		})
	}
	done := make(chan struct{})
	for range 3 {
		readers.Go(func() { f.keepReading(&written, done) })
	}
	writers.Wait()
	close(done)
	readers.Wait()
	require.EqualValues(f, 2*monitors, written.Load())
}

func (f *fixture) keepReading(written *atomic.Int64, done chan struct{}) {
	kept := map[string]int{}
	for last := false; !last; {
		select {
		case <-done:
			last = true
		default:
		}
		before := int(written.Load())
		edition, err := f.store.Edition(f.Context(), f.now)
		if err != nil {
			f.Error(err)
			return
		}
		if _, ok := kept[edition]; !ok {
			views, err := f.store.Monitors(f.Context(), store.MonitorFilter{Now: f.now}, store.Page{Limit: 1000})
			if err != nil {
				f.Error(err)
				return
			}
			kept[edition] = len(views)
		}
		if kept[edition] < before {
			f.Errorf("edition %s has %d monitors, and %d were there before it was asked for", edition, kept[edition], before)
			return
		}
	}
}
