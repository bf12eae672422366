package sqlstore

import (
	"context"
	"time"
)

// AcquireLease takes or extends the lease of one name (R78).
func (s *Store) AcquireLease(ctx context.Context, name, holder string, now, until time.Time) (bool, error) {
	var had int64
	err := s.database.Write(ctx, s.exec(`insert into leases (name, holder, expires_at) values ($1, $2, $4)
		on conflict (name) do update set holder = excluded.holder, expires_at = excluded.expires_at
		where leases.holder = excluded.holder or leases.expires_at <= $3`, name, holder, now, until).counting(&had))
	return had > 0, wrap(err, "acquire lease %s", name)
}

// ReleaseLease gives the lease up if holder has it.
func (s *Store) ReleaseLease(ctx context.Context, name, holder string) error {
	err := s.database.Write(ctx, s.exec(`delete from leases where name = $1 and holder = $2`, name, holder))
	return wrap(err, "release lease %s", name)
}
