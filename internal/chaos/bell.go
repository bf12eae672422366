package main

import (
	"context"
	"database/sql"
	"time"

	"github.com/vedettehq/vedette/internal/pause"
)

// bell is the queue as somebody can reach it who means no good. A message that is
// forged or stolen must not matter (R73).
type bell interface {
	// forge puts messages for old executions into the queue, twice, and some that
	// are not the platform's at all.
	forge(ctx context.Context, executions []int64) error
	// steal has messages come late and out of their order for a while, and takes
	// some away.
	steal(ctx context.Context) error
}

const (
	// stealing is for how long messages are stolen.
	stealing = 2 * time.Second
	// nobody is the id of no execution.
	nobody = int64(1) << 60
)

// tableBell is the queue in PostgreSQL.
type tableBell struct{ db *sql.DB }

var _ bell = tableBell{}

// forge writes into the table.
func (b tableBell) forge(ctx context.Context, executions []int64) error {
	const send = `insert into queue_messages (lane, message_id, sent_at, visible_at) values ($1, $2, clock_timestamp(), clock_timestamp())`
	for _, id := range append(executions, nobody, -nobody, 0) {
		for _, lane := range []string{"executions", "executions", "deliveries", "somebody else's"} {
			if _, err := b.db.ExecContext(ctx, send, lane, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// steal changes the rows that it finds.
func (b tableBell) steal(ctx context.Context) error {
	for end := time.Now().Add(stealing); time.Now().Before(end); {
		for _, statement := range []string{
			`delete from queue_messages where random() < 0.3`,
			`update queue_messages set visible_at = clock_timestamp() + random() * interval '3 seconds' where random() < 0.7`,
		} {
			if _, err := b.db.ExecContext(ctx, statement); err != nil {
				return err
			}
		}
		if err := pause.For(ctx, 10*time.Millisecond); err != nil {
			return err
		}
	}
	return nil
}
