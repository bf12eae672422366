package httpapi

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// follow gives the events of a stream as they come, which ends with the test.
func (w *world) follow(filter client.EventFilter, after int64) <-chan client.Event {
	w.Helper()
	ctx, stop := context.WithCancel(w.Context())
	events, ended := make(chan client.Event), make(chan struct{})
	go func() {
		defer close(ended)
		for event, err := range w.client.Stream(ctx, filter, client.StreamOptions{After: after}) {
			if err != nil {
				return
			}
			select {
			case events <- event:
			case <-ctx.Done():
			}
		}
	}()
	w.Cleanup(func() {
		stop()
		<-ended
	})
	return events
}

// next receives so many events and names them.
func (w *world) next(events <-chan client.Event, count int) []string {
	w.Helper()
	var names []string
	for range count {
		select {
		case event := <-events:
			names = append(names, event.EventName)
		case <-time.After(10 * time.Second):
			require.Fail(w, "no event", "after %v", names)
		}
	}
	return names
}

// openStream is a stream that is closed when the test ends.
type openStream struct {
	StatusCode int
	Header     http.Header
	Body       io.Reader
}

// open opens a stream by hand; a deadline keeps a failing test from waiting.
func (w *world) open(query string, header ...string) openStream {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.Context(), 20*time.Second)
	w.Cleanup(cancel)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, w.url+"/api/v1/events/stream"+query, nil)
	require.NoError(w, err)
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	response, err := w.http.Do(request)
	require.NoError(w, err)
	w.Cleanup(func() { require.NoError(w, response.Body.Close()) })
	return openStream{response.StatusCode, response.Header, response.Body}
}

// reads reads from a stream until a text has come, and gives all that did.
func (w *world) reads(stream io.Reader, until string) string {
	w.Helper()
	var got strings.Builder
	buffer := make([]byte, 1)
	for !strings.HasSuffix(got.String(), until) {
		_, err := stream.Read(buffer)
		require.NoError(w, err, "before %q came, there was %q", until, got.String())
		got.Write(buffer)
	}
	return got.String()
}

func TestStream_R85_SendsWhatComesAndGoesOnWhereItWas(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	orders, payments := w.register("orders"), w.register("payments")
	w.find("orders", orders, "1")
	before := w.events()

	all := w.follow(client.EventFilter{}, 0)
	require.Equal(t, before, w.next(all, len(before)))
	some := w.follow(client.EventFilter{Monitor: "payments", Source: "issue"}, 0)
	resumed := w.open("", "Last-Event-ID", "1")
	require.Equal(t, "text/event-stream", resumed.Header.Get("Content-Type"))
	w.reads(resumed.Body, "id: 1\n\n")

	w.find("orders", orders, "2")
	w.find("payments", payments, "1")
	after := w.events()[len(before):]
	require.Equal(t, after, w.next(all, len(after)))
	require.Equal(t, []string{"issue_created", "issue_linked"}, w.next(some, 2))
	for id := 2; id <= len(before)+len(after); id++ {
		w.reads(resumed.Body, fmt.Sprintf("id: %d\nevent: ", id))
	}
	require.Contains(t, w.reads(resumed.Body, "\n\n"), `data: {"id":`+strconv.Itoa(len(before)+len(after))+`,"event_name":`)
}

// events names all events, oldest first.
func (w *world) events() []string {
	w.Helper()
	var names []string
	for event, err := range client.All(w.Context(), client.Paging{}, func(ctx context.Context, p client.Paging) (client.Page[client.Event], error) {
		return w.client.Events(ctx, client.EventFilter{}, p)
	}) {
		require.NoError(w, err)
		names = append([]string{event.EventName}, names...)
	}
	return names
}

func TestStream_BeginsWithWhatComesFromNowOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	stream := w.open("?event_source=monitor")
	require.Equal(t, "retry: 2000\nid: 0\n\n", w.reads(stream.Body, "\n\n"), "with a place to go on from, although nothing has happened")
	w.register("orders")
	_, err := w.client.Disable(t.Context(), "orders", "")
	require.NoError(t, err)
	require.Contains(t, w.reads(stream.Body, "\n\n"), "event: monitor_enabled_changed\n")
	later := w.open("")
	require.Contains(t, w.reads(later.Body, "\n\n"), "id: 1\n\n")
}

