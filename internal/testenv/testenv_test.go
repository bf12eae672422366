package testenv_test

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/testenv"
)

func TestMain(m *testing.M) { testenv.Main(m) }

func TestSQS_ListensOnThisMachineOnly(t *testing.T) {
	t.Parallel()
	require.Regexp(t, `^http://127\.0\.0\.1:\d+$`, testenv.SQS(t))
}

func TestPostgres_EachTestHasADatabaseOfItsOwn(t *testing.T) {
	t.Parallel()
	addresses := []string{testenv.Postgres(t), testenv.Postgres(t)}
	for _, address := range addresses {
		require.NoError(t, testenv.Exec(t.Context(), address, "create table mine (id int)"))
	}

	conn, err := pgx.Connect(t.Context(), addresses[0])
	require.NoError(t, err)
	var listening string
	require.NoError(t, conn.QueryRow(t.Context(), "show listen_addresses").Scan(&listening))
	require.NoError(t, conn.Close(t.Context()))
	require.NotEqual(t, addresses[0], addresses[1])
}
