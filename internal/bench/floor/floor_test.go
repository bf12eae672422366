package floor

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/testenv"
)

func TestMain(m *testing.M) { testenv.Main(m) }

// each runs a test on both databases.
func each(t *testing.T, test func(t *testing.T, db DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		db, err := OpenSQLite(filepath.Join(t.TempDir(), "floor.db"), 2)
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, db.Close()) })
		test(t, db)
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		db, err := OpenPostgres(t.Context(), testenv.Postgres(t), 2)
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, db.Close()) })
		test(t, db)
	})
}

func count(t *testing.T, db DB, query string) (n int) {
	t.Helper()
	switch db := db.(type) {
	case *sqlite:
		require.NoError(t, db.writer.QueryRowContext(t.Context(), "select count(*) from "+query).Scan(&n))
	case *postgres:
		require.NoError(t, db.pool.QueryRow(t.Context(), "select count(*) from "+query).Scan(&n))
	}
	return n
}

func TestIssues_LeaveTheFactsOfEachRun(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, db DB) {
		const n = 25
		work, err := NewIssues(t.Context(), db, n)
		require.NoError(t, err)
		for round := range 2 {
			require.NoError(t, work.Next(t.Context()))

			require.NoError(t, work.Create(t.Context()))
			require.Equal(t, n, count(t, db, "issues where status = 'active'"))
			require.Equal(t, 1, count(t, db, "alerts where status = 'active'"))
			require.Equal(t, (round+1)*n, count(t, db, "events where name = 'issue_linked'"))

			require.NoError(t, work.Change(t.Context(), 2))
			require.Equal(t, n, count(t, db, `issues where status = 'active' and cast(data as text) like '%"seen":2%'`))
			require.Equal(t, (round+1)*n, count(t, db, "events where name = 'issue_updated_not_solved'"))

			require.NoError(t, work.Solve(t.Context(), 3))
			require.Zero(t, count(t, db, "issues where status = 'active'"))
			require.Zero(t, count(t, db, "alerts where status = 'active'"))
			require.Equal(t, (round+1)*n, count(t, db, "events where name = 'issue_solved'"))
			require.Zero(t, count(t, db, "executions where status <> 'succeeded'"))
		}
	})
}

func TestClaim_QueuesWhatIsDueAndNothingElse(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, db DB) {
		work, err := NewClaim(t.Context(), db, 25, 40)
		require.NoError(t, err)
		for range 2 {
			require.NoError(t, work.Run(t.Context(), 25, 10))
			require.Equal(t, 25, count(t, db, "executions where status = 'queued'"))
			require.Equal(t, 15, count(t, db, "monitors where next_due_at is not null"))
			require.NoError(t, work.Again(t.Context()))
			require.Equal(t, 40, count(t, db, "monitors where next_due_at is not null"))
		}
	})
}

func TestRuns_ChangeEveryIssueOfEveryMonitor(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, db DB) {
		work, err := NewRuns(t.Context(), db, 7, 3)
		require.NoError(t, err)
		require.NoError(t, work.Queue(t.Context()))
		require.NoError(t, work.Run(t.Context(), 4, 2))
		require.Equal(t, 21, count(t, db, `issues where cast(data as text) like '%"seen":2%'`))
		require.Equal(t, 7, count(t, db, "executions where status = 'succeeded'"))
	})
}

func TestLists_ReadWhatWasPrepared(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, db DB) {
		monitors, err := NewMonitorList(t.Context(), db, 5)
		require.NoError(t, err)
		require.NoError(t, monitors.Monitors(t.Context(), 2, 10, 5))
		issues, err := NewIssueList(t.Context(), db, 5)
		require.NoError(t, err)
		require.NoError(t, issues.Issues(t.Context(), 2, 10, 5))
		require.Equal(t, 5, count(t, db, "issues where alert_id = 1"))
	})
}
