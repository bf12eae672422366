package process

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// client opens a connection for each look: a connection that is kept would keep
// a stopping server waiting.
var client = &http.Client{
	Timeout:   5 * time.Second,
	Transport: &http.Transport{DisableKeepAlives: true},
}

// Ready waits until /readyz says that the process can work. The error has what
// the process wrote and what it answered last.
func (p *Process) Ready(ctx context.Context) error {
	for {
		var last string
		status, body, err := get(ctx, p.URL()+"/readyz")
		switch {
		case err != nil:
			last = err.Error()
		case status == http.StatusOK:
			return nil
		default:
			last = fmt.Sprintf("%d: %s", status, body)
		}
		select {
		case <-p.exited:
			return fmt.Errorf("the process ended before it was ready: %w", p.failure())
		case <-ctx.Done():
			return fmt.Errorf("wait until ready: %w; last answer: %s; it wrote:\n%s", context.Cause(ctx), last, p.Log())
		case <-time.After(poll):
		}
	}
}

func get(ctx context.Context, url string) (status int, body string, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, "", err
	}
	response, err := client.Do(request)
	if err != nil {
		return 0, "", err
	}
	text, err := io.ReadAll(response.Body)
	if closeErr := response.Body.Close(); err == nil {
		err = closeErr
	}
	return response.StatusCode, string(text), err
}

// FreeAddress finds an address on the loopback interface that nobody listens on.
func FreeAddress(ctx context.Context) (string, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}
