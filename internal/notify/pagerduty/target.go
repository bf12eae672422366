package pagerduty

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
)

// defaultURL is PagerDuty's own address; accounts in Europe have another.
const defaultURL = "https://events.pagerduty.com"

// settings are what the configuration says.
type settings struct {
	RoutingKey string `json:"routing_key"`
	URL        string `json:"url"`
}

// Target triggers incidents of one service.
type Target struct {
	config     notify.Config
	url        string
	routingKey monitor.Secret
	key        string
}

var (
	_ notify.Target     = (*Target)(nil)
	_ notify.Idempotent = (*Target)(nil)
	_ notify.Selective  = (*Target)(nil)
)

// Driver makes such targets.
func Driver() notify.Driver { return notify.Driver{Open: open} }

func open(config notify.Config) (notify.Target, error) {
	var s settings
	if err := config.Settings.Decode(&s); err != nil {
		return nil, err
	}
	if len(s.RoutingKey) != 32 {
		return nil, config.Settings.Errorf("routing_key", "it has to be the 32 characters of an integration of type Events API v2")
	}
	address, err := url.Parse(cmp.Or(s.URL, defaultURL))
	if err != nil || address.Host == "" || (address.Scheme != "http" && address.Scheme != "https") {
		return nil, config.Settings.Errorf("url", "it has to look like %s", defaultURL)
	}
	sum := sha256.Sum256([]byte(s.RoutingKey))
	return &Target{
		config: config, url: strings.TrimSuffix(address.String(), "/") + "/v2/enqueue", routingKey: monitor.NewSecret(s.RoutingKey),
		key: "pagerduty:" + hex.EncodeToString(sum[:4]),
	}, nil
}

// Key is a hash of the routing key, which itself lets anybody page.
func (t *Target) Key() string { return t.key }

// Render writes the payload of a trigger, and which action the alert calls for.
func (t *Target) Render(card *notify.Card) (notify.Rendering, error) {
	text, err := json.Marshal(newMessage(card))
	return notify.Rendering(text), err
}

// Significant leaves out the issues: each message is an entry in the incident's log.
func (t *Target) Significant(r notify.Rendering) string {
	var m message
	if err := json.Unmarshal([]byte(r), &m); err != nil {
		return string(r)
	}
	return m.Action + " " + m.Payload.Severity + " " + m.Payload.Details.Priority + " " + m.Payload.Details.Title
}

// Create triggers an incident.
func (t *Target) Create(ctx context.Context, nonce string, r notify.Rendering) (notify.Ref, error) {
	return t.RefOf(nonce), t.send(ctx, nonce, r)
}

// Edit has the incident be as the alert is: triggered or acknowledged.
func (t *Target) Edit(ctx context.Context, ref notify.Ref, r notify.Rendering) (notify.Ref, error) {
	return ref, t.send(ctx, string(ref), r)
}

// Close resolves the incident.
func (t *Target) Close(ctx context.Context, ref notify.Ref, r notify.Rendering) error {
	return t.send(ctx, string(ref), r)
}

// RefOf is the nonce, which is the incident's dedup_key.
func (t *Target) RefOf(nonce string) notify.Ref { return notify.Ref(nonce) }

// Release ends the connections.
func (t *Target) Release() error {
	t.config.HTTP.CloseIdleConnections()
	return nil
}

func (t *Target) send(ctx context.Context, dedupKey string, r notify.Rendering) error {
	var m message
	if err := json.Unmarshal([]byte(r), &m); err != nil {
		return notify.Errorf(notify.Rejected, "read the rendering: %w", err)
	}
	m.RoutingKey, m.DedupKey, m.Client = t.routingKey.Reveal(), dedupKey, "vedette"
	content, err := json.Marshal(m)
	if err != nil {
		return notify.Errorf(notify.Rejected, "encode the event: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, t.url, bytes.NewReader(content))
	if err != nil {
		return notify.Errorf(notify.Refused, "the address cannot be used")
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", t.config.Product)
	_, err = notify.Send(t.config.HTTP, request, t.routingKey.Reveal())
	return err
}
