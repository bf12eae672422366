package storetest

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/sqlstore"
	"github.com/vedettehq/vedette/internal/testenv"
)

// RunFaults runs the tests of what goes wrong in the middle. The store has to
// use the database given to wrap.
func RunFaults(t *testing.T, open func(t testing.TB, wrap func(sqlstore.Database) sqlstore.Database) (store.Database, string)) {
	t.Parallel()
	for name, test := range map[string]func(*fixture, *Faulty){
		"Commit_R04_CutShortAfterAnyStatement":        commitCutAnywhere,
		"Change_CutShortAfterAnyStatement":            changeCutAnywhere,
		"Commit_R01_DecidesAnewWhenUndone":            commitDecidesAnew,
		"Commit_GivesUpWhenItIsUndoneAgainAndAgain":   commitGivesUp,
		"Commit_R01_RunsOfManyWritersCutShortAtOnce":  commitCutAmongOthers,
		"Commit_R01_SplitsWhatIsLargerThanOneMessage": commitSplits,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var faulty *Faulty
			database, address := open(t, func(d sqlstore.Database) sqlstore.Database {
				faulty = MakeFaulty(d)
				return faulty
			})
			f := newFixture(t, Driver{Open: func(testing.TB) (store.Database, string) { return database, address }})
			test(f, faulty)
			CheckHistory(t, address)
		})
	}
}

// everything is a change of each kind: "a" gets new data and ends, "b" gets new
// data, "c" gets an alert, "d" is new.
func everything(p *planning) {
	p.Variables = map[string]monitor.Data{"bookmark": "1"}
	a, b, c := &p.snapshot.Issues[0], &p.snapshot.Issues[1], &p.snapshot.Issues[2]
	for _, issue := range []*monitor.Issue{a, b} {
		issue.Data, issue.UpdatedAt = `{"new":true}`, p.now
		p.Updated = append(p.Updated, issue)
		p.event(monitor.IssueUpdatedNotSolved, monitor.Event{Issue: issue})
	}
	a.Status, a.SolvedAt = monitor.IssueSolved, p.now
	p.Ended = append(p.Ended, a)
	p.event(monitor.IssueSolvedEvent, monitor.Event{Issue: a})
	alert := &p.snapshot.Alerts[0]
	c.AlertID, c.UpdatedAt = alert.ID, p.now
	p.Linked = append(p.Linked, c)
	p.event(monitor.IssueLinked, monitor.Event{Issue: c})
	creating("d")(p)
	alert.Priority, alert.UpdatedAt = monitor.High, p.now
	p.Alerts = append(p.Alerts, alert)
	p.event(monitor.AlertPriorityIncreased, monitor.Event{Alert: alert})
}

// cuttable registers a monitor that everything can be done to.
func (f *fixture) cuttable(name string) {
	f.Helper()
	f.register(name)
	f.run(name, creating("a", "b"))
	f.run(name, unlinked("c"))
}

func commitCutAnywhere(f *fixture, faulty *Faulty) {
	for n := int64(1); ; n++ {
		name := fmt.Sprintf("m%02d", n)
		f.cuttable(name)
		taken := f.taken(name)
		loaded := f.load(taken.Fence)

		ctx, cancel := context.WithCancel(f.Context())
		faulty.cut = cancel
		faulty.cutAfter.Store(n)
		_, err := f.store.Commit(ctx, taken.Fence, loaded, []string{"x"}, f.now, f.decide(reacting, everything))
		ran := faulty.cutAfter.Swap(0) > 0
		cancel()
		ended, endedErr := f.store.Ended(f.Context(), taken.Fence)
		require.NoError(f, endedErr)
		require.Equal(f, err == nil, ended, "after statement %d: %v", n, err)
		if err != nil {
			require.ErrorIs(f, err, context.Canceled)
			require.Len(f, f.active(name).Issues, 3, "nothing of it is there")
			_, err = f.store.Commit(f.Context(), taken.Fence, loaded, []string{"x"}, f.now, f.decide(reacting, everything))
			require.NoError(f, err, "the same outcome, tried again")
		}
		require.Len(f, f.active(name).Issues, 3)
		if ran {
			require.Greater(f, n, int64(8), "there were statements to cut after")
			return
		}
	}
}

