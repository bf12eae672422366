package e2e

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// The tests of this file follow every transition, event by event: the business
// changes, the tasks are asked for, and nothing else happens. All events of a run
// show what they are about as the run leaves it.

const (
	// seldom is a cron that is not due while a test runs: a monitor's first run is
	// due at once all the same.
	seldom = "0 0 29 2 *"

	solvableCode = `
monitor(
    model_id_key = "id", search_cron = "` + seldom + `", update_cron = "` + seldom + `",
    alert = count_rule(low = 0, moderate = 1, high = 3), dismiss_acknowledge_on_new_issues = True,
)

def search():
    return query("business", "select id, state, amount from problems where kind = 'order' order by id")

def update(issues):
    return query("business", "select id, state, amount from problems where id in (?) order by id", [issue["id"] for issue in issues])

def is_solved(issue):
    return issue["state"] == "fixed"
`
)

func TestTransitions_OfIssuesThatRunsSolve(t *testing.T) {
	t.Parallel()
	for _, store := range bothStores {
		t.Run(store, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, store)
			b := newBusiness(t, s)
			b.open(t, "order", 1, 10)
			s.monitor(t, "orders", solvableCode)
			p := s.run(t)
			w := s.watch("orders")
			w.ran(t)

			created(t, w)
			acknowledged(t, w)
			linked(t, w, b)
			changed(t, w, b)
			locked(t, w, b)
			dropped(t, w)
			disabled(t, w)
			refusedActions(t, w)
			solved(t, w, b)
			stop(t, p)
		})
	}
}

// created: what is found becomes an issue and an alert, and again changes nothing
// (R30, R41, R42, R44).
func created(t *testing.T, w *witness) {
	t.Helper()
	w.saw(t, "issue_created 1", "alert_created A1 P4", "issue_linked 1", "alert_issues_linked A1 P4 1 issues", "alert_updated A1 P4")
	w.refresh(t, "search", "update")
	w.saw(t)
}

// acknowledged: an alert is acknowledged at its priority, and again changes nothing (R60).
func acknowledged(t *testing.T, w *witness) {
	t.Helper()
	w.s.act(t, w.alertPath(1)+"/acknowledge", nil)
	w.saw(t, "alert_acknowledged A1 P4 ("+w.actor(t)+")")
	require.True(t, get[alertView](t, w.s, w.alertPath(1)).IsPriorityAcknowledged)
	w.s.act(t, w.alertPath(1)+"/acknowledge", nil)
	w.saw(t)
}

// linked: a new issue goes to the alert, which has to be acknowledged again and is
// more important (R42, R43).
func linked(t *testing.T, w *witness, b *business) {
	t.Helper()
	b.open(t, "order", 2, 20)
	w.refresh(t, "search")
	w.saw(t, "issue_created 2", "issue_linked 2", "alert_issues_linked A1 P3 1 issues",
		"alert_acknowledge_dismissed A1 P3", "alert_priority_increased A1 P3 was P4", "alert_updated A1 P3")
}

// changed: data that changes is told by what is_solved says of it (R13, R20).
func changed(t *testing.T, w *witness, b *business) {
	t.Helper()
	b.exec(t, "update problems set amount = 21 where id = 2")
	w.refresh(t, "update")
	w.saw(t, "issue_updated_not_solved 2", "alert_updated A1 P3")
	require.JSONEq(t, `{"id": 2, "state": "open", "amount": 21}`, string(w.issue(t, "2").Data))

	b.repair(t, 2)
	w.refresh(t, "update")
	w.saw(t, "issue_updated_solved 2", "issue_solved 2 by predicate", "alert_priority_decreased A1 P4 was P3", "alert_updated A1 P4")
}

// locked: new issues go to another alert, until that is unlocked (R61).
func locked(t *testing.T, w *witness, b *business) {
	t.Helper()
	w.s.act(t, w.alertPath(1)+"/lock", nil)
	w.saw(t, "alert_locked A1 P4 ("+w.actor(t)+")")
	b.open(t, "order", 3, 30)
	w.refresh(t, "search")
	w.saw(t, "issue_created 3", "alert_created A2 P4", "issue_linked 3", "alert_issues_linked A2 P4 1 issues", "alert_updated A2 P4")
	w.s.act(t, w.alertPath(1)+"/unlock", nil)
	w.saw(t, "alert_unlocked A1 P4 ("+w.actor(t)+")")
}

