package shop

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"time"
)

//go:embed schema.sql
var schema string

//go:embed history.sql
var history string

// schemaVersion is to be raised with every change of the schema.
const schemaVersion = 1

// historyDays and historyOrders are what a new shop has behind it.
const (
	historyDays   = 3
	historyOrders = 150
)

// found makes the shop if it is not there in this version.
func (s *Shop) found(ctx context.Context, b *business) error {
	var version int
	if err := b.tx.QueryRowContext(ctx, "pragma user_version").Scan(&version); err != nil {
		return err
	}
	if version == schemaVersion {
		return nil
	}
	if err := b.demolish(ctx); err != nil {
		return err
	}
	for _, statement := range []string{schema, fmt.Sprintf("pragma user_version = %d", schemaVersion)} {
		if err := b.exec(ctx, statement); err != nil {
			return err
		}
	}
	if err := b.stock(ctx); err != nil {
		return err
	}
	if err := b.remember(ctx); err != nil {
		return err
	}
	return b.exec(ctx, "insert into trading (steps, last_step_at) values (0, ?)", b.ago(time.Minute))
}

// demolish drops what another version made.
func (b *business) demolish(ctx context.Context) (err error) {
	if err := b.exec(ctx, "pragma defer_foreign_keys = on"); err != nil {
		return err
	}
	for {
		var table string
		err := b.tx.QueryRowContext(ctx, "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name limit 1").Scan(&table)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err == nil {
			err = b.exec(ctx, fmt.Sprintf("drop table %q", table))
		}
		if err != nil {
			return err
		}
	}
}

// stock fills the shelves and the address book.
func (b *business) stock(ctx context.Context) error {
	for _, p := range products {
		err := b.exec(ctx, "insert into products (name, price_cents, stock, demand) values (?, ?, ?, ?)", p.name, p.priceCents, p.stock, p.demand)
		if err != nil {
			return err
		}
	}
	for i := range firstNames {
		for j := range lastNames {
			first, last := firstNames[i], lastNames[(i+j)%len(lastNames)]
			err := b.exec(ctx, "insert into customers (name, email) values (?, ?)", first+" "+last, first+"."+last+"@example.com")
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// remember makes the history: orders that went well, and a few just now that did
// not, so that the first search finds something.
func (b *business) remember(ctx context.Context) error {
	const apart = historyDays * 24 * 3600 / historyOrders
	if err := b.exec(ctx, history, b.at(), historyOrders, apart); err != nil {
		return err
	}
	present := b.now
	defer func() { b.now = present }()
	b.now = present.Add(-20 * time.Second)
	for _, mistakes := range []rates{{noInvoice: 1}, {doubleCharge: 1}, {stuck: 1}} {
		o, err := b.placeOrder(ctx)
		if err != nil {
			return err
		}
		if err := b.capture(ctx, o, mistakes); err != nil {
			return err
		}
		if err := b.handOver(ctx, o.id, swiftCarrier); err != nil {
			return err
		}
		if err := b.complete(ctx, o.id, mistakes); err != nil {
			return err
		}
	}
	return nil
}
