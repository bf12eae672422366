package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"golang.org/x/sync/semaphore"

	"github.com/vedettehq/vedette/internal/store/sqlstore"
)

// database runs statements on the file: writing ones on the one connection that
// may, in turns, and reading ones on others.
type database struct {
	translator
	db     *sql.DB
	turns  turns
	writer *conn
	// readers holds idle connections; there are at most as many as turns to read.
	readTurn *semaphore.Weighted
	readers  chan *conn
	readDB   *sql.DB
	watcher  watcher
}

var _ sqlstore.Database = (*database)(nil)

func openDatabase(ctx context.Context, path string, readers int) (*database, error) {
	d := &database{
		translator: translator{path: path},
		readTurn:   semaphore.NewWeighted(int64(readers)),
		readers:    make(chan *conn, readers),
		watcher:    newWatcher(),
	}
	var err error
	if d.db, err = sql.Open("sqlite", dataSource(path, "cache_size(-16000)")); err != nil {
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

// Write runs statements in a transaction.
func (d *database) Write(ctx context.Context, statements ...*sqlstore.Statement) error {
	return d.Transact(ctx, sqlstore.Turn{}, func(conn sqlstore.Conn) error { return conn.Do(ctx, statements...) })
}

// close releases all connections.
func (d *database) close() error {
	close(d.readers)
	errs := []error{d.watcher.close()}
	for reader := range d.readers {
		errs = append(errs, reader.close())
	}
	// The writer last: closing it puts the log back into the file.
	return errors.Join(append(errs, d.readDB.Close(), d.writer.close(), d.db.Close())...)
}