// dropped: an issue that is dropped takes its alert along, and may come again (R63).
func dropped(t *testing.T, w *witness) {
	t.Helper()
	w.s.act(t, fmt.Sprintf("/issues/%d/drop", w.issue(t, "3").ID), map[string]string{"comment": "a test order"})
	w.saw(t, "issue_dropped 3 by person ("+w.actor(t)+")", "alert_solved A2 P4 by person ("+w.actor(t)+")")
	w.refresh(t, "search")
	w.saw(t, "issue_created 3", "issue_linked 3", "alert_issues_linked A1 P3 1 issues", "alert_priority_increased A1 P3 was P4", "alert_updated A1 P3")
}

// disabled: a disabled monitor is not run, nor can it be asked to (R64).
func disabled(t *testing.T, w *witness) {
	t.Helper()
	w.s.act(t, "/monitors/orders/disable", nil)
	w.saw(t, "monitor_enabled_changed false ("+w.actor(t)+")")
	require.Equal(t, "disabled", get[monitorView](t, w.s, "/monitors/orders").Health)
	require.Contains(t, w.s.refused(t, "/monitors/orders/refresh", map[string]any{"tasks": []string{"search"}}), "disabled")
	w.s.act(t, "/monitors/orders/disable", nil)
	w.saw(t)
	w.s.act(t, "/monitors/orders/enable", nil)
	w.saw(t, "monitor_enabled_changed true ("+w.actor(t)+")")
}

// refusedActions: what has ended does not change, and people do not solve what runs do (R62).
func refusedActions(t *testing.T, w *witness) {
	t.Helper()
	w.s.refused(t, w.alertPath(1)+"/solve", nil)
	for _, action := range []string{"acknowledge", "lock", "unlock", "solve"} {
		w.s.refused(t, w.alertPath(2)+"/"+action, nil)
	}
	w.s.refused(t, fmt.Sprintf("/issues/%d/drop", w.issue(t, "2").ID), nil)
	w.saw(t)
}

// solved: the last issue takes its alert along, and what is solved is not found
// again (R44, R30).
func solved(t *testing.T, w *witness, b *business) {
	t.Helper()
	b.exec(t, "update problems set state = 'fixed'")
	w.refresh(t, "update")
	w.saw(t,
		"issue_updated_solved 1", "issue_updated_solved 3",
		"issue_solved 1 by predicate", "issue_solved 3 by predicate", "alert_solved A1 P3")
	w.refresh(t, "search")
	w.saw(t)
}

// actor is who acts without having signed in, as it says itself: whoever it is,
// there is somebody.
func (w *witness) actor(t *testing.T) string {
	t.Helper()
	events := list[eventView](t, w.s, "/events?monitor="+w.name)
	require.NotEmpty(t, events[0].Actor)
	return events[0].Actor
}

func TestTransitions_OfIssuesThatPeopleSolve(t *testing.T) {
	t.Parallel()
	s := newSite(t, "sqlite")
	b := newBusiness(t, s)
	b.open(t, "order", 1, 10)
	b.open(t, "order", 2, 90)
	s.monitor(t, "orders", `
monitor(
    model_id_key = "id", search_cron = "`+seldom+`", solvable = False, unique = True,
    alert = value_rule("amount", "greater_than", moderate = 50, critical = 100),
)

def search():
    return query("business", "select id, amount from problems order by id")
`)
	p := s.run(t)
	w := s.watch("orders")
	w.ran(t)
	w.saw(t, "issue_created 1", "issue_created 2", "alert_created A1 P3", "issue_linked 1", "issue_linked 2", "alert_issues_linked A1 P3 2 issues", "alert_updated A1 P3")

	s.act(t, w.alertPath(1)+"/solve", map[string]string{"comment": "paid back"})
	actor := w.actor(t)
	w.saw(t, "issue_solved 1 by person ("+actor+")", "issue_solved 2 by person ("+actor+")", "alert_solved A1 P3 by person ("+actor+")")
	require.True(t, get[alertView](t, s, w.alertPath(1)).Acknowledged)

	w.refresh(t, "search")
	w.saw(t)
	require.Empty(t, w.active(t))
	stop(t, p)
}

