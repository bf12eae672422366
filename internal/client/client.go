package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// maxBody bounds what is read of an answer: the largest page of the largest
// issues stays below it.
const maxBody = 512 << 20

// Config says whom to speak to.
type Config struct {
	// Server is the address of the API, such as http://127.0.0.1:8000.
	Server string
	// Token goes along with each request if it is set.
	Token monitor.Secret
	// Timeout bounds each call; 0: 30 seconds.
	Timeout time.Duration
}

// Client calls the API of one server. It is safe for concurrent use.
//
// Its errors are coded like those of the server: CodeNotFound, CodeConflict, ...,
// and CodeUnavailable if the server does not answer.
type Client struct {
	server string
	token  monitor.Secret
	http   *http.Client
}

// New makes a client. It does not connect yet.
func New(config Config) (*Client, error) {
	if err := checkServer(config.Server); err != nil {
		return nil, err
	}
	timeout := config.Timeout
	if timeout == 0 {
		timeout = 30 * time.Second
	}
	return &Client{
		server: strings.TrimSuffix(config.Server, "/"),
		token:  config.Token,
		http:   &http.Client{Timeout: timeout, CheckRedirect: checkRedirect},
	}, nil
}

func checkServer(text string) error {
	address, err := url.Parse(text)
	switch {
	case err != nil, address.Host == "", address.Scheme != "http" && address.Scheme != "https", address.RawQuery+address.Fragment != "":
		return monitor.Errorf(monitor.CodeInvalid, "%q is no address of a server: write it as http://127.0.0.1:8000", text)
	case address.User != nil:
		// Messages name the server.
		return monitor.Errorf(monitor.CodeInvalid, "the server's address has a user or a password in it: leave them out; VEDETTE_TOKEN is what lets you in")
	default:
		return nil
	}
}

// Close ends the connections that are kept for further calls.
func (c *Client) Close() { c.http.CloseIdleConnections() }

func get[T any](ctx context.Context, c *Client, path string, query url.Values) (T, error) {
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	return call[T](ctx, c, http.MethodGet, path, nil)
}

// call sends a request, with body as JSON unless it is nil, and decodes the answer.
func call[T any](ctx context.Context, c *Client, method, path string, body any) (T, error) {
	return callWith[T](ctx, c, method, path, body, nil)
}

// callWith is call with further headers.
func callWith[T any](ctx context.Context, c *Client, method, path string, body any, header http.Header) (T, error) {
	var result T
	request, err := c.request(ctx, method, path, body)
	if err != nil {
		return result, err
	}
	maps.Copy(request.Header, header)
	response, err := c.http.Do(request)
	if err != nil {
		return result, c.unreachable(ctx, err)
	}
	err = c.decode(response, &result)
	return result, errors.Join(err, response.Body.Close())
}

func (c *Client) request(ctx context.Context, method, path string, body any) (*http.Request, error) {
	var content io.Reader
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			return nil, fmt.Errorf("encode the request: %w", err)
		}
		content = bytes.NewReader(encoded)
	}
	request, err := http.NewRequestWithContext(ctx, method, c.server+path, content)
	if err != nil {
		return nil, fmt.Errorf("make the request: %w", err)
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	request.Header.Set("Accept", "application/json")
	if c.token.IsSet() {
		request.Header.Set("Authorization", "Bearer "+c.token.Reveal())
	}
	return request, nil
}

// unreachable is the error of a request that got no answer.
func (c *Client) unreachable(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if cause, ok := errors.AsType[*url.Error](err); ok {
		if cause.Timeout() && c.http.Timeout > 0 {
			// Its own words name a setting of the library.
			return monitor.Errorf(monitor.CodeUnavailable, "no answer from %s within %s", c.server, c.http.Timeout)
		}
		err = cause.Err
	}
	if _, ok := errors.AsType[*monitor.Error](err); ok {
		return err // of checkRedirect
	}
	return monitor.Errorf(monitor.CodeUnavailable, "no answer from %s: %w", c.server, err)
}

func (c *Client) decode(response *http.Response, result any) error {
	body := io.LimitReader(response.Body, maxBody)
	if response.StatusCode >= http.StatusMultipleChoices {
		return c.refused(response, body)
	}
	if err := json.NewDecoder(body).Decode(result); err != nil {
		return monitor.Errorf(monitor.CodeInternal, "%s does not answer like vedette: %w", c.server, err)
	}
	return nil
}
