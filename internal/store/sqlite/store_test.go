package sqlite_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/sqlite"
	"github.com/vedettehq/vedette/internal/store/sqlstore"
	"github.com/vedettehq/vedette/internal/store/storetest"
	"github.com/vedettehq/vedette/internal/testenv"
)

func TestMain(m *testing.M) { testenv.Main(m) }

func TestStore(t *testing.T) {
	storetest.Run(t, storetest.Driver{Open: openFresh})
}

// migrated is the content of a migrated file: copying it is quicker than
// migrating for each test.
var migrated = sync.OnceValues(func() (content []byte, err error) {
	dir, err := os.MkdirTemp("", "vedette-sqlite-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "template.db")
	ctx := context.Background()
	s, err := sqlite.Open(ctx, monitor.NewSecret("sqlite://"+path), store.Config{})
	if err != nil {
		return nil, err
	}
	if err := s.Up(ctx, 0); err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

func openFresh(t testing.TB) (store.Database, string) {
	t.Helper()
	address := copyMigrated(t)
	return open(t, address), address
}

// copyMigrated makes a migrated file and gives its address.
func copyMigrated(t testing.TB) string {
	t.Helper()
	content, err := migrated()
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "vedette.db")
	require.NoError(t, os.WriteFile(path, content, 0o600))
	return "sqlite://" + path
}

func open(t testing.TB, address string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), monitor.NewSecret(address), store.Config{PoolSize: 4})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// openRecording opens a store that records its statements.
func openRecording(t testing.TB, address string) (store.Database, *storetest.Recorder) {
	t.Helper()
	s := open(t, address)
	var recorder *storetest.Recorder
	s.Wrap(func(d sqlstore.Database) sqlstore.Database {
		recorder = storetest.Record(d)
		return recorder
	})
	return s, recorder
}
