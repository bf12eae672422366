package httpapi

import (
	"context"
	"net/http"
	"slices"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

func (a *api) registerEvents() {
	register(a, operation{
		method: http.MethodGet, path: "/api/v1/events", id: "list-events", role: Viewer,
		summary: "List the events that are kept, newest first",
	}, func(ctx context.Context, input *eventsInput) (shared[client.Page[client.Event]], error) {
		return share(ctx, a, eventList, *input, func(ctx context.Context) (client.Page[client.Event], error) { return a.listEvents(ctx, input) })
	})
}

// EventsFilter are the parameters that narrow events.
type EventsFilter struct {
	Monitor  string `query:"monitor" maxLength:"200" doc:"The name of a monitor."`
	Name     string `query:"event_name" maxLength:"100"`
	Source   string `query:"event_source" enum:"alert,issue,monitor,notification"`
	SourceID int64  `query:"event_source_id" minimum:"1"`
}

func (f EventsFilter) filter() (store.EventFilter, error) {
	name := monitor.EventName(f.Name)
	if name != "" && !slices.Contains(monitor.EventNames[:], name) {
		return store.EventFilter{}, monitor.Errorf(monitor.CodeInvalid, "event_name: there is no event %q", name)
	}
	return store.EventFilter{Monitor: f.Monitor, Name: name, Source: monitor.EventSource(f.Source), SourceID: f.SourceID}, nil
}

type eventsInput struct {
	Paging
	EventsFilter
}

func (a *api) listEvents(ctx context.Context, input *eventsInput) (client.Page[client.Event], error) {
	filter, err := input.filter()
	if err != nil {
		return client.Page[client.Event]{}, err
	}
	return listByID(input.Paging, eventList, func(page store.Page) ([]monitor.EventRecord, error) {
		return a.store.Events(ctx, filter, page)
	}, showEvent, func(e *monitor.EventRecord) int64 { return e.ID })
}

func showEvent(e *monitor.EventRecord) client.Event {
	shown := client.Event{
		ID:            e.ID,
		EventName:     string(e.Name),
		EventSource:   string(e.Source),
		EventSourceID: e.SourceID,
		Monitor:       e.MonitorName,
		EventData:     client.JSONOf(e.Data),
		ExtraPayload:  client.JSONOf(e.Extra),
		ExecutionID:   client.IDOrNil(e.ExecutionID),
		CreatedAt:     e.CreatedAt.UTC(),
	}
	if e.Actor != "" {
		shown.Actor = &e.Actor
	}
	return shown
}
