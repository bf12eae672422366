package sqlite

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/sqlstore"
)

// Store is the store on an SQLite file.
type Store struct {
	*sqlstore.Store
	*sqlstore.Migrator
	file *database
	lock *flock.Flock
	// forget sees to it that executors of earlier processes are forgotten once.
	forget    sync.Mutex
	forgotten bool
}

var (
	_ store.Database  = (*Store)(nil)
	_ store.Exclusive = (*Store)(nil)
)

// Most readers at a time, whatever the pool's size: they are for the cores.
const maxReaders = 8

// Open opens the file at an address sqlite://path, making it and its directory if
// need be, and keeps every other process from doing so until Close. It does not
// touch the schema.
func Open(ctx context.Context, address monitor.Secret, config store.Config) (*Store, error) {
	path, err := parseAddress(address)
	if err != nil {
		return nil, err
	}
	if err := makeDirectory(path); err != nil {
		return nil, err
	}
	lock, err := lockFile(ctx, path)
	if err != nil {
		return nil, err
	}
	file, err := openDatabase(ctx, path, min(max(config.PoolSize, 1), maxReaders))
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	s := &Store{file: file, lock: lock}
	s.Store = sqlstore.New(file, newDialect(), s.Now)
	s.Migrator = newMigrator(file)
	return s, nil
}

// Exclusive says that no other process has the file open: Open holds its lock.
func (s *Store) Exclusive() {}

// RegisterExecutor makes an executor known. Those of earlier processes are dead,
// because this one has the lock: the first call forgets them, and so gives up
// their executions without waiting for their leases (R74).
func (s *Store) RegisterExecutor(ctx context.Context, id string, now, until time.Time) error {
	s.forget.Lock()
	defer s.forget.Unlock()
	if !s.forgotten {
		if err := s.ForgetExecutors(ctx); err != nil {
			return err
		}
		s.forgotten = true
	}
	return s.Store.RegisterExecutor(ctx, id, now, until)
}

// Now is the process's time (R77), as finely as the store keeps it.
func (s *Store) Now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// Sync has nothing to find out.
func (s *Store) Sync(context.Context) (time.Duration, error) { return 0, nil }

// Ping reads something.
func (s *Store) Ping(ctx context.Context) error {
	return s.file.Read(ctx, &sqlstore.Statement{SQL: "select count(*) from sqlite_master"})
}

// Close closes the file and lets other processes have it.
func (s *Store) Close() error { return errors.Join(s.file.close(), s.lock.Close()) }
