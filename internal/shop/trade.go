package shop

import "context"

// takeOrders lets one or two customers order something.
func (b *business) takeOrders(ctx context.Context) error {
	if _, err := b.placeOrder(ctx); err != nil {
		return err
	}
	if !b.chance(secondOrder) {
		return nil
	}
	_, err := b.placeOrder(ctx)
	return err
}

// placeOrder makes an order for something that is in stock.
func (b *business) placeOrder(ctx context.Context) (order, error) {
	quantity := 1 + b.random.Int64N(2)
	// The demand of those before it and its own are the span in which a draw falls
	// on a product.
	draw := b.random.Float64()
	product := order{}
	err := b.tx.QueryRowContext(ctx, `
		with offered as (
			select id, price_cents, sum(demand) over (order by id) as upto, sum(demand) over () as total
			from products where stock >= ?
		)
		select id, price_cents from offered where upto >= ? * total order by id limit 1`, quantity, draw).Scan(&product.id, &product.totalCents)
	if err != nil {
		return order{}, err
	}
	if err := b.exec(ctx, "update products set stock = stock - ? where id = ?", quantity, product.id); err != nil {
		return order{}, err
	}
	placed := order{totalCents: product.totalCents * quantity}
	err = b.tx.QueryRowContext(ctx, `
		insert into orders (customer_id, product_id, quantity, total_cents, status, placed_at)
		values (?, ?, ?, ?, 'placed', ?) returning id`,
		1+b.random.IntN(len(firstNames)*len(lastNames)), product.id, quantity, placed.totalCents, b.at()).Scan(&placed.id)
	return placed, err
}

// collectPayments charges what was ordered. Where that was declined before, the
// customer tries again some time, or gives up.
func (b *business) collectPayments(ctx context.Context) error {
	waiting, err := b.orders(ctx, `
		select id, total_cents, (select count(*) from payments where order_id = orders.id)
		from orders where status = 'placed' and placed_at <= ? order by id`, b.ago(payAfter))
	if err != nil {
		return err
	}
	for _, o := range waiting {
		soon := paySoon
		if o.detail > 0 {
			soon = payAgain
		}
		if !b.chance(soon) {
			continue
		}
		if err := b.charge(ctx, o); err != nil {
			return err
		}
	}
	return b.exec(ctx, "update orders set status = 'cancelled' where status = 'placed' and placed_at <= ?", b.ago(giveUpPaying))
}

func (b *business) charge(ctx context.Context, o order) error {
	if b.chance(usual.declined) {
		return b.pay(ctx, o, "declined")
	}
	return b.capture(ctx, o, usual)
}

// capture takes the money and writes the invoice: once each, if all goes well.
func (b *business) capture(ctx context.Context, o order, mistakes rates) error {
	if err := b.pay(ctx, o, "captured"); err != nil {
		return err
	}
	if b.chance(mistakes.doubleCharge) {
		if err := b.pay(ctx, o, "captured"); err != nil {
			return err
		}
	}
	if err := b.exec(ctx, "update orders set status = 'awaiting_delivery', paid_at = ? where id = ?", b.at(), o.id); err != nil {
		return err
	}
	if b.chance(mistakes.noInvoice) {
		return nil
	}
	return b.invoice(ctx, o)
}

func (b *business) pay(ctx context.Context, o order, status string) error {
	return b.exec(ctx, "insert into payments (order_id, amount_cents, status, created_at) values (?, ?, ?, ?)", o.id, o.totalCents, status, b.at())
}

func (b *business) invoice(ctx context.Context, o order) error {
	return b.exec(ctx, "insert into invoices (order_id, amount_cents, issued_at) values (?, ?, ?)", o.id, o.totalCents, b.at())
}
