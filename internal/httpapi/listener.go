package httpapi

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

const (
	// listenerPatience is how long a listener may take to receive an event before it
	// is cut off. It can go on later from where it was.
	listenerPatience = 10 * time.Second
	// reconnectAfter is how long browsers are asked to wait before they come back, in
	// milliseconds.
	reconnectAfter = 2000
)

// listener is one stream of events. It has nothing that grows: what it has not
// received yet is in the feed or in the store.
type listener struct {
	feed      *feed
	filter    store.EventFilter
	after     int64
	heartbeat time.Duration
	// admits tells whether who sent the request may still listen.
	admits func(*http.Request) bool

	out     http.ResponseWriter
	control *http.ResponseController
	// told is the last id that the client knows.
	told int64
}

// goOn is closed: it says that there is more to do.
var goOn = func() chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()

// serve sends events until the client or the server ends it, or who listens may no
// longer do so. Whatever ends it, the client can go on from the last id that it got,
// so that there is nobody to tell of an error.
func (l *listener) serve(r *http.Request, w http.ResponseWriter) {
	ctx := r.Context()
	l.out, l.control = w, http.NewResponseController(w)
	if l.begin() != nil {
		return
	}
	heartbeat := time.NewTicker(l.heartbeat)
	defer heartbeat.Stop()
	// The end has to be written, too. An error is that of a client who is gone.
	defer func() { _ = l.patiently() }()
	for {
		more, err := l.advance(ctx)
		if err != nil {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-l.feed.ended:
			return
		case <-heartbeat.C:
			if !l.admits(r) || l.beat() != nil {
				return
			}
		case <-more:
		}
	}
}

// begin sends the headers. The server's own limits are for requests that end.
func (l *listener) begin() error {
	if err := l.control.SetReadDeadline(time.Time{}); err != nil {
		return err
	}
	header := l.out.Header()
	header.Set("Content-Type", eventStream)
	// Proxies are not to gather what is to be seen at once.
	header.Set("X-Accel-Buffering", "no")
	l.out.WriteHeader(http.StatusOK)
	return l.flush("retry: " + strconv.Itoa(reconnectAfter) + "\n" + l.place())
}

// beat shows both sides that the other is there, and has the client go on from
// here, although none of the events that went by was for it.
func (l *listener) beat() error {
	if l.told == l.after {
		return l.flush(":\n\n")
	}
	return l.flush(l.place())
}

// place is a message without data: it only sets the id from which to go on.
func (l *listener) place() string {
	l.told = l.after
	return "id: " + strconv.FormatInt(l.after, 10) + "\n\n"
}

// advance sends what there is, and gives what tells when there is more.
func (l *listener) advance(ctx context.Context) (<-chan struct{}, error) {
	news := l.feed.since(l.after)
	if news.behind {
		return goOn, l.catchUp(ctx, news.end)
	}
	if len(news.frames) == 0 {
		return news.changed, nil
	}
	return goOn, l.send(news.frames)
}

// catchUp sends what the feed no longer remembers. Up to end all was there to be
// seen before this looks.
func (l *listener) catchUp(ctx context.Context, end int64) error {
	reading, cancel := context.WithTimeoutCause(ctx, requestTimeout, tooLong(requestTimeout))
	defer cancel()
	events, err := l.feed.store.Events(reading, l.filter, store.Page{Limit: feedPage, AfterID: fromID(l.after)})
	if err != nil {
		return err
	}
	for i := range events {
		f, err := encodeFrame(&events[i])
		if err != nil {
			return err
		}
		if err := l.write(f); err != nil {
			return err
		}
	}
	if len(events) < feedPage {
		l.after = max(l.after, end)
	}
	return l.control.Flush()
}

func (l *listener) send(frames []frame) error {
	for _, f := range frames {
		if l.wants(f.event) {
			if err := l.write(f); err != nil {
				return err
			}
		}
		l.after = f.event.ID
	}
	return l.control.Flush()
}

// wants does for what the feed remembers what the store does for the rest.
func (l *listener) wants(e *monitor.EventRecord) bool {
	f := &l.filter
	return (f.Monitor == "" || f.Monitor == e.MonitorName) && (f.Name == "" || f.Name == e.Name) &&
		(f.Source == "" || f.Source == e.Source) && (f.SourceID == 0 || f.SourceID == e.SourceID)
}

func (l *listener) write(f frame) error {
	l.after, l.told = f.event.ID, f.event.ID
	if err := l.patiently(); err != nil {
		return err
	}
	_, err := l.out.Write(f.text)
	return err
}

func (l *listener) flush(text string) error {
	if err := l.patiently(); err != nil {
		return err
	}
	if _, err := l.out.Write([]byte(text)); err != nil {
		return err
	}
	return l.control.Flush()
}

func (l *listener) patiently() error {
	return l.control.SetWriteDeadline(time.Now().Add(listenerPatience))
}
