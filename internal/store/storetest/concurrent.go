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

var concurrency = map[string]func(*fixture){
	"Concurrent_R72_ClaimersNeverGetTheSameMonitor":       concurrentClaims,
	"Concurrent_R73_TakersNeverGetTheSameExecution":       concurrentTakes,
	"Concurrent_R81_TakersNeverGetTheSameDelivery":        concurrentDeliveries,
	"Concurrent_R64_DisablingAndTakingAgree":              concurrentDisable,
	"Concurrent_R01_RunsAndPeopleLeaveAConsistentStore":   concurrentRuns,
	"Concurrent_RegisteringOneNameMakesOneMonitor":        concurrentRegister,
	"Concurrent_OfThoseWhoReplaceAVersionOneWins":         concurrentReplace,
	"Events_R85_AreNeverSteppedOver":                      eventsNeverSteppedOver,
	"Change_GivesUpALockAfterFiveSeconds":                 changeGivesUp,
	"Concurrent_R74_SweepsOfTwoProcessesEndALossOnlyOnce": concurrentSweeps,
	"Concurrent_R82_ControllersEndASilenceOnlyOnce":       concurrentSilences,
	"Concurrent_R04_TakersNeverGetTheSameTarget":          concurrentTargets,
}

// stores are the fixture's store, and another on the same database where that
// can be.
func (f *fixture) stores() []store.Store {
	if f.driver.Again == nil {
		return []store.Store{f.store, f.store}
	}
	return []store.Store{f.store, f.driver.Again(f.T, f.address)}
}

// atOnce runs work n times for each of two stores, all at the same time.
func (f *fixture) atOnce(n int, work func(s store.Store, i int)) {
	f.Helper()
	var group sync.WaitGroup
	for _, s := range f.stores() {
		for i := range n {
			group.Go(func() { work(s, i) })
		}
	}
	group.Wait()
}

// seen counts what comes.
type seen struct {
	mu    sync.Mutex
	times map[int64]int
}

func (s *seen) add(ids ...int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.times == nil {
		s.times = map[int64]int{}
	}
	for _, id := range ids {
		s.times[id]++
	}
}

func (s *seen) once(f *fixture, n int) {
	f.Helper()
	require.Len(f, s.times, n)
	for id, times := range s.times {
		require.Equal(f, 1, times, "%d", id)
	}
}

func (f *fixture) registerMany(n int) {
	f.Helper()
	for i := range n {
		f.register(fmt.Sprintf("m%02d", i))
	}
}

func concurrentClaims(f *fixture) {
	f.registerMany(20)
	var claimed seen
	f.atOnce(4, func(s store.Store, _ int) {
		for range 6 {
			ids, err := s.ClaimDue(f.Context(), f.now, time.UTC, 3)
			f.noError(err)
			claimed.add(ids...)
		}
	})
	claimed.add(f.claim()...)
	claimed.once(f, 20)
}

// noError is for goroutines, which must not end the test.
func (f *fixture) noError(err error) {
	f.Helper()
	if err != nil {
		f.Error(err)
	}
}

func concurrentTakes(f *fixture) {
	f.registerMany(20)
	f.claim()
	var taken seen
	f.atOnce(4, func(s store.Store, _ int) {
		for {
			t, err := s.Take(f.Context(), me, 0, f.now)
			f.noError(err)
			if t == nil {
				return
			}
			taken.add(t.Execution.ID)
		}
	})
	taken.once(f, 20)
}

func concurrentDeliveries(f *fixture) {
	f.register("orders")
	f.run("orders", reacting, unlinked("a", "b", "c", "d", "e", "f"))
	f.run("orders", reacting, solving)
	var taken seen
	f.atOnce(4, func(s store.Store, _ int) {
		for range 8 {
			ds, err := s.TakeDeliveries(f.Context(), me, nil, 2, f.now)
			f.noError(err)
			for _, d := range ds {
				taken.add(d.ID)
				f.noError(s.SettleDelivery(f.Context(), d.ID, me, "", time.Time{}, f.now))
			}
		}
	})
	taken.once(f, 12)
}

