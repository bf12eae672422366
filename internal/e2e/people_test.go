package e2e

import (
	"database/sql"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// hold keeps everybody from reading the business's database, so that a monitor's
// query does not end before the returned function is called.
func (b *business) hold(t *testing.T) (release func()) {
	t.Helper()
	conn, err := b.db.Conn(t.Context())
	require.NoError(t, err)
	_, err = conn.ExecContext(t.Context(), "begin exclusive")
	require.NoError(t, err)
	return func() {
		t.Helper()
		defer func() { require.NoError(t, ignoreDone(conn.Close())) }()
		_, err := conn.ExecContext(t.Context(), "rollback")
		require.NoError(t, err)
	}
}

func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrConnDone) {
		return nil
	}
	return err
}

func TestPeople_R05_WhatTheyDoDuringARunStays(t *testing.T) {
	t.Parallel()
	for _, store := range bothStores {
		t.Run(store, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, store)
			b := newBusiness(t, s)
			for id := 1; id <= 3; id++ {
				b.open(t, "order", id, 10)
			}
			s.monitor(t, "orders", solvableCode)
			p := s.run(t)
			w := s.watch("orders")
			w.ran(t)
			w.saw(t, "issue_created 1", "issue_created 2", "issue_created 3", "alert_created A1 P3",
				"issue_linked 1", "issue_linked 2", "issue_linked 3", "alert_issues_linked A1 P3 3 issues", "alert_updated A1 P3")

			b.exec(t, "update problems set amount = 11")
			release := b.hold(t)
			s.act(t, "/monitors/orders/refresh", map[string]any{"tasks": []string{"search", "update"}})
			s.awaitStatus(t, "orders", "running")
			s.act(t, fmt.Sprintf("/issues/%d/drop", w.issue(t, "1").ID), nil)
			s.act(t, w.alertPath(1)+"/acknowledge", nil)
			s.act(t, w.alertPath(1)+"/lock", nil)
			s.refused(t, "/monitors/orders/refresh", map[string]any{"tasks": []string{"search"}})
			s.act(t, "/monitors/orders/disable", nil)
			who := " (" + w.actor(t) + ")"
			s.awaitStatus(t, "orders", "running")
			release()

			require.Equal(t, "succeeded", w.ran(t).Status)
			w.saw(t,
				"issue_dropped 1 by person"+who, "alert_acknowledged A1 P3"+who, "alert_locked A1 P3"+who, "monitor_enabled_changed false"+who,
				"issue_updated_not_solved 2", "issue_updated_not_solved 3", "alert_updated A1 P3")
			dropped := w.issue(t, "1")
			require.Equal(t, "dropped", dropped.Status)
			require.JSONEq(t, `{"id": 1, "state": "open", "amount": 10}`, string(dropped.Data))
			alert := get[alertView](t, s, w.alertPath(1))
			require.True(t, alert.Acknowledged && alert.Locked)
			require.Equal(t, 2, alert.ActiveIssues)

			// A later search may find it anew, and the alert is still locked.
			s.act(t, "/monitors/orders/enable", nil)
			w.refresh(t, "search")
			w.saw(t, "monitor_enabled_changed true"+who,
				"issue_created 1", "alert_created A2 P4", "issue_linked 1", "alert_issues_linked A2 P4 1 issues", "alert_updated A2 P4")
			stop(t, p)
		})
	}
}

// awaitStatus waits until the monitor's newest execution has a status.
func (s *site) awaitStatus(t *testing.T, name, status string) {
	t.Helper()
	eventually(t, func() (bool, string) {
		executions := list[executionView](t, s, "/executions?monitor="+name)
		if len(executions) == 0 {
			return false, "there is no execution"
		}
		return executions[0].Status == status, fmt.Sprintf("the execution is %s, not %s", executions[0].Status, status)
	})
}

func TestPeople_R64_DisablingCancelsWhatIsQueued(t *testing.T) {
	t.Parallel()
	s := newSite(t, "sqlite")
	b := newBusiness(t, s)
	// One slot, which is taken while the business does not answer.
	s.settings["executor"] = "{concurrency: 1, heartbeat: 1s}"
	s.configure(t)
	s.monitor(t, "first", solvableCode)
	s.monitor(t, "second", solvableCode)
	p := s.run(t)
	first, second := s.watch("first"), s.watch("second")
	first.ran(t)
	second.ran(t)

	release := b.hold(t)
	s.act(t, "/monitors/first/refresh", nil)
	s.awaitStatus(t, "first", "running")
	s.act(t, "/monitors/second/refresh", nil)
	s.awaitStatus(t, "second", "queued")
	s.act(t, "/monitors/second/disable", nil)
	release()
	require.Equal(t, "succeeded", first.ran(t).Status)
	require.Equal(t, "cancelled", second.ran(t).Status)
	stop(t, p)
}

func TestStop_HandsBackWhatIsRunning(t *testing.T) {
	t.Parallel()
	s := newSite(t, "sqlite")
	b := newBusiness(t, s)
	b.open(t, "order", 1, 10)
	s.monitor(t, "orders", solvableCode)
	release := b.hold(t)
	p := s.run(t)
	s.awaitStatus(t, "orders", "running")
	// It goes on while there is time, so that it ends as if nobody had asked.
	stopped := make(chan error, 1)
	go func() { stopped <- p.Stop(limited(t, patience)) }()
	require.NoError(t, p.WaitLog(limited(t, patience), "stopping"))
	release()
	require.NoError(t, <-stopped)
	db := s.open(t)
	require.Equal(t, []string{"succeeded"}, texts(t, db, "select status from executions"))
	require.Equal(t, []string{"1"}, texts(t, db, "select model_id from issues"))
}
