package sqlite_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/sqlite"
)

func openError(t *testing.T, address string) error {
	t.Helper()
	s, err := sqlite.Open(t.Context(), monitor.NewSecret(address), store.Config{})
	if err == nil {
		require.NoError(t, s.Close())
	}
	require.Error(t, err)
	return err
}

func TestOpen_MakesTheFileAndItsDirectory(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "new", "with space?#%", "vedette.db")
	s := open(t, "sqlite://"+path)
	require.NoError(t, s.Up(t.Context(), 0))
	require.FileExists(t, path)
}

func TestOpen_TakesARelativePath(t *testing.T) {
	t.Chdir(t.TempDir())
	s := open(t, "sqlite://data/vedette.db")
	require.NoError(t, s.Up(t.Context(), 0))
	require.FileExists(t, filepath.Join("data", "vedette.db"))
}

func TestOpen_SaysWhatIsWrongWithTheFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "plain.txt")
	require.NoError(t, os.WriteFile(file, []byte("this is a text, and long enough to be looked at as a database header, which it is not"), 0o600))
	for address, part := range map[string]string{
		"sqlite://" + dir:  "is a directory",
		"sqlite://" + file: "is not an SQLite database",
		"sqlite://" + filepath.Join(file, "in", "db"): "cannot be made, use another path",
		"sqlite://":            "sqlite:// and a path",
		"postgres://somewhere": "sqlite:// and a path",
		"sqlite://:memory:":    "has to be a file",
	} {
		err := openError(t, address)
		require.ErrorContains(t, err, part)
		require.Equal(t, monitor.CodeInvalid, monitor.CodeOf(err), address)
		require.NotContains(t, err.Error(), "\n")
	}
}

func TestOpen_SaysThatAFileIsDamaged(t *testing.T) {
	t.Parallel()
	address := copyMigrated(t)
	path := address[len("sqlite://"):]
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	for i := 120; i < len(content); i++ {
		content[i] ^= 0x5a
	}
	require.NoError(t, os.WriteFile(path, content, 0o600))
	s, err := sqlite.Open(t.Context(), monitor.NewSecret(address), store.Config{})
	if err == nil {
		err = s.CheckSchema(t.Context())
		require.NoError(t, s.Close())
	}
	require.ErrorContains(t, err, "damaged")
	require.ErrorContains(t, err, path)
}

func TestOpen_RefusesASecondProcessOnTheSameFile(t *testing.T) {
	t.Parallel()
	address := copyMigrated(t)
	s, err := sqlite.Open(t.Context(), monitor.NewSecret(address), store.Config{})
	require.NoError(t, err)
	refused := openError(t, address)
	require.Equal(t, monitor.CodeConflict, monitor.CodeOf(refused))
	require.ErrorContains(t, refused, address[len("sqlite://"):])
	require.ErrorContains(t, refused, "another vedette process")
	require.NoError(t, s.Close())
	open(t, address)
}

func TestOpen_WaitsALittleForTheProcessBefore(t *testing.T) {
	t.Parallel()
	address := copyMigrated(t)
	s, err := sqlite.Open(t.Context(), monitor.NewSecret(address), store.Config{})
	require.NoError(t, err)
	closed := time.AfterFunc(200*time.Millisecond, func() { _ = s.Close() })
	defer closed.Stop()
	open(t, address)
}

func TestOpen_GivesUpWithItsContext(t *testing.T) {
	t.Parallel()
	address := copyMigrated(t)
	open(t, address)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := sqlite.Open(ctx, monitor.NewSecret(address), store.Config{})
	require.ErrorIs(t, err, context.Canceled)
}

func TestRegisterExecutor_R74_ForgetsThoseOfEarlierProcesses(t *testing.T) {
	t.Parallel()
	address := copyMigrated(t)
	now := time.Now()
	before, err := sqlite.Open(t.Context(), monitor.NewSecret(address), store.Config{})
	require.NoError(t, err)
	require.NoError(t, before.RegisterExecutor(t.Context(), "before", now, now.Add(time.Hour)))
	require.NoError(t, before.RegisterExecutor(t.Context(), "beside", now, now.Add(time.Hour)))
	require.NoError(t, before.RenewExecutor(t.Context(), "before", now, now.Add(time.Hour)), "one of the same process stays")
	require.NoError(t, before.Close())

	after := open(t, address)
	require.NoError(t, after.RegisterExecutor(t.Context(), "after", now, now.Add(time.Hour)))
	err = after.RenewExecutor(t.Context(), "before", now, now.Add(time.Hour))
	require.Equal(t, monitor.CodeFenced, monitor.CodeOf(err))
}
