package app

import (
	"context"
	"fmt"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/vedettehq/vedette/internal/config"
	"github.com/vedettehq/vedette/internal/egress"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/telemetry"
)

// openHTTPClient makes the client of monitors' calls.
func (a *App) openHTTPClient(context.Context) error {
	calls, err := newHTTPClient(a.Config, a.Registry)
	if err != nil {
		return err
	}
	a.calls = calls
	a.cleanups.add("close the HTTP client", calls.Close)
	return nil
}

// newHTTPClient makes a client that may call what is configured. A nil registerer
// leaves its metrics unseen.
func newHTTPClient(c config.Config, registerer prometheus.Registerer) (*egress.Client, error) {
	credentials := make(map[string]egress.Credential, len(c.HTTPClient.Auth))
	for name, auth := range c.HTTPClient.Auth {
		credentials[name] = auth.Credential()
	}
	calls, err := egress.New(egress.Config{
		Allow:          c.HTTPClient.Allow,
		AllowPrivate:   c.HTTPClient.AllowPrivate,
		Credentials:    credentials,
		Timeout:        c.HTTPClient.Timeout,
		MaxBytes:       int64(c.HTTPClient.MaxResponseSize),
		MaxConnections: c.HTTPClient.MaxConnections,
		UserAgent:      "vedette/" + telemetry.ReadBuild().Version,
	}, registerer)
	if err != nil {
		return nil, fmt.Errorf("open the HTTP client: %w", err)
	}
	return calls, nil
}

// outside is what monitors can reach of the world.
func outside(c config.Config, databases run.Querier, calls *egress.Client) run.Outside {
	return run.Outside{Querier: databases, Caller: calls, SecretHolder: run.Secrets(c.Secrets)}
}
