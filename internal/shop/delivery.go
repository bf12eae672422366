package shop

import "context"

// ship hands what is paid to a carrier.
func (b *business) ship(ctx context.Context) error {
	paid, err := b.orders(ctx, `
		select id, total_cents, 0 from orders
		where status = 'awaiting_delivery' and paid_at <= ? and not exists (select 1 from shipments where order_id = orders.id)
		order by id`, b.ago(shipAfter))
	if err != nil {
		return err
	}
	for _, o := range paid {
		if !b.chance(shipSoon) {
			continue
		}
		carrier := swiftCarrier
		if b.chance(usual.slowCarrier) {
			carrier = slowCarrier
		}
		if err := b.handOver(ctx, o.id, carrier); err != nil {
			return err
		}
	}
	return nil
}

func (b *business) handOver(ctx context.Context, orderID int64, carrier string) error {
	return b.exec(ctx, "insert into shipments (order_id, carrier, status, shipped_at) values (?, ?, 'in_transit', ?)", orderID, carrier, b.at())
}

// deliver lets parcels arrive, but for those with the slow carrier.
func (b *business) deliver(ctx context.Context) error {
	travelling, err := b.orders(ctx, `
		select order_id, 0, 0 from shipments
		where status = 'in_transit' and carrier = ? and shipped_at <= ? order by id`, swiftCarrier, b.ago(deliverAfter))
	if err != nil {
		return err
	}
	for _, o := range travelling {
		if !b.chance(deliverSoon) {
			continue
		}
		if err := b.complete(ctx, o.id, usual); err != nil {
			return err
		}
	}
	return nil
}

// complete notes that an order has arrived: on the shipment, and unless somebody
// forgets it on the order.
func (b *business) complete(ctx context.Context, orderID int64, mistakes rates) error {
	err := b.exec(ctx, "update shipments set status = 'completed', completed_at = ? where order_id = ?", b.at(), orderID)
	if err != nil || b.chance(mistakes.stuck) {
		return err
	}
	return b.exec(ctx, "update orders set status = 'completed' where id = ?", orderID)
}

// refund gives a customer money back now and then. Sometimes the amount gets a
// digit too many.
func (b *business) refund(ctx context.Context) error {
	if !b.chance(askRefund) {
		return nil
	}
	returned, err := b.orders(ctx, `
		select id, total_cents, 0 from orders
		where status = 'completed' and not exists (select 1 from refunds where order_id = orders.id)
		order by id desc limit 1 offset ?`, b.random.IntN(20))
	if err != nil {
		return err
	}
	for _, o := range returned {
		amount := o.totalCents / (1 + b.random.Int64N(2))
		if b.chance(usual.wrongRefund) {
			amount = o.totalCents * 10
		}
		err := b.exec(ctx, "insert into refunds (order_id, amount_cents, reason, created_at) values (?, ?, 'returned', ?)", o.id, amount, b.at())
		if err != nil {
			return err
		}
	}
	return nil
}
