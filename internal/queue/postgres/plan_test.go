package postgres_test

import (
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/queue"
	"github.com/vedettehq/vedette/internal/queue/postgres"
	"github.com/vedettehq/vedette/internal/testenv"
)

func TestReceive_StopsAtItsLimitHoweverManyThereAre(t *testing.T) {
	t.Parallel()
	address := migrated.Postgres(t)
	require.NoError(t, testenv.Exec(t.Context(), address, `
		insert into queue_messages (lane, message_id, sent_at, visible_at)
		select lane, n, now(), now() from generate_series(1, 20000) n, unnest(array['executions', 'deliveries']) lane;
		analyse queue_messages`))
	conn, err := pgx.Connect(t.Context(), address)
	require.NoError(t, err)
	rows, err := conn.Query(t.Context(), "explain (analyse, timing off, costs off, summary off) "+postgres.LookSQL,
		pgx.QueryExecModeExec, "executions", 10, 1000)
	require.NoError(t, err)
	lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	require.NoError(t, conn.Close(t.Context()))

	plan := strings.Join(lines, "\n")
	require.NotContains(t, plan, "Seq Scan")
	require.NotContains(t, plan, "Sort")
	require.Contains(t, plan, "Index Scan using queue_messages_pkey on queue_messages (actual rows=10", plan)
}

// The planner has seen a table with next to nothing in it, as it mostly is when
// that is looked at, and now there is more.
func TestReceive_KeepsItsLimitWhateverThePlannerBelieves(t *testing.T) {
	t.Parallel()
	address := migrated.Postgres(t)
	for _, statement := range []string{
		`alter table queue_messages set (autovacuum_enabled = false)`,
		`insert into queue_messages (lane, message_id, sent_at, visible_at) values ('deliveries', 1, now(), now() + interval '1 day')`,
		`analyse queue_messages`,
	} {
		require.NoError(t, testenv.Exec(t.Context(), address, statement))
	}
	q := open(t, address, postgres.Config{Visibility: time.Hour})
	for id := range int64(5) {
		require.NoError(t, q.Send(t.Context(), queue.Message{Lane: queue.Executions, ID: id}))
	}
	for range 5 {
		received, err := q.Receive(t.Context(), queue.Executions, 1, 0)
		require.NoError(t, err)
		require.Len(t, received, 1)
	}
}
