package webhook

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/vedettehq/vedette/internal/notify"
)

// settings are what the configuration says.
type settings struct {
	URL string `json:"url"`
	// Secrets sign each message; several while one replaces another.
	Secrets []string          `json:"secrets"`
	Headers map[string]string `json:"headers"`
	// Template makes the body; empty: the native form.
	Template    string `json:"template"`
	ContentType string `json:"content_type"`
}

// Target posts to one address.
type Target struct {
	config  notify.Config
	address *url.URL
	headers map[string]string
	signer  signer
	body    *body
	key     string
	// now tells the time that is signed.
	now func() time.Time
}

var (
	_ notify.Target     = (*Target)(nil)
	_ notify.Idempotent = (*Target)(nil)
)

// Driver makes such targets.
func Driver() notify.Driver { return notify.Driver{Open: open} }

func open(config notify.Config) (notify.Target, error) {
	var s settings
	if err := config.Settings.Decode(&s); err != nil {
		return nil, err
	}
	address, err := url.Parse(s.URL)
	if err != nil || address.Host == "" || (address.Scheme != "http" && address.Scheme != "https") {
		return nil, config.Settings.Errorf("url", "it has to look like https://hooks.example.com/vedette")
	}
	signer, err := newSigner(s.Secrets)
	if err != nil {
		return nil, config.Settings.Errorf("secrets", "%w", err)
	}
	body, err := newBody(s.Template, s.ContentType)
	if err != nil {
		return nil, config.Settings.Errorf("template", "%w", err)
	}
	if err := notify.CheckHeader("Content-Type", body.contentType); err != nil {
		return nil, config.Settings.Errorf("content_type", "%w", err)
	}
	for name, value := range s.Headers {
		if isOurs(name) {
			return nil, config.Settings.Errorf("headers", "%s is set by vedette", name)
		}
		if err := notify.CheckHeader(name, value); err != nil {
			return nil, config.Settings.Errorf("headers", "%w", err)
		}
	}
	sum := sha256.Sum256([]byte(s.URL))
	return &Target{
		config: config, address: address, headers: s.Headers, signer: signer, body: body, now: time.Now,
		// The path may hold a secret: two addresses are told apart by a hash of all.
		key: fmt.Sprintf("webhook:%s/%s", address.Host, hex.EncodeToString(sum[:4])),
	}, nil
}

// Key is the host with a hash of the address.
func (t *Target) Key() string { return t.key }

// Render writes the native form, whatever is sent in the end.
func (t *Target) Render(card *notify.Card) (notify.Rendering, error) {
	text, err := json.Marshal(newPayload(card))
	return notify.Rendering(text), err
}

// Create posts the first message of a notification.
func (t *Target) Create(ctx context.Context, nonce string, r notify.Rendering) (notify.Ref, error) {
	return t.RefOf(nonce), t.post(ctx, "created", place{nonce: nonce}, r)
}

// Edit posts that the alert has changed.
func (t *Target) Edit(ctx context.Context, ref notify.Ref, r notify.Rendering) (notify.Ref, error) {
	after := placeAt(ref).next()
	return after.ref(), t.post(ctx, "updated", after, r)
}

// Close posts that it is over.
func (t *Target) Close(ctx context.Context, ref notify.Ref, r notify.Rendering) error {
	return t.post(ctx, "closed", placeAt(ref).next(), r)
}

// RefOf is the nonce: it identifies the notification in each message.
func (t *Target) RefOf(nonce string) notify.Ref { return notify.Ref(nonce) }

// Release ends the connections.
func (t *Target) Release() error {
	t.config.HTTP.CloseIdleConnections()
	return nil
}

// post sends one message. Sent again after a failure it has the same id, by which
// whoever gets it can tell.
func (t *Target) post(ctx context.Context, kind string, p place, r notify.Rendering) error {
	at := t.now().UTC()
	id := p.messageID(kind, r)
	content, err := t.body.write(event{id: id, kind: kind, nonce: p.nonce, at: at, product: t.config.Product}, r)
	if err != nil {
		return notify.Errorf(notify.Rejected, "make the body: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, t.address.String(), bytes.NewReader(content))
	if err != nil {
		return notify.Errorf(notify.Refused, "the address cannot be used")
	}
	for name, value := range t.headers {
		request.Header.Set(name, value)
	}
	request.Header.Set("Content-Type", t.body.contentType)
	request.Header.Set("User-Agent", t.config.Product)
	t.signer.sign(request.Header, id, at, content)
	_, err = notify.Send(t.config.HTTP, request, t.secrets()...)
	return err
}

// secrets are what no error may repeat.
func (t *Target) secrets() []string {
	var secrets []string
	if uri := t.address.RequestURI(); uri != "/" {
		secrets = append(secrets, uri)
	}
	if password, ok := t.address.User.Password(); ok {
		secrets = append(secrets, password)
	}
	for _, value := range t.headers {
		secrets = append(secrets, value)
	}
	return append(secrets, t.signer.texts...)
}

// isOurs tells whether a header is not for the operator to set.
func isOurs(name string) bool {
	switch http.CanonicalHeaderKey(name) {
	case "Content-Type", "User-Agent", "Host", "Content-Length", "Webhook-Id", "Webhook-Timestamp", "Webhook-Signature":
		return true
	default:
		return false
	}
}
