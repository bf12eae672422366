package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

// streaming gives a client of a server whose answers to attempts to connect are
// those given, one after the other; an answer is a stream if it is no number. It
// notes the queries.
func streaming(t *testing.T, answers ...any) (*Client, *[]string) {
	t.Helper()
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.RawQuery)
		if len(answers) == 0 {
			answers = []any{410}
		}
		if status, ok := answers[0].(int); ok {
			w.WriteHeader(status)
		} else {
			w.Header().Set("Content-Type", "text/event-stream")
			_, _ = io.WriteString(w, fmt.Sprint(answers[0]))
		}
		answers = answers[1:]
	}))
	t.Cleanup(server.Close)
	c, err := New(Config{Server: server.URL})
	require.NoError(t, err)
	t.Cleanup(c.Close)
	return c, &asked
}

func TestStream_GoesOnWhereItWas(t *testing.T) {
	t.Parallel()
	c, asked := streaming(t,
		"retry: 2000\nid: 7\n\n:\n\nid: 8\nevent: issue_created\ndata: {\"id\":8}\n\nid: 9\ndata: {\"id\":", 503,
		"id: 8\n\nid: 9\r\ndata:{\"id\":9}\r\n\r\nid: 12\n\n",
		"id: 12\n\nid: 13\ndata: {\"id\":13}\n\n",
	)
	var told []string
	var got []int64
	options := StreamOptions{
		After: FromNow,
		Lost: func(err error) {
			require.ErrorIs(t, err, errClosed)
			told = append(told, "lost")
		},
		Back: func() { told = append(told, "back") },
	}
	for event, err := range c.Stream(t.Context(), EventFilter{Monitor: "a b"}, options) {
		require.NoError(t, err)
		if got = append(got, event.ID); len(got) == 3 {
			break
		}
	}
	require.Equal(t, []int64{8, 9, 13}, got)
	require.Equal(t, []string{"monitor=a+b", "after=8&monitor=a+b", "after=8&monitor=a+b", "after=12&monitor=a+b"}, *asked)
	// Once each time, however often it was tried.
	require.Equal(t, []string{"lost", "back", "lost", "back"}, told)
}

func TestStream_EndsWhereTryingAgainIsOfNoUse(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answers []any
		code    monitor.Code
		says    string
	}{
		"not there at first":  {[]any{503}, monitor.CodeUnavailable, "503"},
		"not allowed":         {[]any{403}, monitor.CodeForbidden, "403"},
		"not allowed anymore": {[]any{"id: 7\n\n", 401}, monitor.CodeForbidden, "401"},
		"broken":              {[]any{"id: 7\ndata: {\n\n"}, monitor.CodeInternal, "does not answer like vedette"},
		"a strange id":        {[]any{"id: seven\n\n"}, monitor.CodeInternal, "does not answer like vedette"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := streaming(t, test.answers...)
			var last error
			for _, err := range c.Stream(t.Context(), EventFilter{}, StreamOptions{}) {
				last = err
			}
			require.ErrorContains(t, last, test.says)
			require.Equal(t, test.code, monitor.CodeOf(last))
		})
	}
	c, _ := serve(t, 200, "application/json", `{}`)
	for _, err := range c.Stream(t.Context(), EventFilter{}, StreamOptions{}) {
		require.ErrorContains(t, err, "does not answer like vedette")
	}
}

func TestStream_EndsWithItsContext(t *testing.T) {
	t.Parallel()
	hanging := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		_ = http.NewResponseController(w).Flush()
		close(hanging)
		<-r.Context().Done()
	}))
	t.Cleanup(server.Close)
	c, err := New(Config{Server: server.URL})
	require.NoError(t, err)
	t.Cleanup(c.Close)
	enough := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	go func() {
		<-hanging
		cancel(enough)
	}()
	for _, err := range c.Stream(ctx, EventFilter{}, StreamOptions{}) {
		require.ErrorIs(t, err, enough)
	}
}
