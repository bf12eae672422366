package httpapi

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

func (a *api) registerDeliveries() {
	register(a, operation{
		method: http.MethodGet, path: "/api/v1/deliveries", id: "list-deliveries", role: Viewer,
		summary: "List what events leave to be done and is not done yet, or was given up, newest first",
	}, func(ctx context.Context, input *deliveriesInput) (shared[client.Page[client.Delivery]], error) {
		return share(ctx, a, deliveryList, *input, func(ctx context.Context) (client.Page[client.Delivery], error) {
			return a.listDeliveries(ctx, input)
		})
	})
	register(a, operation{
		method: http.MethodPost, path: "/api/v1/deliveries/redeliver", id: "redeliver", role: Responder,
		summary: "Make deliveries that were given up due again",
	}, a.redeliver)
}

type deliveriesInput struct {
	Paging
	Monitor string `query:"monitor" maxLength:"200" doc:"The name of a monitor."`
	Status  string `query:"status" enum:"open,taken,dead"`
}

func (a *api) listDeliveries(ctx context.Context, input *deliveriesInput) (client.Page[client.Delivery], error) {
	filter := store.DeliveryFilter{Monitor: input.Monitor, Status: monitor.DeliveryStatus(input.Status)}
	return listByID(input.Paging, deliveryList, func(page store.Page) ([]store.DeliveryView, error) {
		return a.store.Deliveries(ctx, filter, page)
	}, showDelivery, func(v *store.DeliveryView) int64 { return v.ID })
}

func showDelivery(v *store.DeliveryView) client.Delivery {
	shown := client.Delivery{
		ID:       v.ID,
		Status:   string(v.Status),
		Target:   v.Target,
		Attempts: v.Attempts,
		Error:    v.Failure,
		Event:    showEvent(&v.Event),
	}
	if v.Status == monitor.DeliveryDead {
		shown.DeadAt = moment(v.DueAt)
	} else {
		shown.DueAt = moment(v.DueAt)
	}
	return shown
}

type redeliverInput struct{ Body client.RedeliverRequest }

// redeliver leaves a line in the log that says who asked for it: there is no event
// about events.
func (a *api) redeliver(ctx context.Context, input *redeliverInput) (client.Redelivered, error) {
	asked := &input.Body
	given := 0
	for _, is := range []bool{len(asked.EventIDs) > 0, asked.Monitor != "", asked.All} {
		if is {
			given++
		}
	}
	if given != 1 {
		return client.Redelivered{}, monitor.Errorf(monitor.CodeInvalid, "exactly one of event_ids, monitor and all has to say which deliveries are meant")
	}
	opened, err := a.store.Redeliver(ctx, store.Redelivery{Events: asked.EventIDs, Monitor: asked.Monitor}, a.store.Now())
	if err != nil {
		return client.Redelivered{}, err
	}
	a.log(ctx).InfoContext(ctx, "dead deliveries made due again", slog.Int("deliveries", opened),
		slog.String("monitor", asked.Monitor), slog.Any("event_ids", asked.EventIDs))
	return client.Redelivered{Deliveries: opened}, nil
}
