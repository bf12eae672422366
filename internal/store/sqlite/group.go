package sqlite

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/vedettehq/vedette/internal/store/sqlstore"
)

// group is several writers' transactions in one of the database's, each in a
// savepoint of its own. What one transaction costs by itself (locking the file, and
// writing each page that changed to the log) is then paid once for all who were
// waiting. Each returns when the whole group has been committed.
type group struct {
	members int
	began   time.Time
	// done is closed when it is known what became of the group: err.
	done chan struct{}
	err  error
}

// Limits of a group, so that its first member need not wait long for its last.
const (
	groupMembers = 32
	groupAge     = 20 * time.Millisecond
)

func (g *group) full() bool { return g.members >= groupMembers || time.Since(g.began) >= groupAge }

func (g *group) end(err error) {
	g.err = err
	close(g.done)
}

var (
	begin    = &sqlstore.Statement{SQL: "begin immediate"}
	commit   = &sqlstore.Statement{SQL: "commit"}
	rollback = &sqlstore.Statement{SQL: "rollback"}

	savepoint  = &sqlstore.Statement{SQL: "savepoint member"}
	release    = &sqlstore.Statement{SQL: "release member"}
	rollbackTo = &sqlstore.Statement{SQL: "rollback to member"}
)

// Transact runs body when its turn to write has come. What surrounds body is not
// cut short when ctx ends: others may depend on it.
func (d *database) Transact(ctx context.Context, turn sqlstore.Turn, body func(sqlstore.Conn) error) (err error) {
	joined, err := d.turns.wait(ctx, turn)
	if err != nil {
		return err
	}
	held := context.WithoutCancel(ctx)
	if joined, err = d.enter(held, joined); err != nil {
		return err
	}
	finished := false
	defer func() {
		// Also if body panics.
		if !finished {
			err = errors.Join(err, d.undo(held, joined))
		}
	}()
	if err := body(d.writer); err != nil {
		return err
	}
	finished = true
	if joined.members > 1 {
		if err := d.writer.Do(held, release); err != nil {
			return d.fail(held, joined, err)
		}
	}
	return d.leave(held, joined, turn)
}

// enter begins a group, or a member's part of one.
func (d *database) enter(ctx context.Context, joined *group) (*group, error) {
	if joined == nil {
		if err := d.writer.Do(ctx, begin); err != nil {
			d.turns.release()
			return nil, err
		}
		joined = &group{began: time.Now(), done: make(chan struct{})}
	} else if err := d.writer.Do(ctx, savepoint); err != nil {
		return nil, d.fail(ctx, joined, err)
	}
	joined.members++
	return joined, nil
}

// leave has the group committed, by the next member if there is one.
func (d *database) leave(ctx context.Context, joined *group, turn sqlstore.Turn) error {
	if turn.Alone || !d.turns.pass(joined) {
		if err := d.writer.Do(ctx, commit); err != nil {
			return d.fail(ctx, joined, err)
		}
		joined.end(nil)
		d.turns.release()
	}
	<-joined.done
	return joined.err
}

// undo takes back what one member wrote, and lets the others' stand.
func (d *database) undo(ctx context.Context, joined *group) error {
	if joined.members == 1 {
		return d.fail(ctx, joined, nil)
	}
	joined.members--
	if err := d.writer.Do(ctx, rollbackTo, release); err != nil {
		return d.fail(ctx, joined, err)
	}
	return d.leave(ctx, joined, sqlstore.Turn{})
}

// fail takes back the whole group. Some errors of SQLite have done so already.
func (d *database) fail(ctx context.Context, joined *group, err error) error {
	if rollbackErr := d.writer.Do(ctx, rollback); rollbackErr != nil && !strings.Contains(rollbackErr.Error(), "no transaction is active") {
		err = errors.Join(err, rollbackErr)
	}
	if err != nil {
		err = fmt.Errorf("transaction undone: %w", err)
	}
	joined.end(err)
	d.turns.release()
	return err
}
