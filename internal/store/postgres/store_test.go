package postgres_test

import (
	"context"
	"database/sql"
	"errors"
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
		Beside: databases.beside,
	})
}

// pool has migrated databases that are used by one test after the other, by a store
// that stays open: making one takes a hundred times as long as emptying it, and each
// connection is a process of the server.
type pool struct {
	// t lives longer than the tests that use the databases.
	t    testing.TB
	mu   sync.Mutex
	free []*pooled
	all  map[string]*pooled
}

// pooled is a database, a store on it, and a connection beside the store.
type pooled struct {
	address string
	store   *postgres.Store
	beside  *sql.DB
}

func (p *pool) open(t testing.TB) (store.Database, string) {
	t.Helper()
	d := p.get()
	t.Cleanup(func() { p.put(d) })
	return d.store, d.address
}

func (p *pool) get() *pooled {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := len(p.free); n > 0 {
		d := p.free[n-1]
		p.free = p.free[:n-1]
		return d
	}
	d := &pooled{address: migrated.Postgres(p.t)}
	d.store, d.beside = open(p.t, d.address), storetest.OpenRaw(p.t, d.address)
	d.beside.SetMaxOpenConns(1)
	p.t.Cleanup(func() { require.NoError(p.t, d.beside.Close()) })
	if p.all == nil {
		p.all = map[string]*pooled{}
	}
	p.all[d.address] = d
	return d
}

// empty is deleting instead of truncating, which would make each table and index
// anew. Without the triggers of foreign keys the order does not matter; the lock is
// waited for until what was cut short has been undone.
const empty = `set local session_replication_role = replica;
	lock table monitors, monitor_versions, executors, executions, alerts, issues, events, deliveries, variables, leases, tokens,
		sessions, idempotency_keys, notification_marks, notification_targets, notifications, silences;
	delete from monitors; delete from monitor_versions; delete from executors; delete from executions; delete from alerts;
	delete from issues; delete from events; delete from deliveries; delete from variables; delete from leases; delete from tokens;
	delete from sessions; delete from idempotency_keys; delete from notification_marks; delete from notification_targets;
	delete from notifications; delete from silences;
	select setval(seqrelid, 1, false) from pg_sequence`

func (p *pool) put(d *pooled) {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, err := d.beside.ExecContext(context.Background(), empty)
	require.NoError(p.t, err)
	d.store.Forget()
	p.free = append(p.free, d)
}

func (p *pool) beside(_ testing.TB, address string) *sql.DB {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.all[address].beside
}

// migrated is a database with the schema.
var migrated = testenv.Template{Prepare: func(ctx context.Context, address string) error {
	s, err := postgres.Open(ctx, monitor.NewSecret(address), store.Config{})
	if err != nil {
		return err
	}
	return errors.Join(s.Up(ctx, 0), s.Close())
}}

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
