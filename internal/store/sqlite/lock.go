package sqlite

import (
	"context"
	"errors"
	"time"

	"github.com/gofrs/flock"

	"github.com/vedettehq/vedette/internal/monitor"
)

// lockPatience is how long a process may take to let go of the file that is just
// ending, or just migrating.
const lockPatience = time.Second

// lockFile takes the lock beside the file. The kernel gives it up with the
// process, however that ends, so a lock file that is left behind means nothing.
func lockFile(ctx context.Context, path string) (*flock.Flock, error) {
	lock := flock.New(path + ".lock")
	waiting, cancel := context.WithTimeout(ctx, lockPatience)
	defer cancel()
	locked, err := lock.TryLockContext(waiting, 20*time.Millisecond)
	switch {
	case locked:
		return lock, nil
	case ctx.Err() != nil:
		err = ctx.Err()
	case err == nil || errors.Is(err, context.DeadlineExceeded):
		err = monitor.Errorf(monitor.CodeConflict, "database file %s is used by another vedette process: stop that one, or use another file", path)
	default:
		err = monitor.Errorf(monitor.CodeInvalid, "database file %s cannot be locked, make its directory writable or use another path: %w", path, err)
	}
	return nil, errors.Join(err, lock.Close())
}
