package slack

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/vedettehq/vedette/internal/notify"
)

// Target tells one channel.
type Target struct {
	api     *slack.Client
	http    *http.Client
	logger  *slog.Logger
	channel string
	mention mention
	// buttons tells whether somebody listens to what people press.
	buttons bool
}

var (
	_ notify.Target    = (*Target)(nil)
	_ notify.Finder    = (*Target)(nil)
	_ notify.Mentioner = (*Target)(nil)
	_ notify.Speaker   = (*Target)(nil)
	_ notify.Paced     = (*Target)(nil)
)

// Key is the channel's id.
func (t *Target) Key() string { return "slack:" + t.channel }

// Pace is what Slack wants for messages in one channel.
func (*Target) Pace() time.Duration { return time.Second }

// Create posts a message.
func (t *Target) Create(ctx context.Context, nonce string, r notify.Rendering) (notify.Ref, error) {
	var ref notify.Ref
	err := t.show(ctx, r, func(options []slack.MsgOption) (err error) {
		ref, err = t.post(ctx, nonce, options...)
		return err
	})
	return ref, err
}

// Edit changes a message.
func (t *Target) Edit(ctx context.Context, ref notify.Ref, r notify.Rendering) (notify.Ref, error) {
	channel, ts := split(ref)
	return ref, t.show(ctx, r, func(options []slack.MsgOption) error {
		_, _, _, err := t.api.UpdateMessageContext(ctx, channel, ts, options...)
		return t.refusal(err)
	})
}

// show sends a rendering. If Slack does not take its form, people are told at least
// that there is something.
func (t *Target) show(ctx context.Context, r notify.Rendering, send func([]slack.MsgOption) error) error {
	parsed, err := parseRendering(r)
	if err != nil {
		return err
	}
	err = send(parsed.message())
	if notify.KindOf(err) != notify.Rejected {
		return err
	}
	t.logger.WarnContext(ctx, "an alert is shown in Slack by one line only: its message is not taken",
		slog.String("target", t.Key()), slog.Any("error", err))
	return send(parsed.plainly())
}

// Close changes a message for the last time.
func (t *Target) Close(ctx context.Context, ref notify.Ref, r notify.Rendering) error {
	if _, err := t.Edit(ctx, ref, r); notify.KindOf(err) != notify.Gone {
		return err
	}
	return nil
}

// Mention calls people in a reply, if it is configured whom.
func (t *Target) Mention(ctx context.Context, ref notify.Ref, nonce string, r notify.Rendering) (notify.Ref, error) {
	parsed, err := parseRendering(r)
	if err != nil || parsed.Call == "" {
		return ref, err
	}
	_, ts := split(ref)
	return t.post(ctx, nonce, append(parsed.call(), slack.MsgOptionTS(ts))...)
}

// Say posts plain text.
func (t *Target) Say(ctx context.Context, nonce, text string) (notify.Ref, error) {
	const most = 10
	return t.post(ctx, nonce, slack.MsgOptionText(escape(text, maxFallback), false), slack.MsgOptionBlocks(paragraphs(text, most)...))
}

// Release ends its connections.
func (t *Target) Release() error {
	t.http.CloseIdleConnections()
	return nil
}

// post posts something that can be found by its nonce.
func (t *Target) post(ctx context.Context, nonce string, options ...slack.MsgOption) (notify.Ref, error) {
	channel, ts, err := t.api.PostMessageContext(ctx, t.channel, append(options,
		slack.MsgOptionMetadata(slack.SlackMetadata{EventType: metadataType, EventPayload: map[string]any{metadataNonce: nonce}}),
		slack.MsgOptionDisableLinkUnfurl(),
		slack.MsgOptionDisableMediaUnfurl(),
	)...)
	if err != nil {
		return "", t.refusal(err)
	}
	return join(channel, ts), nil
}

// A message is known by its channel and the time at which it was posted, which is
// unique there.
func join(channel, ts string) notify.Ref { return notify.Ref(channel + "/" + ts) }

func split(ref notify.Ref) (channel, ts string) {
	channel, ts, _ = strings.Cut(string(ref), "/")
	return channel, ts
}
