package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store/sqlstore"
)

// database runs statements on the file: writing ones on the one connection that
// may, in the order in which they came, and reading ones on others.
type database struct {
	translator
	db     *sql.DB
	turn   *semaphore.Weighted
	writer *conn
	// readers holds idle connections; there are at most as many as turns to read.
	readTurn *semaphore.Weighted
	readers  chan *conn
	readDB   *sql.DB
}

var _ sqlstore.Database = (*database)(nil)

func openDatabase(ctx context.Context, path string, readers int) (*database, error) {
	d := &database{
		translator: translator{path: path},
		turn:       semaphore.NewWeighted(1),
		readTurn:   semaphore.NewWeighted(int64(readers)),
		readers:    make(chan *conn, readers),
	}
	var err error
	if d.db, err = sql.Open("sqlite", dataSource(path)); err != nil {
		return nil, d.translate(err)
	}
	if d.readDB, err = sql.Open("sqlite", dataSource(path, "query_only(1)")); err != nil {
		return nil, errors.Join(d.translate(err), d.db.Close())
	}
	if d.writer, err = openConn(ctx, d.db, d.translator); err != nil {
		return nil, errors.Join(err, d.db.Close(), d.readDB.Close())
	}
	return d, nil
}

// Read runs statements on a connection of its own.
func (d *database) Read(ctx context.Context, statements ...*sqlstore.Statement) error {
	if err := d.readTurn.Acquire(ctx, 1); err != nil {
		return ended(ctx)
	}
	defer d.readTurn.Release(1)
	reader, err := d.reader(ctx)
	if err != nil {
		return err
	}
	defer func() { d.readers <- reader }()
	return reader.Do(ctx, statements...)
}

func (d *database) reader(ctx context.Context) (*conn, error) {
	select {
	case reader := <-d.readers:
		return reader, nil
	default:
		return openConn(ctx, d.readDB, d.translator)
	}
}

// Write runs statements in a transaction, which a single one is by itself.
func (d *database) Write(ctx context.Context, statements ...*sqlstore.Statement) error {
	if len(statements) > 1 {
		return d.Transact(ctx, 0, func(conn sqlstore.Conn) error { return conn.Do(ctx, statements...) })
	}
	release, err := d.wait(ctx, 0)
	if err != nil {
		return err
	}
	defer release()
	return d.writer.Do(ctx, statements...)
}

var (
	begin    = &sqlstore.Statement{SQL: "begin immediate"}
	commit   = &sqlstore.Statement{SQL: "commit"}
	rollback = &sqlstore.Statement{SQL: "rollback"}
)

// Transact runs body when its turn to write has come.
func (d *database) Transact(ctx context.Context, patience time.Duration, body func(sqlstore.Conn) error) (err error) {
	release, err := d.wait(ctx, patience)
	if err != nil {
		return err
	}
	defer release()
	if err := d.writer.Do(ctx, begin); err != nil {
		return err
	}
	committed := false
	defer func() {
		// Also if body panics.
		if !committed {
			err = errors.Join(err, d.rollback(ctx))
		}
	}()
	if err := body(d.writer); err != nil {
		return err
	}
	if err := d.writer.Do(ctx, commit); err != nil {
		return err
	}
	committed = true
	return nil
}

// rollback undoes, even when ctx has ended. Some errors have done so already.
func (d *database) rollback(ctx context.Context) error {
	err := d.writer.Do(context.WithoutCancel(ctx), rollback)
	if err != nil && strings.Contains(err.Error(), "no transaction is active") {
		return nil
	}
	return err
}

// wait waits for the turn to write.
func (d *database) wait(ctx context.Context, patience time.Duration) (release func(), err error) {
	waiting := ctx
	if patience > 0 {
		var cancel context.CancelFunc
		waiting, cancel = context.WithTimeout(ctx, patience)
		defer cancel()
	}
	if d.turn.Acquire(waiting, 1) == nil {
		return func() { d.turn.Release(1) }, nil
	}
	if err := ended(ctx); err != nil {
		return nil, err
	}
	return nil, monitor.Errorf(monitor.CodeUnavailable, "the database was busy writing for %s: try again", patience)
}

// close releases all connections.
func (d *database) close() error {
	close(d.readers)
	var errs []error
	for reader := range d.readers {
		errs = append(errs, reader.close())
	}
	// The writer last: closing it puts the log back into the file.
	return errors.Join(append(errs, d.readDB.Close(), d.writer.close(), d.db.Close())...)
}