func concurrentDisable(f *fixture) {
	f.registerMany(10)
	f.claim()
	var taken seen
	f.atOnce(10, func(s store.Store, i int) {
		no := false
		_, err := s.Change(f.Context(), store.Scope{Monitor: fmt.Sprintf("m%02d", i)}, f.now, func(monitor.Snapshot) (monitor.Plan, error) {
			return monitor.Plan{Actor: "ada", Monitor: &monitor.MonitorChange{Enabled: &no}}, nil
		})
		f.noError(err)
		t, err := s.Take(f.Context(), me, 0, f.now)
		f.noError(err)
		if t != nil {
			taken.add(t.Execution.ID)
		}
	})
	for id := range taken.times {
		require.Equal(f, monitor.ExecutionRunning, f.execution(id).Status)
	}
	taken.once(f, len(taken.times))
}

// concurrentRuns has runs and people act on few monitors at the same time.
func concurrentRuns(f *fixture) {
	f.registerMany(3)
	f.atOnce(3, func(s store.Store, i int) {
		for round := range 5 {
			f.concurrentRun(s, i, round)
		}
	})
	f.check(wholeHistory())
}

func (f *fixture) concurrentRun(s store.Store, i, round int) {
	name := fmt.Sprintf("m%02d", i)
	_, err := s.Change(f.Context(), store.Scope{Monitor: name, Issues: true}, f.now, f.person(func(p *planning) {
		p.Monitor = &monitor.MonitorChange{DueTasks: monitor.TaskSearch}
	}, func(p *planning) {
		if round%2 == 0 {
			dropping(p)
		}
	}))
	f.noError(err)
	_, err = s.ClaimDue(f.Context(), f.now, time.UTC, 10)
	f.noError(err)
	taken, err := s.Take(f.Context(), me, 0, f.now)
	f.noError(err)
	if taken == nil {
		return
	}
	loaded, err := s.Load(f.Context(), taken.Fence)
	f.noError(err)
	_, err = s.Commit(f.Context(), taken.Fence, loaded, nil, f.now, func(snapshot monitor.Snapshot) monitor.Plan {
		return f.decide(solving, func(p *planning) { p.snapshot.Alerts = nil }, creating(fmt.Sprint(round)))(snapshot)
	})
	f.noError(err)
}

func concurrentRegister(f *fixture) {
	f.atOnce(4, func(s store.Store, i int) {
		_, _, err := s.Register(f.Context(), registration("orders", content(fmt.Sprint(i))), f.now)
		f.noError(err)
	})
	require.GreaterOrEqual(f, f.view("orders").Version, 4)
}

// concurrentReplace has many make the same new monitor, and then replace its first
// version.
func concurrentReplace(f *fixture) {
	race := func(r func(*store.Registration)) {
		var won atomic.Int32
		f.atOnce(4, func(s store.Store, i int) {
			author := func(r *store.Registration) { r.Author = fmt.Sprint(i) }
			_, _, err := s.Register(f.Context(), registration("orders", content(fmt.Sprint(i)), author, r), f.now)
			switch {
			case err == nil:
				won.Add(1)
			case monitor.CodeOf(err) != monitor.CodeStale:
				f.noError(err)
			}
		})
		require.EqualValues(f, 1, won.Load())
	}
	race(func(r *store.Registration) { r.IfAbsent = true })
	require.Equal(f, 1, f.view("orders").Version)
	first := f.view("orders").Monitor.VersionID
	race(func(r *store.Registration) {
		r.IfVersionID = first
		r.Files = monitor.Files{monitor.CodeFile: "the second of " + r.Author}
	})
	require.Equal(f, 2, f.view("orders").Version)
}

