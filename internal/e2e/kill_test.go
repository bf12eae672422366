package e2e

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/e2e/process"
	"github.com/vedettehq/vedette/internal/testenv"
)

// The monitors that run while the process is killed. Each has a query that takes
// a while, so that many a kill finds them at it.
const (
	ordersCode = `
"""Orders, whose data changes, and that are told to reactions which count."""

monitor(
    model_id_key = "id", search_cron = "* * * * * *", update_cron = "* * * * * *",
    alert = count_rule(low = 0, moderate = 20, high = 60, critical = 100), max_issues_creation = 10000,
)

def search():
    return query("business", "select id, state, amount, " + read_file("slow.sql") + " as pause from problems where kind = 'order' and state = 'open'")

def update(issues):
    return query("business", "select id, state, amount, 0 as pause from problems where id in (?)", [issue["id"] for issue in issues])

def is_solved(issue):
    return issue["state"] == "fixed"

def count(event):
    name = "{}_{}".format(event.name, event.source_id)
    variables.set(name, variables.get(name, 0) + 1)

def on_issue_created(event):
    count(event)

def on_issue_solved(event):
    count(event)
`
	receiptsCode = `
"""Receipts, each of which is a problem once, ever."""

monitor(
    model_id_key = "id", search_cron = "* * * * * *", update_cron = "* * * * * *", unique = True,
    alert = value_rule("amount", ">", low = 0, high = 50), max_issues_creation = 10000,
)

def search():
    return query("business", "select id, state, amount, " + read_file("slow.sql") + " as pause from problems where kind = 'receipt' and state = 'open'")

def update(issues):
    return query("business", "select id, state, amount, 0 as pause from problems where id in (?)", [issue["id"] for issue in issues])

def is_solved(issue):
    return issue["state"] == "fixed"
`
	ledgerCode = `
"""Entries of a ledger, read once each by way of a bookmark."""

monitor(model_id_key = "id", search_cron = "* * * * * *", solvable = False, max_issues_creation = 10000)

def search():
    last = variables.get("last", 0)
    found = query("business", "select id, amount, " + read_file("slow.sql") + " as pause from problems where kind = 'entry' and id > ? order by id limit 10", last)
    if found:
        variables.set("last", found[-1]["id"])
    return found
`
	slowSQL = "(with recursive c(n) as (select 1 union all select n + 1 from c where n < 60000) select max(n) from c)"
)

var killed = []string{"orders", "receipts", "ledger"}

func TestKill_LosesNothingAndDoublesNothing(t *testing.T) {
	t.Parallel()
	for _, store := range bothStores {
		t.Run(store, func(t *testing.T) {
			t.Parallel()
			s, b := newKillSite(t, store)
			kills := testenv.Many(5, 25)
			random := rand.New(rand.NewPCG(uint64(kills), uint64(len(store))))
			stopMeddling := b.meddle(t, random)
			if store == "postgres" {
				killOneOfTwo(t, []*site{s, s.beside(t)}, kills, random)
			} else {
				killAgainAndAgain(t, s, kills, random)
			}
			stopMeddling()

			p := s.run(t)
			s.awaitAgreement(t, b)
			s.rest(t, p)
			checkAftermath(t, s, b)
		})
	}
}

func newKillSite(t *testing.T, store string) (*site, *business) {
	t.Helper()
	s := newSite(t, store)
	// What a killed process left behind is soon due again.
	s.settings["executor"] = "{heartbeat: 200ms}"
	s.configure(t)
	b := newBusiness(t, s)
	for name, code := range map[string]string{"orders": ordersCode, "receipts": receiptsCode, "ledger": ledgerCode} {
		s.write(t, "monitors/"+name+"/slow.sql", slowSQL)
		s.monitor(t, name, code)
	}
	for id := range 150 {
		b.open(t, []string{"order", "order", "receipt"}[id%3], id+1, id)
	}
	return s, b
}

// meddle has the business go on: problems come, change, and are repaired, until
// the returned function is called.
func (b *business) meddle(t *testing.T, random *rand.Rand) (stop func()) {
	t.Helper()
	// Numbers of its own: the killing draws from the other at the same time.
	random = rand.New(rand.NewPCG(random.Uint64(), random.Uint64()))
	done, stopped := make(chan struct{}), make(chan struct{})
	next := 1000
	go func() {
		defer close(stopped)
		for {
			select {
			case <-done:
				return
			case <-time.After(40 * time.Millisecond):
			}
			next++
			kind := []string{"order", "receipt", "entry"}[random.IntN(3)]
			_, err1 := b.db.Exec("insert into problems (id, kind, state, amount) values (?, ?, 'open', ?)", next, kind, random.IntN(100))
			_, err2 := b.db.Exec("update problems set state = 'fixed' where kind <> 'entry' and id % 97 = ?", random.IntN(97))
			_, err3 := b.db.Exec("update problems set state = 'open' where kind = 'order' and id % 89 = ?", random.IntN(89))
			_, err4 := b.db.Exec("update problems set amount = amount + 1 where kind <> 'entry' and id % 3 = ?", random.IntN(3))
			for _, err := range []error{err1, err2, err3, err4} {
				if err != nil {
					t.Errorf("meddle with the business: %v", err)
					return
				}
			}
		}
	}()
	return func() {
		close(done)
		<-stopped
	}
}

