package httpapi

import (
	"context"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"

	"github.com/vedettehq/vedette/internal/monitor"
)

// eventStream is the content type of server-sent events.
const eventStream = "text/event-stream"

func (a *api) registerStream() {
	op := operation{
		method: http.MethodGet, path: "/api/v1/events/stream", id: "stream-events", role: Viewer,
		summary: "Follow the events that are kept, as they come",
		timeout: unbounded,
	}.described()
	op.Description += " Server-sent events: id is the event's, event its name, data the event as in the list." +
		" The stream begins with what comes from now on, or goes on after the event that Last-Event-ID or after names."
	op.Responses = map[string]*huma.Response{"200": {
		Description: "The events, until either side ends it.",
		Content:     map[string]*huma.MediaType{eventStream: {Schema: &huma.Schema{Type: huma.TypeString}}},
	}}
	huma.Register(a.huma, op, func(ctx context.Context, input *streamInput) (*huma.StreamResponse, error) {
		l, err := a.listen(ctx, input)
		if err != nil {
			return nil, a.problem(ctx, err)
		}
		return &huma.StreamResponse{Body: func(ctx huma.Context) {
			defer a.hangUp()
			r, w := humachi.Unwrap(ctx)
			l.serve(r, w)
		}}, nil
	})
}

type streamInput struct {
	EventsFilter
	LastEventID string `header:"Last-Event-ID" maxLength:"20" doc:"The id of the last event that was received; browsers send it by themselves when they connect again."`
	After       string `query:"after" maxLength:"20" pattern:"^[0-9]+$" doc:"The same, for the first connection; 0: from the oldest event that is kept. Last-Event-ID wins."`
}

// listen lets somebody listen, who has to hang up.
func (a *api) listen(ctx context.Context, input *streamInput) (*listener, error) {
	filter, err := input.filter()
	if err != nil {
		return nil, err
	}
	if !a.feed.join(a.streams.Most) {
		return nil, monitor.Errorf(monitor.CodeUnavailable, "%d streams are open, and that is the most: end one, or try again later", a.streams.Most)
	}
	a.metrics.streams.Inc()
	after, err := a.beginning(ctx, input)
	if err != nil {
		a.hangUp()
		return nil, err
	}
	return &listener{feed: a.feed, filter: filter, after: after, heartbeat: a.streams.Heartbeat, admits: a.stillAdmits}, nil
}

func (a *api) hangUp() {
	a.metrics.streams.Dec()
	a.feed.leave()
}

// beginning is the event after which a stream begins.
func (a *api) beginning(ctx context.Context, input *streamInput) (int64, error) {
	name, text := "Last-Event-ID", input.LastEventID
	if text == "" {
		name, text = "after", input.After
	}
	if text == "" {
		return newestShown(ctx, a.store)
	}
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || id < 0 {
		return 0, monitor.Errorf(monitor.CodeInvalid, "%s: %q is no id of an event", name, text)
	}
	newest, err := a.store.NewestEvent(ctx)
	if err == nil && id > newest {
		// Waiting for it would pass over all that comes before: after a database was
		// restored, ids are given again.
		err = monitor.Errorf(monitor.CodeInvalid, "%s: there is no event %d yet, the newest is %d", name, id, newest)
	}
	return id, err
}

// stillAdmits tells whether the sender of a request that is under way may still
// see what it shows.
func (a *api) stillAdmits(r *http.Request) bool {
	sender, err := a.access.admit(r)
	return err == nil && sender.role >= Viewer
}