func TestStream_FallsBackOnTheStoreForWhatTheFeedForgot(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	orders := w.register("orders")
	w.register("payments")
	first := w.follow(client.EventFilter{}, 0)
	ids := make([]string, feedFrames)
	for i := range ids {
		ids[i] = strconv.Itoa(i)
	}
	// Nobody receives what is sent to first, and meanwhile the feed forgets.
	w.find("orders", orders, ids...)
	count := len(w.events())
	require.Greater(t, count, feedFrames)
	require.Len(t, w.next(first, count), count)

	none := w.open("?after=0&monitor=payments")
	w.reads(none.Body, "id: 0\n\n")
	_, err := w.client.Disable(t.Context(), "payments", "")
	require.NoError(t, err)
	require.Contains(t, w.reads(none.Body, "\n\n"), fmt.Sprintf("id: %d\nevent: monitor_enabled_changed\n", count+1), "past all that was not for it")
}

func TestStream_KeepsAlive(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(w *world) { w.config.Streams.Heartbeat = time.Millisecond })
	stream := w.open("")
	w.reads(stream.Body, ":\n\n:\n\n")
	w.register("orders")
	filtered := w.open("?event_source=alert")
	_, err := w.client.Disable(t.Context(), "orders", "")
	require.NoError(t, err)
	w.reads(filtered.Body, "id: 1\n\n")
}

func TestStream_SaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(w *world) { w.config.Streams.Most = 1 })
	for query, says := range map[string]string{
		"?after=x":            "after",
		"?after=-1":           "after",
		"?after=1":            "after: there is no event 1 yet, the newest is 0",
		"?event_name=x":       `event_name: there is no event \"x\"`,
		"?event_source=cat":   "event_source",
		"?limit=5":            "limit",
		"?after=999999999999": "no event 999999999999 yet",
	} {
		got := w.send("GET", "/api/v1/events/stream"+query, "")
		require.Equal(t, 422, got.status, query)
		require.Contains(t, got.body, says, query)
	}
	got := w.send("GET", "/api/v1/events/stream", "", func(r *http.Request) { r.Header.Set("Last-Event-ID", "seven") })
	require.Equal(t, 422, got.status)
	require.Contains(t, got.body, `Last-Event-ID: \"seven\" is no id of an event`)

	w.open("")
	got = w.send("GET", "/api/v1/events/stream", "")
	require.Equal(t, 503, got.status)
	require.Contains(t, got.body, "1 streams are open, and that is the most")
	require.NotEmpty(t, got.header.Get("Retry-After"))
}

func TestStream_EndsInOrderWithTheServer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	deps := w.deps
	deps.Registry = prometheus.NewRegistry()
	server, err := New(deps, w.config)
	require.NoError(t, err)
	require.NoError(t, server.Listen(t.Context()))
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- server.Run(ctx) }()
	w.url = "http://" + server.Addr()
	stream := w.open("")
	stop()
	text, err := io.ReadAll(stream.Body)
	require.NoError(t, err)
	require.Contains(t, string(text), "id: 0\n\n")
	require.NoError(t, <-ended)
}

func TestFeed_R85_IsOfferedToEachOnce(t *testing.T) {
	t.Parallel()
	f := newFeed(nil, nil)
	require.True(t, f.join(1))
	require.False(t, f.join(1))
	f.known = true
	var frames []frame
	for id := range int64(feedFrames + 10) {
		frames = append(frames, frame{event: &monitor.EventRecord{ID: id + 1}, text: []byte("x")})
	}
	begun := f.since(0)
	require.False(t, begun.behind)
	f.publish(frames[:5])
	<-begun.changed
	require.Len(t, f.since(3).frames, 2)
	held := f.since(0).frames
	f.publish(frames[5:])
	require.Len(t, held, 5)
	require.True(t, f.since(9).behind)
	require.Len(t, f.since(10).frames, feedFrames)
	f.publish([]frame{{event: &monitor.EventRecord{ID: feedFrames + 11}, text: make([]byte, feedBytes-3)}})
	require.Len(t, f.since(feedFrames+7).frames, 4)
	require.True(t, f.since(feedFrames+6).behind)
	f.leave()
	require.False(t, f.since(0).behind, "nothing is known")
	require.Zero(t, f.since(0).end)
}

func TestStream_EndsWhenItsTokenIsRevoked(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withAdmin, func(w *world) { w.config.Streams.Heartbeat = time.Millisecond })
	stream := w.open("", "Authorization", "Bearer "+w.token("ada", Viewer))
	require.Equal(t, 200, stream.StatusCode)
	w.reads(stream.Body, ":\n\n")
	tokens, err := w.store.Tokens(t.Context(), false, store.Page{Limit: 1})
	require.NoError(t, err)
	got := w.send("DELETE", fmt.Sprintf("/api/v1/tokens/%d", tokens[0].ID), "", func(r *http.Request) {
		r.Header.Set("Authorization", "Bearer "+adminSecret)
	})
	require.Less(t, got.status, 300, got.body)
	_, err = io.ReadAll(stream.Body)
	require.NoError(t, err)
}
