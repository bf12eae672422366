package e2e

import (
	"database/sql"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/e2e/process"
	"github.com/vedettehq/vedette/internal/testenv"
)

// sleepingCode is a monitor that waits for a database, seconds long.
const sleepingCode = `
monitor(model_id_key = "id", search_cron = "` + seldom + `", solvable = False)

def search():
    return query("slow", "select 1 as id, pg_sleep(%d)::text as slept")
`

// newSlowSite is a site whose one monitor takes seconds, with a controller.
func newSlowSite(t *testing.T, queue string, seconds int) *site {
	t.Helper()
	s := newSite(t, "postgres")
	sharedQueues[queue](t, s)
	s.env = append(s.env, "DATABASE_SLOW="+testenv.Postgres(t))
	s.configure(t)
	s.monitor(t, "slow", fmt.Sprintf(sleepingCode, seconds))
	controller := s.launch(t, "controller")
	require.NoError(t, controller.Ready(limited(t, patience)))
	return s
}

// executor starts an executor, which is given up for dead only after longer than
// a test waits for anything.
func (s *site) executor(t *testing.T, grace string) *process.Process {
	t.Helper()
	e := s.beside(t)
	e.settings["application_queue"] = s.settings["application_queue"]
	e.settings["executor"] = fmt.Sprintf("{heartbeat: 60s, grace_period: %s}", grace)
	e.configure(t)
	p := e.launch(t, "executor")
	require.NoError(t, p.Ready(limited(t, patience)))
	return p
}

// execution is the only one of a site, as the database has it.
type execution struct {
	id               int64
	status, executor string
}

func onlyExecution(t *testing.T, db *sql.DB) (x execution) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), "select id, status, coalesce(executor_id, '') from executions")
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	count := 0
	for ; rows.Next(); count++ {
		require.NoError(t, rows.Scan(&x.id, &x.status, &x.executor))
	}
	require.NoError(t, rows.Err())
	require.LessOrEqual(t, count, 1)
	return x
}

// awaitRunning waits until the execution runs in another executor than one.
func awaitRunning(t *testing.T, db *sql.DB, other string) (x execution) {
	t.Helper()
	eventually(t, func() (bool, string) {
		x = onlyExecution(t, db)
		return x.status == "running" && x.executor != other, fmt.Sprintf("%+v", x)
	})
	return x
}

func TestStop_R04_ARunMayFinishWithinTheGracePeriod(t *testing.T) {
	t.Parallel()
	s := newSlowSite(t, "postgres", 3)
	db := s.open(t)
	first := s.executor(t, "60s")
	taken := awaitRunning(t, db, "")
	s.executor(t, "60s")
	stop(t, first)
	ended := onlyExecution(t, db)
	require.Equal(t, execution{taken.id, "succeeded", taken.executor}, ended)
	require.Equal(t, []string{"1"}, texts(t, db, "select model_id from issues"))
	require.Len(t, texts(t, db, "select id from executors"), 1, "it has signed off")
}

func TestStop_R74_ARunThatOutlastsTheGracePeriodIsHandedBackAtOnce(t *testing.T) {
	t.Parallel()
	for queue := range sharedQueues {
		t.Run(queue, func(t *testing.T) {
			t.Parallel()
			s := newSlowSite(t, queue, 600)
			db := s.open(t)
			first := s.executor(t, "500ms")
			taken := awaitRunning(t, db, "")
			s.executor(t, "500ms")
			began := time.Now()
			stop(t, first)
			require.GreaterOrEqual(t, time.Since(began), 500*time.Millisecond, "it had its time")
			again := awaitRunning(t, db, taken.executor)
			require.Equal(t, taken.id, again.id, "nothing was lost, and nothing counts against the monitor")
			require.Equal(t, []string{"0"}, texts(t, db, "select cast(lost_count as text) from monitors"))
			require.Contains(t, first.Log(), "executions handed back")
		})
	}
}
