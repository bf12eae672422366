package shop

import (
	"context"
	"time"
)

// repair is one kind of work of the back office.
type repair struct {
	// every is after how many steps it is taken up.
	every int64
	// find lists what has been wrong since before its parameter.
	find string
	// mend puts one of those right.
	mend func(ctx context.Context, o order) error
}

func (b *business) repairs() []repair {
	return []repair{
		{mendStuck, `select o.id, o.total_cents, 0 from orders o join shipments s on s.order_id = o.id
			where o.status = 'awaiting_delivery' and s.status = 'completed' and s.completed_at <= ? order by o.id`, b.unstick},
		{mendCharges, `select order_id, amount_cents, max(id) from payments
			where status = 'captured' group by order_id having count(*) > 1 and max(created_at) <= ? order by order_id`, b.reverse},
		{mendInvoices, `select id, total_cents, 0 from orders
			where paid_at <= ? and not exists (select 1 from invoices where order_id = orders.id) order by id`, b.invoice},
		{mendRefunds, `select o.id, o.total_cents, r.id from refunds r join orders o on o.id = r.order_id
			where r.amount_cents > o.total_cents and r.created_at <= ? order by r.id`, b.correctRefund},
		{mendParcels, `select order_id, 0, 0 from shipments where status = 'in_transit' and shipped_at <= ? order by id`, b.askForParcel},
	}
}

// mend does the work whose turn it is: most of it.
func (b *business) mend(ctx context.Context) error {
	for _, repair := range b.repairs() {
		if b.steps%repair.every == 0 {
			if err := b.work(ctx, repair, wrongFor, mendedPart); err != nil {
				return err
			}
		}
	}
	if b.steps%restock != 0 {
		return nil
	}
	return b.exec(ctx, "update products set stock = ? where stock < ?", refilledStock, lowStock)
}

// catchUp mends everything.
func (b *business) catchUp(ctx context.Context) error {
	for _, repair := range b.repairs() {
		if err := b.work(ctx, repair, 0, 1); err != nil {
			return err
		}
	}
	return nil
}

func (b *business) work(ctx context.Context, r repair, wrongFor time.Duration, part float64) error {
	found, err := b.orders(ctx, r.find, b.ago(wrongFor))
	if err != nil {
		return err
	}
	for _, o := range found {
		if !b.chance(part) {
			continue
		}
		if err := r.mend(ctx, o); err != nil {
			return err
		}
	}
	return nil
}

func (b *business) unstick(ctx context.Context, o order) error {
	return b.exec(ctx, "update orders set status = 'completed' where id = ?", o.id)
}

func (b *business) reverse(ctx context.Context, o order) error {
	return b.exec(ctx, "update payments set status = 'reversed' where id = ?", o.detail)
}

func (b *business) correctRefund(ctx context.Context, o order) error {
	return b.exec(ctx, "update refunds set amount_cents = ? where id = ?", o.totalCents, o.detail)
}

func (b *business) askForParcel(ctx context.Context, o order) error {
	return b.complete(ctx, o.id, perfect)
}

// prune removes the oldest orders that are over, with what belongs to them.
func (b *business) prune(ctx context.Context) error {
	if b.steps%pruneEvery != 0 {
		return nil
	}
	return b.exec(ctx, `
		delete from orders where status in ('completed', 'cancelled')
			and id <= (select id from orders order by id desc limit 1 offset ?)`, keepOrders)
}
