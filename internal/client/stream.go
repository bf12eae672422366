package client

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/pause"
)

// FromNow as StreamOptions.After asks for what comes from now on.
const FromNow = -1

const (
	// silence is how long the server may say nothing: it sends something every few
	// seconds even if nothing happens.
	silence = 45 * time.Second
	// Pauses before connecting again: they double up to the longest.
	firstPause = 500 * time.Millisecond
	lastPause  = 15 * time.Second
	// maxMessage is the longest message that is understood: data of an issue are far
	// from it.
	maxMessage = 16 << 20
)

// StreamOptions say where a stream begins.
type StreamOptions struct {
	// After is the id of an event: those that come after it are sent first. 0: all
	// that are kept; [FromNow]: none.
	After int64
	// Lost is told when the connection is lost that had been there, and Back when it
	// is there again; nil: nobody is.
	Lost func(error)
	Back func()
}

// Stream follows the events that are kept, oldest first, as they come: each once,
// and none is passed over, whatever becomes of the connection in between. It ends
// when ctx does, with its cause, and with the error of a server that cannot be
// reached at first or that refuses.
func (c *Client) Stream(ctx context.Context, filter EventFilter, options StreamOptions) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		// Without the limit of a call: this one has no end.
		s := stream{client: c.patient(), filter: filter, after: options.After, yield: yield, options: options}
		backoff := firstPause
		for {
			lost, err := s.follow(ctx)
			if s.stopped {
				return
			}
			if lost {
				backoff = firstPause
			}
			if err = s.again(ctx, lost, err, backoff); err != nil {
				yield(Event{}, err)
				return
			}
			backoff = min(2*backoff, lastPause)
		}
	}
}

// stream is one call of [Client.Stream].
type stream struct {
	client *Client
	filter EventFilter
	// after is the last event that was received, or that the server says was there.
	after int64
	yield func(Event, error) bool
	// stopped is set when whoever ranges over the events has had enough, begun when
	// a connection has been there.
	stopped, begun bool
	options        StreamOptions
	// away is that the connection was lost, and that it was told.
	away bool
}

var (
	errSilence = errors.New("nothing was heard of the server for " + silence.String())
	errClosed  = errors.New("the server ended the stream")
	// errNonsense is what trying again would not mend.
	errNonsense = errors.New("its stream of events does not make sense")
)

// again waits before the next attempt, or gives the error with which the stream
// ends. A connection that was there is worth any number of attempts, as long as
// the server does not refuse.
func (s *stream) again(ctx context.Context, lost bool, err error, backoff time.Duration) error {
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case !lost && (!s.begun || monitor.CodeOf(err) != monitor.CodeUnavailable):
		return err
	}
	if !s.away && s.options.Lost != nil {
		s.options.Lost(err)
	}
	s.away = true
	return pause.For(ctx, backoff/2+rand.N(backoff/2))
}

// follow receives events until something ends that; lost says that it was the
// connection, which had been there.
func (s *stream) follow(ctx context.Context) (lost bool, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	watchdog := time.AfterFunc(silence, func() {
		cancel(monitor.Errorf(monitor.CodeUnavailable, "%w", errSilence))
	})
	defer watchdog.Stop()
	response, err := s.connect(ctx)
	if err != nil {
		return false, err
	}
	s.begun = true
	if s.away && s.options.Back != nil {
		s.options.Back()
	}
	s.away = false
	err = s.receive(response.Body, func() { watchdog.Reset(silence) })
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	// What is left of the answer is of no interest, nor is an error in closing it.
	_ = response.Body.Close()
	return !errors.Is(err, errNonsense), err
}

func (s *stream) connect(ctx context.Context) (*http.Response, error) {
	query := s.filter.values()
	if s.after != FromNow {
		query.Set("after", strconv.FormatInt(s.after, 10))
	}
	request, err := s.client.request(ctx, http.MethodGet, "/api/v1/events/stream?"+query.Encode(), nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", "text/event-stream")
	response, err := s.client.http.Do(request)
	if err != nil {
		return nil, s.client.unreachable(ctx, err)
	}
	kind, _, err := mime.ParseMediaType(response.Header.Get("Content-Type"))
	switch {
	case response.StatusCode != http.StatusOK:
		err = s.client.refused(response, io.LimitReader(response.Body, maxBody))
	case err != nil || kind != "text/event-stream":
		err = s.nonsense(errors.New("it is none"))
	default:
		return response, nil
	}
	return nil, errors.Join(err, response.Body.Close())
}

// receive reads messages until there are no more; heard is called for each line.
func (s *stream) receive(body io.Reader, heard func()) error {
	lines := bufio.NewScanner(body)
	lines.Buffer(nil, maxMessage)
	var id, data string
	for lines.Scan() {
		heard()
		line := lines.Text()
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimPrefix(value, " ")
		switch {
		case line == "":
			if err := s.message(id, data); err != nil || s.stopped {
				return err
			}
			id, data = "", ""
		case name == "id":
			id = value
		case name == "data":
			data += value
		}
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return s.nonsense(err)
	case err != nil:
		return err
	}
	return errClosed
}

// message takes what stands before an empty line. One without data says where the
// stream is.
func (s *stream) message(id, data string) error {
	var event Event
	if data != "" {
		if err := json.Unmarshal([]byte(data), &event); err != nil {
			return s.nonsense(err)
		}
	}
	if id != "" {
		place, err := strconv.ParseInt(id, 10, 64)
		if err != nil {
			return s.nonsense(err)
		}
		s.after = place
	}
	if data != "" && !s.yield(event, nil) {
		s.stopped = true
	}
	return nil
}

func (s *stream) nonsense(err error) error {
	return monitor.Errorf(monitor.CodeInternal, "%s does not answer like vedette: %w", s.client.server, fmt.Errorf("%w: %w", errNonsense, err))
}
