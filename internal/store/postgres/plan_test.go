package postgres_test

import (
	"context"
	"regexp"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/sqlstore"
	"github.com/vedettehq/vedette/internal/store/storetest"
	"github.com/vedettehq/vedette/internal/testenv"
)

func TestPlans_UseTheirIndexes(t *testing.T) {
	testenv.NeedsTime(t)
	address := migrated.Postgres(t)
	// Beside the store, whose sessions have planners that avoid reading whole tables.
	conn, err := pgx.Connect(t.Context(), address)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, conn.Close(context.Background())) })
	storetest.RunPlans(t, storetest.Plans{
		Open: func(t testing.TB) (store.Database, *storetest.Recorder) {
			t.Helper()
			return openRecording(t, address)
		},
		Analyze: "analyze",
		Explain: func(t testing.TB, _ *storetest.Recorder, statement *sqlstore.Statement) []string {
			t.Helper()
			rows, err := conn.Query(t.Context(), "explain "+statement.SQL, statement.Args...)
			require.NoError(t, err)
			lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
			require.NoError(t, err)
			return lines
		},
		Whole: regexp.MustCompile(`Seq Scan on (\w+)`),
	})
}
