package storetest

import (
	"context"
	"sync"

	"github.com/vedettehq/vedette/internal/store/sqlstore"
)

// Recorder stands before a database and remembers the statements that pass.
type Recorder struct {
	sqlstore.Database
	mu         sync.Mutex
	statements []*sqlstore.Statement
}

// Record stands before a database.
func Record(database sqlstore.Database) *Recorder { return &Recorder{Database: database} }

// Take gives what was recorded since it was last called.
func (r *Recorder) Take() []*sqlstore.Statement {
	r.mu.Lock()
	defer r.mu.Unlock()
	taken := r.statements
	r.statements = nil
	return taken
}

func (r *Recorder) note(statements []*sqlstore.Statement) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.statements = append(r.statements, statements...)
}

// Read notes and runs statements.
func (r *Recorder) Read(ctx context.Context, statements ...*sqlstore.Statement) error {
	r.note(statements)
	return r.Database.Read(ctx, statements...)
}

// Watch notes and runs statements.
func (r *Recorder) Watch(ctx context.Context, statements ...*sqlstore.Statement) error {
	r.note(statements)
	return r.Database.Watch(ctx, statements...)
}

// Write notes and runs statements.
func (r *Recorder) Write(ctx context.Context, statements ...*sqlstore.Statement) error {
	r.note(statements)
	return r.Database.Write(ctx, statements...)
}

// Transact notes the statements of a transaction.
func (r *Recorder) Transact(ctx context.Context, turn sqlstore.Turn, body func(sqlstore.Conn) error) error {
	return r.Database.Transact(ctx, turn, func(conn sqlstore.Conn) error {
		return body(recordingConn{r, conn})
	})
}

type recordingConn struct {
	recorder *Recorder
	conn     sqlstore.Conn
}

// Do notes and runs statements.
func (c recordingConn) Do(ctx context.Context, statements ...*sqlstore.Statement) error {
	c.recorder.note(statements)
	return c.conn.Do(ctx, statements...)
}
