package e2e

import (
	"database/sql"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/store/storetest"
)

// open looks into the application database from outside.
func (s *site) open(t *testing.T) *sql.DB {
	t.Helper()
	db := storetest.OpenRaw(t, s.database)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

// checkAftermath asserts what must be true of the database whatever has happened
// to the processes.
func checkAftermath(t *testing.T, s *site, b *business) {
	t.Helper()
	storetest.CheckHistory(t, s.database)
	db := s.open(t)
	none := func(what, query string) {
		t.Helper()
		require.Empty(t, texts(t, db, query), what)
	}
	none("an execution that has not ended", "select id || ' ' || status from executions where status in ('queued', 'running')")
	none("a delivery that is left", "select id || ' ' || status || ' ' || error from deliveries")
	none("an issue with more than one end", `select source_id || ' ' || count(*) from events
		where source = 'issue' and name in ('issue_solved', 'issue_dropped') group by source_id having count(*) > 1`)
	none("an event of an issue after its end", `select e.id || ' ' || e.name from events e join events ended
		on ended.source = 'issue' and e.source = 'issue' and ended.source_id = e.source_id
		where ended.name in ('issue_solved', 'issue_dropped') and e.id > ended.id`)
	none("a unique problem that became two issues", `select i.model_id || ' ' || count(*) from issues i join monitors m on m.id = i.monitor_id
		where m.name in ('receipts', 'ledger') group by i.model_id having count(*) > 1`)
	none("an issue whose reaction did not run", `select e.name || ' ' || e.source_id from events e join monitors m on m.id = e.monitor_id
		where m.name = 'orders' and e.name in ('issue_created', 'issue_solved') and not exists (
			select 1 from variables v where v.monitor_id = m.id and v.name = e.name || '_' || e.source_id)`)

	last := texts(t, db, "select cast(v.value as text) from variables v join monitors m on m.id = v.monitor_id where m.name = 'ledger' and v.name = 'last'")
	require.Equal(t, texts(t, b.db, "select max(id) from problems where kind = 'entry'"), last, "the bookmark")
	lost := texts(t, db, "select id from executions where status = 'lost'")
	require.NotEmpty(t, lost, "no kill found an execution running: this test does not test")
	t.Logf("%d executions were lost, %d issues made %d events", len(lost),
		len(texts(t, db, "select id from issues")), len(texts(t, db, "select id from events")))
}
