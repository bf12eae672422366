package storetest

import (
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// kill has the deliveries that are due fail for the last time.
func (f *fixture) kill() []monitor.Delivery {
	f.Helper()
	taken := f.takeDeliveries(me, 10)
	for _, d := range taken {
		require.NoError(f, f.store.SettleDelivery(f.Context(), d.ID, me, "it broke", time.Time{}, f.now))
	}
	return taken
}

func (f *fixture) deliveries(filter store.DeliveryFilter, page store.Page) []store.DeliveryView {
	f.Helper()
	views, err := f.store.Deliveries(f.Context(), filter, page)
	require.NoError(f, err)
	return views
}

func (f *fixture) redeliver(which store.Redelivery) int {
	f.Helper()
	opened, err := f.store.Redeliver(f.Context(), which, f.now)
	require.NoError(f, err)
	return opened
}

func deliveriesRedelivered(f *fixture) {
	f.register("orders")
	f.register("payments")
	f.runNext(reacting, unlinked("a", "b"))
	f.kill()
	f.runNext(reacting, unlinked("c"))
	f.kill()
	f.run("orders", reacting, unlinked("d"))

	dead := store.DeliveryFilter{Status: monitor.DeliveryDead}
	page := store.Page{Limit: 10}
	all := f.deliveries(store.DeliveryFilter{}, page)
	require.Len(f, all, 4)
	require.Equal(f, monitor.DeliveryOpen, all[0].Status)
	require.Equal(f, all[1:], f.deliveries(dead, page))
	require.Equal(f, all[1:2], f.deliveries(dead, store.Page{Limit: 1}))
	require.Equal(f, all[2:], f.deliveries(dead, store.Page{Limit: 10, BeforeID: all[1].ID}))
	require.Equal(f, all[1:2], f.deliveries(store.DeliveryFilter{Status: monitor.DeliveryDead, Monitor: "payments"}, page))
	require.Equal(f, "it broke", all[1].Failure)
	require.Equal(f, 1, all[1].Attempts)
	require.Equal(f, monitor.IssueCreated, all[1].Event.Name)
	require.Equal(f, monitor.TargetReactions, all[1].Target)

	f.pass(time.Hour)
	require.Equal(f, 1, f.redeliver(store.Redelivery{Events: []int64{all[3].Event.ID}}))
	opened := f.deliveries(store.DeliveryFilter{Monitor: "orders"}, page)[2]
	require.Equal(f, monitor.DeliveryOpen, opened.Status)
	require.Zero(f, opened.Attempts)
	require.Equal(f, f.now, opened.DueAt)
	require.Equal(f, 1, f.redeliver(store.Redelivery{Monitor: "payments"}))
	require.Equal(f, 1, f.redeliver(store.Redelivery{}))
	require.Zero(f, f.redeliver(store.Redelivery{}))
	require.Len(f, f.takeDeliveries(me, 10), 3)
}

func deliveriesRedeliveredInOrder(f *fixture) {
	f.register("orders")
	f.run("orders", reacting, unlinked("a"))
	first := f.kill()
	f.run("orders", reacting, updating(`{"id":"a","n":1}`))
	second := f.takeDeliveries(me, 10)
	require.Len(f, second, 1)
	require.Equal(f, 1, f.redeliver(store.Redelivery{}))
	require.Empty(f, f.takeDeliveries(me, 10), "the later one is being made")
	require.NoError(f, f.store.SettleDelivery(f.Context(), second[0].ID, me, "it broke", f.now, f.now))
	again := f.takeDeliveries(me, 10)
	require.Len(f, again, 1)
	require.Equal(f, first[0].ID, again[0].ID, "before what is later and open")
	f.settle(again[0])
	require.Equal(f, second[0].ID, f.takeDeliveries(me, 10)[0].ID)
}

func deliveriesNotDead(f *fixture) {
	f.register("orders")
	f.run("orders", reacting, unlinked("a", "b"))
	open := f.deliveries(store.DeliveryFilter{}, store.Page{Limit: 10})
	dead := f.takeDeliveries(me, 1)
	require.NoError(f, f.store.SettleDelivery(f.Context(), dead[0].ID, me, "it broke", time.Time{}, f.now))
	for _, events := range [][]int64{{open[0].Event.ID}, {dead[0].Event.ID, open[0].Event.ID}, {4711}} {
		_, err := f.store.Redeliver(f.Context(), store.Redelivery{Events: events}, f.now)
		f.code(monitor.CodeNotFound, err)
	}
	require.Len(f, f.deliveries(store.DeliveryFilter{Status: monitor.DeliveryDead}, store.Page{Limit: 10}), 1, "nothing half done")
	_, err := f.store.Redeliver(f.Context(), store.Redelivery{Monitor: "nobody"}, f.now)
	f.code(monitor.CodeNotFound, err)
}
