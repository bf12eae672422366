package postgres_test

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/queue/postgres"
	"github.com/vedettehq/vedette/internal/testenv"
)

func TestReceive_StopsAtItsLimitHoweverManyThereAre(t *testing.T) {
	t.Parallel()
	address := migrated(t)
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
