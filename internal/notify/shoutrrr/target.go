package shoutrrr

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
)

// settings are what the configuration says.
type settings struct {
	URL string `json:"url"`
}

// Target writes to one service.
type Target struct {
	service string
	key     string
	// parts are what no error may repeat, longest first.
	parts []string
	queue *queue
}

var (
	_ notify.Target    = (*Target)(nil)
	_ notify.Selective = (*Target)(nil)
	_ notify.Speaker   = (*Target)(nil)
)

// Driver makes such targets.
func Driver() notify.Driver { return notify.Driver{Open: open} }

func open(config notify.Config) (notify.Target, error) {
	var s settings
	if err := config.Settings.Decode(&s); err != nil {
		return nil, err
	}
	address := monitor.NewSecret(s.URL)
	name, service, err := openService(config, address)
	if err != nil {
		return nil, err
	}
	return newTarget(name, address, service), nil
}

func newTarget(name string, address monitor.Secret, service client) *Target {
	sum := sha256.Sum256([]byte(address.Reveal()))
	return &Target{
		service: name, key: "shoutrrr:" + name + "/" + hex.EncodeToString(sum[:4]),
		parts: partsOf(address.Reveal()), queue: newQueue(service.send),
	}
}

// Key is the service with a hash of the URL, which itself lets anybody write there.
func (t *Target) Key() string { return t.key }

// Render writes a few lines.
func (t *Target) Render(card *notify.Card) (notify.Rendering, error) {
	text, err := json.Marshal(newRendering(card))
	return notify.Rendering(text), err
}

// Significant leaves out the issues: what was sent stays, so that each change is
// another message.
func (t *Target) Significant(r notify.Rendering) string {
	read, err := readRendering(r)
	if err != nil {
		return string(r)
	}
	return fmt.Sprintf("%d %t %s", read.Priority, read.Acknowledged, read.Closed)
}

// Create sends the first message.
func (t *Target) Create(ctx context.Context, nonce string, r notify.Rendering) (notify.Ref, error) {
	read, err := readRendering(r)
	if err != nil {
		return "", err
	}
	return t.write(ctx, nonce, read.Text)
}

// Edit sends another message that says how it is now.
func (t *Target) Edit(ctx context.Context, ref notify.Ref, r notify.Rendering) (notify.Ref, error) {
	return t.Create(ctx, string(ref), r)
}

// Close sends a message that says that it is over.
func (t *Target) Close(ctx context.Context, ref notify.Ref, r notify.Rendering) error {
	_, err := t.Create(ctx, string(ref), r)
	return err
}

// Say sends a message of its own.
func (t *Target) Say(ctx context.Context, nonce, text string) (notify.Ref, error) {
	return t.write(ctx, nonce, notify.Shorten(plain(text), maxText))
}

// Release has nothing to end: the library keeps its connections to itself.
func (*Target) Release() error { return nil }

// write sends a text with the nonce below it, which tells what belongs together.
func (t *Target) write(ctx context.Context, nonce, text string) (notify.Ref, error) {
	if err := t.refusal(t.queue.put(ctx, nonce+text, text+"\nvedette "+nonce)); err != nil {
		return "", err
	}
	return notify.Ref(nonce), nil
}

func readRendering(r notify.Rendering) (rendering, error) {
	var read rendering
	if err := json.Unmarshal([]byte(r), &read); err != nil {
		return read, notify.Errorf(notify.Rejected, "read the rendering: %w", err)
	}
	return read, nil
}
