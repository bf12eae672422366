package postgres_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/postgres"
	"github.com/vedettehq/vedette/internal/testenv"
)

const password = "s3cr3t%2Fword"

// openError requires an error that tells no password.
func openError(t *testing.T, address string) error {
	t.Helper()
	s, err := postgres.Open(t.Context(), monitor.NewSecret(address), store.Config{})
	if err == nil {
		require.NoError(t, s.Close())
	}
	require.Error(t, err)
	require.NotContains(t, err.Error(), "s3cr3t")
	return err
}

// withPassword is a server's address with a password in it.
func withPassword(t *testing.T, address, database string) *url.URL {
	t.Helper()
	u, err := url.Parse(testenv.WithDatabase(address, database))
	require.NoError(t, err)
	u.User = url.UserPassword(u.User.Username(), "s3cr3t/word")
	return u
}

func TestOpen_SaysThatTheDatabaseDoesNotExist(t *testing.T) {
	t.Parallel()
	err := openError(t, withPassword(t, testenv.Postgres(t), "no_such_database").String())
	require.Equal(t, monitor.CodeInvalid, monitor.CodeOf(err))
	require.ErrorContains(t, err, "does not exist on this server: create it")
}

func TestOpen_SaysThatTheServerIsAway(t *testing.T) {
	t.Parallel()
	err := openError(t, "postgres://ada:"+password+"@127.0.0.1:1/vedette")
	require.Equal(t, monitor.CodeUnavailable, monitor.CodeOf(err))
	require.ErrorContains(t, err, "cannot be reached")
	require.ErrorContains(t, err, "127.0.0.1")
	require.Equal(t, 1, strings.Count(err.Error(), "connection refused"), err)
	require.NotContains(t, err.Error(), "\n")
}

func TestOpen_SaysThatTheAddressCannotBeRead(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"postgres://ada:" + password + "@host:port/vedette",
		"postgres://ada:" + password + "@ho st/vedette",
		"postgres://ada:" + password + "%zz@host/vedette",
		"postgres://ada:" + password + "@host/vedette?sslmode=perhaps",
		"mysql://ada:" + password + "@host/vedette",
		"",
	} {
		err := openError(t, address)
		require.Equal(t, monitor.CodeInvalid, monitor.CodeOf(err), "%s: %v", address, err)
		require.NotContains(t, err.Error(), "\n")
	}
}

func TestOpen_SaysThatTheUserIsRefused(t *testing.T) {
	t.Parallel()
	u := withPassword(t, testenv.Postgres(t), "postgres")
	u.User = url.UserPassword("nobody_of_this_name", "s3cr3t/word")
	err := openError(t, u.String())
	require.Equal(t, monitor.CodeInvalid, monitor.CodeOf(err))
	require.ErrorContains(t, err, "user or password")
}

func TestOpen_UnderstandsAddressesOfSQLAlchemy(t *testing.T) {
	t.Parallel()
	address := testenv.Postgres(t)
	s := open(t, strings.Replace(strings.Replace(address, "postgres://", "postgresql+asyncpg://", 1), "sslmode=", "ssl=", 1))
	require.NoError(t, s.Ping(t.Context()))
}

func TestStore_IsUnavailableWhenItsServerIsGone(t *testing.T) {
	t.Parallel()
	address := testenv.Postgres(t)
	s, err := postgres.Open(t.Context(), monitor.NewSecret(address), store.Config{PoolSize: 2})
	require.NoError(t, err)
	require.NoError(t, s.Up(t.Context(), 0))
	database := address[strings.LastIndex(address, "/")+1:]
	database, _, _ = strings.Cut(database, "?")
	admin := testenv.WithDatabase(address, "postgres")
	require.NoError(t, testenv.Exec(t.Context(), admin, "alter database "+database+" with allow_connections false"))
	require.NoError(t, testenv.Exec(t.Context(), admin, "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"+database+"'"))
	_, err = s.Take(t.Context(), "executor", 0, s.Now())
	require.Equal(t, monitor.CodeUnavailable, monitor.CodeOf(err), "%v", err)
	require.NoError(t, testenv.Exec(t.Context(), admin, "alter database "+database+" with allow_connections true"))
	_, err = s.Current(t.Context())
	require.NoError(t, err, "it comes back by itself")
	require.NoError(t, s.Close())
}