// killAgainAndAgain starts the process and kills it, before it is ready or while
// it works.
func killAgainAndAgain(t *testing.T, s *site, kills int, random *rand.Rand) {
	t.Helper()
	for range kills {
		p := s.launch(t, "run")
		if random.IntN(5) > 0 {
			require.NoError(t, p.Ready(limited(t, patience)))
			s.nudge(t)
		}
		wait(random, 800*time.Millisecond)
		require.NoError(t, p.Kill())
	}
}

// killOneOfTwo has two processes work on the same store and kills one of them
// each time.
func killOneOfTwo(t *testing.T, sites []*site, kills int, random *rand.Rand) {
	t.Helper()
	processes := []*process.Process{sites[0].launch(t, "run"), sites[1].launch(t, "run")}
	for range kills {
		victim := random.IntN(2)
		if random.IntN(5) > 0 {
			require.NoError(t, processes[victim].Ready(limited(t, patience)))
			sites[victim].nudge(t)
		}
		wait(random, 800*time.Millisecond)
		require.NoError(t, processes[victim].Kill())
		processes[victim] = sites[victim].launch(t, "run")
	}
	require.NoError(t, processes[0].Kill())
	require.NoError(t, processes[1].Kill())
}

// wait waits for a random time: where in its work the process is killed is the point.
func wait(random *rand.Rand, atMost time.Duration) {
	<-time.After(time.Duration(random.Int64N(int64(atMost))))
}

// nudge makes the monitors due at once: one that was lost twice in a row would
// otherwise wait for minutes (R74). Refusals are as good: they are busy, or not
// there yet.
func (s *site) nudge(t *testing.T) {
	t.Helper()
	s.refresh(t, killed...)
}

// refresh does it for monitors by their names.
func (s *site) refresh(t *testing.T, monitors ...string) {
	t.Helper()
	for _, name := range monitors {
		a := s.post(t, "/monitors/"+name+"/refresh", map[string]any{"tasks": []string{"search", "update"}})
		if a.status == http.StatusUnprocessableEntity {
			a = s.post(t, "/monitors/"+name+"/refresh", map[string]any{"tasks": []string{"search"}})
		}
		require.Contains(t, []int{http.StatusAccepted, http.StatusConflict, http.StatusNotFound, http.StatusServiceUnavailable}, a.status, a.body)
	}
}

// awaitAgreement waits until the platform knows what the business knows, and has
// nothing left to do.
func (s *site) awaitAgreement(t *testing.T, b *business) {
	t.Helper()
	db := s.open(t)
	wanted := map[string]string{
		"orders":   "select id || ':' || amount from problems where kind = 'order' and state = 'open'",
		"receipts": "select id || ':' || amount from problems where kind = 'receipt' and state = 'open'",
		"ledger":   "select id || ':' || amount from problems where kind = 'entry'",
	}
	eventually(t, func() (bool, string) {
		s.nudge(t)
		for name, query := range wanted {
			business := texts(t, b.db, query)
			platform := texts(t, db, `select i.model_id || ':' || (i.data ->> 'amount') from issues i join monitors m on m.id = i.monitor_id
				where i.status = 'active' and m.name = $1`, name)
			if fmt.Sprint(business) != fmt.Sprint(platform) {
				return false, fmt.Sprintf("%s: the business has %v, the platform %v", name, business, platform)
			}
		}
		if open := texts(t, db, "select id || ' ' || status || ' ' || error from deliveries"); len(open) > 0 {
			return false, fmt.Sprintf("deliveries are open: %v", open)
		}
		return true, ""
	})
}

// rest has the monitors do nothing more, and stops the process in order.
func (s *site) rest(t *testing.T, p *process.Process) {
	t.Helper()
	for _, name := range killed {
		s.act(t, "/monitors/"+name+"/disable", nil)
	}
	db := s.open(t)
	eventually(t, func() (bool, string) {
		busy := texts(t, db, "select id || ' ' || status from executions where status in ('queued', 'running')")
		return len(busy) == 0, fmt.Sprintf("executions have not ended: %v", busy)
	})
	stop(t, p)
}
