package testenv_test

import (
	"fmt"
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

func TestServer_ComesBackAtItsAddressWithWhatWasCommitted(t *testing.T) {
	t.Parallel()
	server, err := testenv.StartPostgres(t.Context(), testenv.Crashable)
	if err != nil || !server.CanRestart() {
		testenv.Skip(t, "local binaries of a PostgreSQL server", "install PostgreSQL's server binaries")
	}
	t.Cleanup(func() { require.NoError(t, server.Stop()) })
	require.NoError(t, testenv.Exec(t.Context(), server.URL, "create table kept (id int)"))
	for id, crash := range []bool{false, true} {
		require.NoError(t, server.Restart(t.Context(), crash))
		require.NoError(t, testenv.Exec(t.Context(), server.URL, fmt.Sprintf("insert into kept values (%d)", id)))
	}
	conn, err := pgx.Connect(t.Context(), server.URL)
	require.NoError(t, err)
	var count int
	require.NoError(t, conn.QueryRow(t.Context(), "select count(*) from kept").Scan(&count))
	require.NoError(t, conn.Close(t.Context()))
	require.Equal(t, 2, count)
}
