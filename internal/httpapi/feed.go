package httpapi

import (
	"bytes"
	"context"
	"log/slog"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/telemetry"
)

// Bounds of what is read and remembered of the events.
const (
	// feedInterval is how long something that another process did may go unseen.
	feedInterval = time.Second
	feedPage     = 500
	feedFrames   = 2000
	feedBytes    = 8 << 20
)

// feed follows the events for all who stream them: however many there are, one
// reader asks the store, and what is new is encoded once. It remembers what came
// last; whoever has fallen further behind reads the store by themselves. So nothing
// is kept for anybody in particular, and slow listeners cost no memory.
type feed struct {
	store  Store
	logger *slog.Logger
	// nudged has something in it if it is worth looking at once.
	nudged chan struct{}

	mu        sync.Mutex
	listeners int
	// frames are the events after start up to end, oldest first. Both are ids, known
	// only while somebody listens.
	frames     []frame
	bytes      int
	start, end int64
	known      bool
	// changed is closed when there is more.
	changed chan struct{}
	// ended is closed when nobody reads any more.
	ended chan struct{}
}

// frame is an event as it goes out.
type frame struct {
	event *monitor.EventRecord
	text  []byte
}

func newFeed(s Store, logger *slog.Logger) *feed {
	return &feed{
		store: s, logger: logger,
		nudged: make(chan struct{}, 1), changed: make(chan struct{}), ended: make(chan struct{}),
	}
}

// run reads what is new while there is somebody who listens, until ctx ends; then
// listening ends, too. It can run once.
func (f *feed) run(ctx context.Context) {
	defer close(f.ended)
	trouble := telemetry.NewTrouble(f.logger, "following the events")
	timer := time.NewTimer(feedInterval)
	defer timer.Stop()
	for ctx.Err() == nil {
		if f.isWatched() {
			trouble.Note(ctx, f.advance(ctx))
			timer.Reset(feedInterval)
		}
		select {
		case <-ctx.Done():
		case <-f.nudged:
		case <-timer.C:
		}
	}
}

// nudge has the feed look at once. It never waits.
func (f *feed) nudge() {
	select {
	case f.nudged <- struct{}{}:
	default:
	}
}

func (f *feed) isWatched() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.listeners > 0
}

// join counts a listener, if there are fewer than most. Each has to leave.
func (f *feed) join(most int) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.listeners >= most {
		return false
	}
	f.listeners++
	if f.listeners == 1 {
		f.nudge()
	}
	return true
}

// leave forgets everything when the last one goes: what happens until the next one
// comes may be more than can be remembered.
func (f *feed) leave() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.listeners--
	if f.listeners == 0 {
		f.known, f.frames, f.bytes = false, nil, 0
	}
}

// advance reads all that has come since.
func (f *feed) advance(ctx context.Context) error {
	after, err := f.position(ctx)
	if err != nil {
		return err
	}
	for {
		events, err := f.store.Events(ctx, store.EventFilter{}, store.Page{Limit: feedPage, AfterID: fromID(after)})
		if err != nil {
			return err
		}
		frames := make([]frame, len(events))
		for i := range events {
			if frames[i], err = encodeFrame(&events[i]); err != nil {
				return err
			}
		}
		f.publish(frames)
		if len(events) < feedPage {
			return nil
		}
		after = events[len(events)-1].ID
	}
}

// position is the event up to which all is known.
func (f *feed) position(ctx context.Context) (int64, error) {
	f.mu.Lock()
	end, known := f.end, f.known
	f.mu.Unlock()
	if known {
		return end, nil
	}
	newest, err := newestShown(ctx, f.store)
	if err != nil {
		return 0, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.start, f.end, f.known = newest, newest, f.listeners > 0
	f.wake()
	return newest, nil
}

func (f *feed) publish(frames []frame) {
	if len(frames) == 0 {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.known {
		return
	}
	f.frames = append(f.frames, frames...)
	for i := range frames {
		f.bytes += len(frames[i].text)
	}
	f.end = frames[len(frames)-1].event.ID
	oldest := 0
	for len(f.frames)-oldest > feedFrames || f.bytes > feedBytes {
		f.bytes -= len(f.frames[oldest].text)
		f.start = f.frames[oldest].event.ID
		oldest++
	}
	if oldest > 0 {
		// A copy lets go of what is before it.
		f.frames = slices.Clone(f.frames[oldest:])
	}
	f.wake()
}

// wake tells listeners that there is more. The lock is held.
func (f *feed) wake() {
	close(f.changed)
	f.changed = make(chan struct{})
}

// heard is a store whose changes through this process are seen at once by those who
// listen.
type heard struct {
	Store
	feed *feed
}

// Change tells the feed.
func (h heard) Change(ctx context.Context, scope store.Scope, now time.Time, decide func(monitor.Snapshot) (monitor.Plan, error)) (monitor.Plan, error) {
	defer h.feed.nudge()
	return h.Store.Change(ctx, scope, now, decide)
}

// news is what the feed knows that comes after an event.
type news struct {
	// frames are what has come since; none if that is too long ago to be remembered.
	frames []frame
	// behind is set then: it has to be read from the store.
	behind bool
	// end is the event up to which all is known.
	end int64
	// changed is closed when there is more.
	changed <-chan struct{}
}

// since gives what comes after an event.
func (f *feed) since(after int64) news {
	f.mu.Lock()
	defer f.mu.Unlock()
	found := news{end: f.end, changed: f.changed}
	switch {
	case !f.known:
		found.end = 0
	case after < f.start:
		found.behind = true
	default:
		first := len(f.frames)
		for first > 0 && f.frames[first-1].event.ID > after {
			first--
		}
		found.frames = f.frames[first:]
	}
	return found
}

// newestShown is the newest event that is shown; 0 if none is.
func newestShown(ctx context.Context, s Store) (int64, error) {
	newest, err := s.Events(ctx, store.EventFilter{}, store.Page{Limit: 1})
	if err != nil || len(newest) == 0 {
		return 0, err
	}
	return newest[0].ID, nil
}

// fromID asks for what comes after an id, or for all if that is 0.
func fromID(id int64) int64 {
	if id == 0 {
		return store.FromStart
	}
	return id
}

// encodeFrame writes an event as a message of an event stream. JSON has no line
// ends within, which would end the message.
func encodeFrame(event *monitor.EventRecord) (frame, error) {
	var text bytes.Buffer
	text.WriteString("id: " + strconv.FormatInt(event.ID, 10) + "\nevent: " + string(event.Name) + "\ndata: ")
	if err := writeJSON(&text, showEvent(event)); err != nil {
		return frame{}, err
	}
	text.WriteByte('\n')
	return frame{event: event, text: text.Bytes()}, nil
}