func TestTransitions_OfIssuesThatAreMissing(t *testing.T) {
	t.Parallel()
	s := newSite(t, "sqlite")
	b := newBusiness(t, s)
	for id := 1; id <= 3; id++ {
		b.open(t, "order", id, 10)
	}
	const missingCode = `
monitor(model_id_key = "id", search_cron = "` + seldom + `", update_cron = "` + seldom + `", missing = "%s", %s)

def search():
    rows = query("business", "select id, amount from problems where state = 'open' order by id")
    if query("business", "select 1 as n from problems where state = 'unread'"):
        incomplete("some could not be read")
    return rows
%s`
	// The query is the problem: there is neither an update nor an is_solved.
	s.monitor(t, "solving", fmt.Sprintf(missingCode, "solve", "alert = count_rule(low = 0)", ""))
	s.monitor(t, "dropping", fmt.Sprintf(missingCode, "drop", "", `
def update(issues):
    return search()

def is_solved(issue):
    return False
`))
	p := s.run(t)
	solving, dropping := s.watch("solving"), s.watch("dropping")
	solving.ran(t)
	dropping.ran(t)
	solving.saw(t, "issue_created 1", "issue_created 2", "issue_created 3", "alert_created A1 P4",
		"issue_linked 1", "issue_linked 2", "issue_linked 3", "alert_issues_linked A1 P4 3 issues", "alert_updated A1 P4")
	dropping.saw(t, "issue_created 1", "issue_created 2", "issue_created 3")

	b.repair(t, 2)
	solving.refresh(t, "update")
	dropping.refresh(t, "update")
	solving.saw(t, "issue_solved 2 by missing", "alert_updated A1 P4")
	dropping.saw(t, "issue_dropped 2 by missing")

	// What could not be read is unknown, not solved.
	b.exec(t, "update problems set state = 'unread' where id = 3")
	for _, w := range []*witness{solving, dropping} {
		execution := w.refresh(t, "update")
		require.Equal(t, "failed", execution.Status)
		require.Contains(t, execution.Error, "some could not be read")
		w.saw(t)
		require.Equal(t, []string{"1", "3"}, w.active(t))
		require.Equal(t, "unknown", get[monitorView](t, s, "/monitors/"+w.name).Health)
	}
	stop(t, p)
}

func TestTransitions_OfAlertsThatAge(t *testing.T) {
	t.Parallel()
	s := newSite(t, "sqlite")
	b := newBusiness(t, s)
	b.open(t, "order", 1, 10)
	s.monitor(t, "orders", `
monitor(
    model_id_key = "id", search_cron = "`+seldom+`", update_cron = "* * * * * *",
    alert = age_rule(moderate = 1, high = 2, critical = "3s"),
)

def search():
    return query("business", "select id, state from problems where state = 'open'")

def update(issues):
    return query("business", "select id, state from problems where id in (?)", [issue["id"] for issue in issues])

def is_solved(issue):
    return issue["state"] == "fixed"
`)
	p := s.run(t)
	w := s.watch("orders")
	critical := func() (bool, string) {
		for _, alert := range list[alertView](t, s, "/alerts?monitor=orders") {
			return alert.Priority == 1, fmt.Sprintf("the alert's priority is %d", alert.Priority)
		}
		return false, "there is no alert"
	}
	eventually(t, critical)
	b.repair(t, 1)
	eventually(t, func() (bool, string) {
		active := w.active(t)
		return len(active) == 0, fmt.Sprintf("still active: %v", active)
	})
	// A run may come so late that a level is left out; that is no other transition.
	names := map[string]bool{}
	for _, event := range list[eventView](t, s, "/events?monitor=orders") {
		names[event.Name] = true
	}
	for _, name := range []string{"issue_created", "alert_created", "issue_linked", "alert_issues_linked", "alert_priority_increased", "alert_updated", "issue_updated_solved", "issue_solved", "alert_solved"} {
		require.Contains(t, names, name)
	}
	stop(t, p)
}
