package shop

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"time"
)

// business is the shop at one moment, inside of a transaction.
type business struct {
	tx     *sql.Tx
	random *rand.Rand
	now    time.Time
	// steps counts the steps since the shop was founded.
	steps int64
}

// stamp is how times are stored.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// at is this moment as it is stored, ago the moment that long before.
func (b *business) at() string { return stamp(b.now) }

func (b *business) ago(d time.Duration) string { return stamp(b.now.Add(-d)) }

// chance is true in that part of all cases.
func (b *business) chance(part float64) bool { return b.random.Float64() < part }

func (b *business) exec(ctx context.Context, statement string, arguments ...any) error {
	_, err := b.tx.ExecContext(ctx, statement, arguments...)
	return err
}

// order is what trading has to know of an order, or of what belongs to it.
type order struct {
	id, totalCents int64
	// detail is the third column of the query: an id, a count.
	detail int64
}

// orders reads the three columns of a query.
func (b *business) orders(ctx context.Context, query string, arguments ...any) (found []order, err error) {
	rows, err := b.tx.QueryContext(ctx, query, arguments...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var o order
		if err := rows.Scan(&o.id, &o.totalCents, &o.detail); err != nil {
			return nil, err
		}
		found = append(found, o)
	}
	return found, rows.Err()
}

// closedAfter is how long nobody must have traded for the shop to have been closed.
const closedAfter = 2 * time.Minute

// takeTurn tells whether the next step is ours. After a time in which nobody
// traded, the back office has caught up: a shop that was closed over night does
// not open with problems that are a night old.
func (b *business) takeTurn(ctx context.Context, every time.Duration) (bool, error) {
	var last time.Time
	if err := b.tx.QueryRowContext(ctx, "select steps, last_step_at from trading").Scan(&b.steps, &last); err != nil {
		return false, err
	}
	pause := b.now.Sub(last)
	if pause >= 0 && pause < every/2 {
		return false, nil
	}
	if pause > closedAfter {
		if err := b.catchUp(ctx); err != nil {
			return false, err
		}
	}
	b.steps++
	return true, b.exec(ctx, "update trading set steps = ?, last_step_at = ?", b.steps, b.at())
}

// trade is one step: what customers, carriers and the back office do in it.
func (b *business) trade(ctx context.Context) error {
	for _, act := range []func(context.Context) error{
		b.takeOrders, b.collectPayments, b.ship, b.deliver, b.refund, b.mend, b.prune,
	} {
		if err := act(ctx); err != nil {
			return err
		}
	}
	return nil
}