func changeCutAnywhere(f *fixture, faulty *Faulty) {
	for n := int64(1); ; n++ {
		name := fmt.Sprintf("m%02d", n)
		f.cuttable(name)
		ctx, cancel := context.WithCancel(f.Context())
		faulty.cut = cancel
		faulty.cutAfter.Store(n)
		_, err := f.store.Change(ctx, store.Scope{Monitor: name, Issues: true}, f.now, f.person(archiving))
		ran := faulty.cutAfter.Swap(0) > 0
		cancel()
		if err != nil {
			require.Len(f, f.active(name).Issues, 3, "nothing of it is there")
			f.change(store.Scope{Monitor: name, Issues: true}, archiving)
		}
		_, err = f.store.Monitor(f.Context(), name)
		f.code(monitor.CodeNotFound, err)
		if ran {
			require.Greater(f, n, int64(5), "there were statements to cut after")
			return
		}
	}
}

func commitDecidesAnew(f *fixture, faulty *Faulty) {
	f.cuttable("orders")
	taken := f.taken("orders")
	loaded := f.load(taken.Fence)
	faulty.undone.Store(2)
	decided := 0
	_, err := f.store.Commit(f.Context(), taken.Fence, loaded, nil, f.now, func(s monitor.Snapshot) monitor.Plan {
		decided++
		require.Len(f, s.Issues, 3)
		require.Equal(f, decided == 1, &s.Issues[0] == &loaded.Issues[0], "what one attempt was given, another does not get")
		return f.decide(everything)(s)
	})
	require.NoError(f, err)
	require.Equal(f, 3, decided)
	require.Len(f, f.active("orders").Issues, 3)
}

func commitGivesUp(f *fixture, faulty *Faulty) {
	f.cuttable("orders")
	taken := f.taken("orders")
	faulty.undone.Store(1000)
	_, err := f.commit(taken.Fence, f.load(taken.Fence), everything)
	faulty.undone.Store(0)
	f.code(monitor.CodeUnavailable, err)
	_, err = f.commit(taken.Fence, f.load(taken.Fence), everything)
	require.NoError(f, err)
}

// commitCutAmongOthers has one run of many that are committed at once go wrong:
// the others must not notice.
func commitCutAmongOthers(f *fixture, _ *Faulty) {
	f.registerMany(20)
	f.claim()
	fences := make([]monitor.Fence, 20)
	for i := range fences {
		fences[i] = f.take().Fence
	}
	loaded := f.load(fences[0])
	f.atOnce(10, func(s store.Store, i int) {
		for _, fence := range fences[2*i : 2*i+2] {
			snapshot := loaded
			snapshot.Monitor.Revision = -1
			change := creating("a", "b")
			if fence == fences[7] {
				change = creating("a", "a")
			}
			_, err := s.Commit(f.Context(), fence, snapshot, nil, f.now, f.decide(change))
			if err != nil && monitor.CodeOf(err) != monitor.CodeFenced && fence != fences[7] {
				f.Error(err)
			}
		}
	})
	status, err := f.store.Status(f.Context(), f.now)
	require.NoError(f, err)
	require.Equal(f, 38, status.ActiveIssues)
	require.Equal(f, 1, status.RunningExecutions, "the one that went wrong")
}

func commitSplits(f *fixture, _ *Faulty) {
	testenv.NeedsTime(f)
	f.register("orders")
	ids := make([]string, 70)
	for i := range ids {
		ids[i] = fmt.Sprintf("order-%d", i)
	}
	text := make([]byte, 250<<10)
	for i := range text {
		text[i] = 'a' + byte(i%26)
	}
	data := monitor.Data(fmt.Sprintf(`{"text":%q}`, text))
	f.run("orders", unlinked(ids...), func(p *planning) {
		for _, issue := range p.Created {
			issue.Data = data
		}
	})
	for i, issue := range f.active("orders").Issues {
		require.Equal(f, ids[i], issue.ModelID)
		require.Equal(f, data, issue.Data)
	}
}
