package notifytest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/vedettehq/vedette/internal/notify"
)

// Chat is a target inside the process that can do all that a target can, and its
// own service: for tests of whoever uses targets.
type Chat struct {
	// Name is its key.
	Name string

	mu       sync.Mutex
	messages []Message
	failures []Failure
	calls    []string
}

var (
	_ notify.Target    = (*Chat)(nil)
	_ notify.Finder    = (*Chat)(nil)
	_ notify.Mentioner = (*Chat)(nil)
	_ notify.Speaker   = (*Chat)(nil)
	_ Service          = (*Chat)(nil)
)

// Key names it.
func (c *Chat) Key() string { return c.Name }

// chatCard is the form of its renderings.
type chatCard struct {
	Text   string
	Closed bool
}

// Render writes the card as a few lines.
func (*Chat) Render(card *notify.Card) (notify.Rendering, error) {
	lines := []string{fmt.Sprintf("%s: %s, %d active", card.Title, card.Priority, card.ActiveIssues)}
	if card.Acknowledged {
		lines = append(lines, "acknowledged")
	}
	lines = append(lines, strings.Join(card.Fields, " "))
	const most = 50
	for i, row := range card.Issues {
		if i == most {
			break
		}
		lines = append(lines, strings.Join(row.Values, " "))
	}
	if more := card.ActiveIssues - min(len(card.Issues), most); more > 0 {
		lines = append(lines, fmt.Sprintf("%d more", more))
	}
	if card.Closed != "" {
		lines = append(lines, string(card.Closed))
	}
	text, err := json.Marshal(chatCard{Text: strings.Join(lines, "\n"), Closed: card.Closed != ""})
	return notify.Rendering(text), err
}

// Create adds a message.
func (c *Chat) Create(ctx context.Context, nonce string, r notify.Rendering) (notify.Ref, error) {
	return c.change(ctx, "create", func() error {
		c.messages = append(c.messages, Message{Nonce: nonce, Text: read(r).Text, Closed: read(r).Closed})
		return nil
	}, nonce)
}

// Edit changes a message.
func (c *Chat) Edit(ctx context.Context, ref notify.Ref, r notify.Rendering) (notify.Ref, error) {
	return c.change(ctx, "edit", func() error {
		i := c.index(string(ref))
		if i < 0 {
			return notify.Errorf(notify.Gone, "message %s is gone", ref)
		}
		c.messages[i].Text, c.messages[i].Closed = read(r).Text, read(r).Closed
		return nil
	}, string(ref))
}

// Close changes a message for the last time.
func (c *Chat) Close(ctx context.Context, ref notify.Ref, r notify.Rendering) error {
	_, err := c.change(ctx, "close", func() error {
		if i := c.index(string(ref)); i >= 0 {
			c.messages[i].Text, c.messages[i].Closed = read(r).Text, true
		}
		return nil
	}, string(ref))
	return err
}

// Find looks for a message or a reply.
func (c *Chat) Find(_ context.Context, nonce string, parent notify.Ref) (notify.Ref, bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls = append(c.calls, "find")
	if parent == "" {
		return notify.Ref(nonce), c.index(nonce) >= 0, nil
	}
	i := c.index(string(parent))
	return notify.Ref(nonce), i >= 0 && slices.ContainsFunc(c.messages[i].Replies, func(reply string) bool {
		return strings.HasSuffix(reply, nonce)
	}), nil
}

// Mention adds a reply.
func (c *Chat) Mention(ctx context.Context, ref notify.Ref, nonce string, _ notify.Rendering) (notify.Ref, error) {
	return c.change(ctx, "mention", func() error {
		i := c.index(string(ref))
		if i < 0 {
			return notify.Errorf(notify.Gone, "message %s is gone", ref)
		}
		c.messages[i].Replies = append(c.messages[i].Replies, "@here "+nonce)
		return nil
	}, nonce)
}

// Say adds a message.
func (c *Chat) Say(ctx context.Context, nonce, text string) (notify.Ref, error) {
	return c.change(ctx, "say", func() error {
		c.messages = append(c.messages, Message{Nonce: nonce, Text: text})
		return nil
	}, nonce)
}

// Release does nothing.
func (*Chat) Release() error { return nil }

// change does what a call is for, unless it is to fail.
func (c *Chat) change(ctx context.Context, name string, do func() error, ref string) (notify.Ref, error) {
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls = append(c.calls, name)
	var failure Failure
	if len(c.failures) > 0 {
		failure, c.failures = c.failures[0], c.failures[1:]
	}
	switch failure {
	case Break:
		return "", notify.Errorf(notify.Temporary, "500")
	case Throttle:
		err := notify.Errorf(notify.Throttled, "429")
		err.RetryAfter = PauseSeconds * time.Second
		return "", err
	case Refuse:
		return "", notify.Errorf(notify.Refused, "no such channel")
	case LoseAnswer:
		if err := do(); err != nil {
			return "", err
		}
		return "", notify.Errorf(notify.Temporary, "connection cut")
	default:
		return notify.Ref(ref), do()
	}
}

func (c *Chat) index(nonce string) int {
	return slices.IndexFunc(c.messages, func(m Message) bool { return m.Nonce == nonce })
}

func read(r notify.Rendering) chatCard {
	var card chatCard
	if err := json.Unmarshal([]byte(r), &card); err != nil {
		panic(err)
	}
	return card
}

// Messages lists what there is.
func (c *Chat) Messages() []Message {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.messages)
}

// Remove takes a message away.
func (c *Chat) Remove(nonce string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.messages = slices.DeleteFunc(c.messages, func(m Message) bool { return m.Nonce == nonce })
	return true
}

// Fail has the next calls fail.
func (c *Chat) Fail(failures ...Failure) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.failures = append(c.failures, failures...)
}

// Heal takes back the failures that are still to come.
func (c *Chat) Heal() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.failures = nil
}

// Calls lists the calls since it was last asked.
func (c *Chat) Calls() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	calls := c.calls
	c.calls = nil
	return calls
}
