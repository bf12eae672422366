package httpapi

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// reacting has the monitor react to issues that are created.
func reacting(d *monitor.Declaration) { d.Reactions = []monitor.EventName{monitor.IssueCreated} }

// giveUp has all deliveries that are due fail for the last time.
func (w *world) giveUp() {
	w.Helper()
	taken, err := w.store.TakeDeliveries(w.Context(), executorID, nil, 100, w.store.Now())
	require.NoError(w, err)
	for _, d := range taken {
		require.NoError(w, w.store.SettleDelivery(w.Context(), d.ID, executorID, "it broke", time.Time{}, w.store.Now()))
	}
}

func TestDeliveries_R81_DeadOnesAreSeenAndRedelivered(t *testing.T) {
	t.Parallel()
	var log logbook
	w := newWorld(t, func(w *world) { w.deps.Logger = log.logger() })
	w.find("orders", w.register("orders", reacting), "1", "2")
	list := func(filter client.DeliveryFilter) []client.Delivery {
		page, err := w.client.Deliveries(t.Context(), filter, client.Paging{})
		require.NoError(t, err)
		return page.Items
	}
	open := list(client.DeliveryFilter{Status: "open"})
	require.Len(t, open, 2)
	require.NotNil(t, open[0].DueAt)
	require.Nil(t, open[0].DeadAt)

	w.giveUp()
	dead := list(client.DeliveryFilter{Status: "dead", Monitor: "orders"})
	require.Len(t, dead, 2)
	require.Empty(t, list(client.DeliveryFilter{Monitor: "payments"}))
	require.Nil(t, dead[0].DueAt)
	require.NotNil(t, dead[0].DeadAt)
	require.Equal(t, "it broke", dead[0].Error)
	require.Equal(t, "reactions", dead[0].Target)
	require.Equal(t, 1, dead[0].Attempts)
	require.Equal(t, "issue_created", dead[0].Event.EventName)

	done, err := w.client.Redeliver(t.Context(), client.RedeliverRequest{EventIDs: []int64{dead[0].Event.ID}})
	require.NoError(t, err)
	require.Equal(t, 1, done.Deliveries)
	require.Regexp(t, `msg="dead deliveries made due again" actor=local request_id=\S+ deliveries=1`, log.String())
	done, err = w.client.Redeliver(t.Context(), client.RedeliverRequest{All: true})
	require.NoError(t, err)
	require.Equal(t, 1, done.Deliveries)
	require.Empty(t, list(client.DeliveryFilter{Status: "dead"}))

	_, err = w.client.Redeliver(t.Context(), client.RedeliverRequest{EventIDs: []int64{dead[0].Event.ID}})
	w.code(monitor.CodeNotFound, "has no delivery that was given up", err)
	_, err = w.client.Redeliver(t.Context(), client.RedeliverRequest{Monitor: "nobody"})
	w.code(monitor.CodeNotFound, `monitor "nobody" does not exist`, err)
	for _, unclear := range []client.RedeliverRequest{{}, {All: true, Monitor: "orders"}} {
		_, err = w.client.Redeliver(t.Context(), unclear)
		w.code(monitor.CodeInvalid, "exactly one of", err)
	}
}
