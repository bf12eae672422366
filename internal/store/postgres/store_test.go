package postgres_test

import (
	"context"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/postgres"
	"github.com/vedettehq/vedette/internal/store/sqlstore"
	"github.com/vedettehq/vedette/internal/store/storetest"
	"github.com/vedettehq/vedette/internal/testenv"
)

func TestMain(m *testing.M) { testenv.Main(m) }

func TestStore(t *testing.T) {
	databases := &pool{t: t}
	storetest.Run(t, storetest.Driver{
		Open: databases.open,
		Again: func(t testing.TB, address string) store.Database {
			t.Helper()
			return open(t, address)
		},
	})
}

// pool has migrated databases that are used by one test after the other: making
// one takes a hundred times as long as emptying it.
type pool struct {
	// t lives longer than the tests that use the databases.
	t    testing.TB
	mu   sync.Mutex
	free []string
}

func (p *pool) open(t testing.TB) (store.Database, string) {
	t.Helper()
	address := p.get()
	t.Cleanup(func() { p.put(address) })
	return open(t, address), address
}

func (p *pool) get() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := len(p.free); n > 0 {
		address := p.free[n-1]
		p.free = p.free[:n-1]
		return address
	}
	address := testenv.Postgres(p.t)
	s, err := postgres.Open(p.t.Context(), monitor.NewSecret(address), store.Config{})
	require.NoError(p.t, err)
	require.NoError(p.t, s.Up(p.t.Context(), 0))
	require.NoError(p.t, s.Close())
	return address
}

func (p *pool) put(address string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	require.NoError(p.t, testenv.Exec(context.Background(), address, `truncate monitors, monitor_versions, executors, executions,
		alerts, issues, events, deliveries, variables, leases, tokens, sessions, idempotency_keys,
		notification_marks, notification_targets, notifications, silences restart identity cascade`))
	p.free = append(p.free, address)
}

func open(t testing.TB, address string) *postgres.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), monitor.NewSecret(address), store.Config{PoolSize: 4})
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
