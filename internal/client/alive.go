package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// aliveTimeout bounds the question whether a server is there at all.
const aliveTimeout = 3 * time.Second

// Server is the address of the server.
func (c *Client) Server() string { return c.server }

// Alive tells whether a server answers, to whomever asks. The error is
// CodeUnavailable if none does, and CodeInternal if it is none of vedette.
func (c *Client) Alive(ctx context.Context) error {
	limited, cancel := context.WithTimeoutCause(ctx, aliveTimeout,
		monitor.Errorf(monitor.CodeUnavailable, "no answer from %s within %s", c.server, aliveTimeout))
	defer cancel()
	request, err := c.request(limited, http.MethodGet, "/livez", nil)
	if err != nil {
		return err
	}
	// It is open to everybody: whatever answers there need not see the token.
	request.Header.Del("Authorization")
	response, err := c.http.Do(request)
	if err != nil {
		return c.unreachable(limited, err)
	}
	if response.StatusCode != http.StatusOK {
		err = monitor.Errorf(monitor.CodeInternal, "%s does not answer like vedette: %s", c.server, response.Status)
	}
	if closing := response.Body.Close(); closing != nil {
		err = errors.Join(err, fmt.Errorf("close the answer: %w", closing))
	}
	return err
}