// eventsNeverSteppedOver holds a transaction open that has taken the ids of its
// events, while another one commits larger ones.
func eventsNeverSteppedOver(f *fixture) {
	if f.driver.Again == nil {
		f.Skip("one writer: ids become visible in their order")
	}
	second := f.driver.Again(f.T, f.address)
	f.registerMany(2)
	f.claim()
	slow, fast := f.take(), f.take()
	slowLoaded, fastLoaded := f.load(slow.Fence), f.load(fast.Fence)
	f.pass(time.Second)

	deciding, decide := make(chan struct{}), make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		_, err := second.Commit(f.Context(), slow.Fence, slowLoaded, nil, f.now, func(s monitor.Snapshot) monitor.Plan {
			close(deciding)
			<-decide
			return f.decide(unlinked("slow"))(s)
		})
		f.noError(err)
	})
	<-deciding
	_, err := f.commit(fast.Fence, fastLoaded, unlinked("fast"))
	require.NoError(f, err)
	require.Empty(f, f.events(), "one that is shown would be the newest that a reader has seen")
	close(decide)
	group.Wait()
	require.Len(f, f.events(), 2)
}

func changeGivesUp(f *fixture) {
	f.register("orders")
	held, release := make(chan struct{}), make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		_, err := f.store.Change(f.Context(), store.Scope{Monitor: "orders"}, f.now, func(monitor.Snapshot) (monitor.Plan, error) {
			close(held)
			<-release
			return monitor.Plan{}, nil
		})
		f.noError(err)
	})
	<-held
	began := time.Now()
	_, err := f.store.Change(f.Context(), store.Scope{Monitor: "orders"}, f.now, f.person())
	close(release)
	group.Wait()
	f.code(monitor.CodeUnavailable, err)
	require.Greater(f, time.Since(began), 4*time.Second)
	require.Less(f, time.Since(began), 20*time.Second)
}

func concurrentSweeps(f *fixture) {
	f.registerMany(6)
	f.claim()
	require.NoError(f, f.store.RegisterExecutor(f.Context(), other, f.now, f.now.Add(time.Second)))
	for range 6 {
		_, err := f.store.Take(f.Context(), other, 0, f.now)
		require.NoError(f, err)
	}
	f.pass(time.Minute)
	var lost seen
	f.atOnce(3, func(s store.Store, _ int) {
		found, err := s.EndLost(f.Context(), f.now, me)
		f.noError(err)
		for _, l := range found {
			lost.add(l.ExecutionID)
		}
	})
	rest, err := f.store.EndLost(f.Context(), f.now, me)
	require.NoError(f, err)
	for _, l := range rest {
		lost.add(l.ExecutionID)
	}
	lost.once(f, 6)
}

// Many silences are over at once, some for good and some until they recur, and
// several controllers see to them.
func concurrentSilences(f *fixture) {
	const n = 20
	f.alertOf("orders")
	for i := range n {
		match := monitor.SilenceMatch{Monitor: "orders"}
		if i%2 == 0 {
			f.silence(match, f.nightly)
		} else {
			f.silence(match)
		}
	}
	f.pass(48 * time.Hour)
	var ended atomic.Int64
	f.atOnce(4, func(s store.Store, _ int) {
		for {
			seen, err := s.EndSilences(f.Context(), f.now, 3)
			f.noError(err)
			if seen == 0 {
				return
			}
			ended.Add(int64(seen))
		}
	})
	require.EqualValues(f, n, ended.Load(), "each by one of them")
	require.Equal(f, 1, f.route("slack:C1"), "and what they were about is told once")
	require.Zero(f, f.endSilences())
}

// Executors take a target, which always has something due, and give it back, as
// fast as they can.
func concurrentTargets(f *fixture) {
	f.register("orders", telling)
	f.run("orders", creating("a"), notify)
	require.Equal(f, 1, f.route("slack:C1"))
	require.NoError(f, f.store.RegisterExecutor(f.Context(), other, f.now, f.now.Add(time.Hour)))
	var holders, turns atomic.Int32
	f.atOnce(4, func(s store.Store, i int) {
		executor := []string{me, other}[i%2]
		for range 40 {
			taken, err := s.TakeTarget(f.Context(), executor, 1, f.now)
			f.noError(err)
			if taken == nil {
				continue
			}
			turns.Add(1)
			if n := holders.Add(1); n != 1 {
				f.Errorf("%d have the target", n)
			}
			holders.Add(-1)
			f.noError(s.ReleaseTarget(f.Context(), executor, taken.TargetState))
		}
	})
	require.Positive(f, turns.Load())
}
