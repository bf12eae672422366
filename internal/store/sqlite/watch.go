package sqlite

import (
	"context"

	"golang.org/x/sync/semaphore"

	"github.com/vedettehq/vedette/internal/store/sqlstore"
)

// watcher is a connection that notices when another one has written to the file. It
// never writes itself, so that it notices whoever has: this store, or somebody who
// went past its lock with a tool of their own.
type watcher struct {
	turn *semaphore.Weighted
	// conn is nil until it is needed for the first time.
	conn *conn
}

func newWatcher() watcher { return watcher{turn: semaphore.NewWeighted(1)} }

// Watch runs statements on one and the same connection: each counts for itself how
// often others have written.
func (d *database) Watch(ctx context.Context, statements ...*sqlstore.Statement) error {
	w := &d.watcher
	if err := w.turn.Acquire(ctx, 1); err != nil {
		return ended(ctx)
	}
	defer w.turn.Release(1)
	if w.conn == nil {
		var err error
		if w.conn, err = openConn(ctx, d.readDB, d.translator); err != nil {
			return err
		}
	}
	return w.conn.Do(ctx, statements...)
}

func (w *watcher) close() error {
	if w.conn == nil {
		return nil
	}
	return w.conn.close()
}
