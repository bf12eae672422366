package sqlstore

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// RegisterExecutor makes an executor known.
func (s *Store) RegisterExecutor(ctx context.Context, id string, now, until time.Time) error {
	err := s.database.Write(ctx, s.exec(`insert into executors (id, started_at, lease_expires_at) values ($1, $2, $3)
		on conflict (id) do update set lease_expires_at = excluded.lease_expires_at`, id, now, until))
	return wrap(err, "register executor")
}

// ForgetExecutors removes all executors: for a store that only one process can
// have open, and which therefore knows when it starts that the others are gone.
func (s *Store) ForgetExecutors(ctx context.Context) error {
	return wrap(s.database.Write(ctx, s.exec(`delete from executors`)), "forget executors")
}

// RenewExecutor extends a lease that is still good.
func (s *Store) RenewExecutor(ctx context.Context, id string, now, until time.Time) error {
	var renewed int64
	err := s.database.Write(ctx, s.exec(`update executors set lease_expires_at = $3
		where id = $1 and lease_expires_at > $2`, id, now, until).counting(&renewed))
	if err == nil && renewed == 0 {
		err = leaseExpired(id)
	}
	return wrap(err, "renew lease")
}

// RemoveExecutor ends the lease.
func (s *Store) RemoveExecutor(ctx context.Context, id string) error {
	return wrap(s.database.Write(ctx, s.exec(`delete from executors where id = $1`, id)), "remove executor")
}

// checkLease is an error with CodeFenced unless the executor's lease is good.
func (s *Store) checkLease(ctx context.Context, id string, now time.Time) error {
	var good bool
	err := s.database.Read(ctx, s.query(func(scan Scan) error { return scan(&good) },
		`select exists (select 1 from executors where id = $1 and lease_expires_at > $2)`, id, now))
	if err == nil && !good {
		err = leaseExpired(id)
	}
	return err
}

func leaseExpired(executor string) error {
	return monitor.Errorf(monitor.CodeFenced, "executor %s has no lease: it expired, or was never given", executor)
}
