package egress

import (
	"context"
	"crypto/tls"
	"fmt"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Config says where calls may go, and bounds them.
type Config struct {
	// Allow are patterns of the hosts that may be called; none: no host.
	Allow []string
	// AllowPrivate lets calls go to addresses that are not public.
	AllowPrivate bool
	// Credentials are by the name that code calls them by.
	Credentials map[string]Credential
	// Timeout bounds calls that name none of their own. Default: 30s.
	Timeout time.Duration
	// MaxBytes bounds the body of a response. Default: 16 MiB.
	MaxBytes int64
	// MaxConnections is the most connections to one host at a time. Default: 10.
	MaxConnections int
	// UserAgent is what servers are told of the caller.
	UserAgent string
}

const (
	defaultTimeout        = 30 * time.Second
	defaultMaxBytes       = 16 << 20
	defaultMaxConnections = 10

	idleTimeout      = 90 * time.Second
	handshakeTimeout = 10 * time.Second
	maxHeaderBytes   = 256 << 10
)

// Client makes calls. It is safe for concurrent use.
type Client struct {
	config      Config
	policy      *policy
	credentials map[string]*credential
	metrics     *metrics
	transport   *http.Transport
	http        *http.Client
}

// New makes a client. The error names what is wrong with the configuration. A nil
// registerer leaves its metrics unseen.
func New(config Config, registerer prometheus.Registerer) (*Client, error) {
	allowed, err := newPolicy(config.Allow, config.AllowPrivate)
	if err != nil {
		return nil, fmt.Errorf("http_client.allow: %w", err)
	}
	c := &Client{
		config:      config.withDefaults(),
		policy:      allowed,
		credentials: map[string]*credential{},
		metrics:     newMetrics(registerer),
	}
	for name, given := range config.Credentials {
		if c.credentials[name], err = newCredential(given); err != nil {
			return nil, fmt.Errorf("http_client.auth.%s: %w", name, err)
		}
	}
	c.transport = c.newTransport()
	c.http = &http.Client{Transport: c.transport, CheckRedirect: c.checkRedirect}
	return c, nil
}

func (c Config) withDefaults() Config {
	if c.Timeout <= 0 {
		c.Timeout = defaultTimeout
	}
	if c.MaxBytes <= 0 {
		c.MaxBytes = defaultMaxBytes
	}
	if c.MaxConnections <= 0 {
		c.MaxConnections = defaultMaxConnections
	}
	return c
}

// newTransport makes one that asks before each connection. It takes no proxy from
// the environment: the address that is checked would be the proxy's, which reaches
// whatever it is asked for.
func (c *Client) newTransport() *http.Transport {
	dialer := &net.Dialer{Control: c.policy.control}
	return &http.Transport{
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		IdleConnTimeout:        idleTimeout,
		MaxConnsPerHost:        c.config.MaxConnections,
		MaxIdleConnsPerHost:    c.config.MaxConnections,
		MaxResponseHeaderBytes: maxHeaderBytes,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    handshakeTimeout,
	}
}

// Call makes a call. Errors are *monitor.Failure: of kind http if it is refused or
// the server answers with a status that the request does not allow, timeout, or
// connection. If ctx ends, the failure is its cause if that is one, else of kind
// cancelled. Where there was a response, it comes with the failure of its status.
func (c *Client) Call(ctx context.Context, r monitor.Request) (monitor.Response, error) {
	start := time.Now()
	response, failure := c.call(ctx, &r)
	if failure == nil {
		failure = StatusFailure(&r, &response)
	}
	if failure != nil {
		c.metrics.observe(time.Since(start), failure)
		return response, failure
	}
	c.metrics.observe(time.Since(start), nil)
	return response, nil
}

func (c *Client) call(ctx context.Context, r *monitor.Request) (monitor.Response, *monitor.Failure) {
	ctx, cancel := c.within(ctx, r)
	defer cancel()
	request, used, err := c.newRequest(ctx, r)
	if err != nil {
		return monitor.Response{}, failureOf(ctx, r, err)
	}
	answer, err := c.http.Do(request)
	if err != nil {
		return monitor.Response{}, clean(used, failureOf(ctx, r, err))
	}
	defer func() { _ = answer.Body.Close() }() // what has been read is whole without it
	response, err := c.read(answer, used)
	if err != nil {
		return monitor.Response{}, failureOf(ctx, r, err)
	}
	return response, nil
}

// clean takes the credential out of what the network says of a call.
func clean(used *credential, failure *monitor.Failure) *monitor.Failure {
	if used == nil {
		return failure
	}
	return used.redactor.Failure(failure)
}

// within bounds a call, by its own timeout or else by the configured one. The cause
// names the limit.
func (c *Client) within(ctx context.Context, r *monitor.Request) (context.Context, context.CancelFunc) {
	limit, whose := c.config.Timeout, "(http_client.timeout)"
	if r.Timeout > 0 {
		limit, whose = r.Timeout, "that it was given"
	}
	return context.WithTimeoutCause(ctx, limit, failuref(monitor.FailureTimeout, "no whole response within the %s %s", limit, whose))
}

// Close closes idle connections. No call may be under way.
func (c *Client) Close() error {
	c.transport.CloseIdleConnections()
	return nil
}

// knownCredentials says which there are, for messages.
func (c *Client) knownCredentials() string {
	names := slices.Sorted(maps.Keys(c.credentials))
	if len(names) == 0 {
		return ": none is configured (http_client.auth)"
	}
	return ": there is " + strings.Join(names, ", ") + " (http_client.auth)"
}
