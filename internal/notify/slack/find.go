package slack

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"github.com/slack-go/slack"

	"github.com/vedettehq/vedette/internal/notify"
)

// What the metadata of our messages holds.
const (
	metadataType  = "vedette_notification"
	metadataNonce = "nonce"
)

const (
	// findPages bounds how much of the history is looked through: the newest
	// messages first, as an attempt whose end nobody knows is usually minutes old.
	findPages = 10
	// findPage is how many messages Slack gives at a time without complaint.
	findPage = 200
	// clockSkew is by how much Slack's clock may be before ours.
	clockSkew = 10 * time.Minute
)

// Find looks for the nonce in the metadata of what was posted since the nonce was
// made.
func (t *Target) Find(ctx context.Context, nonce string, parent notify.Ref) (notify.Ref, bool, error) {
	oldest := since(nonce)
	cursor := ""
	for range findPages {
		messages, next, err := t.page(ctx, parent, oldest, cursor)
		if err != nil {
			return "", false, t.refusal(err)
		}
		for i := range messages {
			metadata := &messages[i].Metadata
			if metadata.EventType == metadataType && metadata.EventPayload[metadataNonce] == nonce {
				return join(t.channel, messages[i].Timestamp), true, nil
			}
		}
		if next == "" {
			return "", false, nil
		}
		cursor = next
	}
	t.logger.WarnContext(ctx, "too much was written in Slack since to say whether a message arrived: it is sent, perhaps once more",
		slog.String("target", t.Key()), slog.Int("messages", findPages*findPage))
	return "", false, nil
}

// page reads a part of the channel's history, or of the replies to a message.
func (t *Target) page(ctx context.Context, parent notify.Ref, oldest, cursor string) ([]slack.Message, string, error) {
	if parent != "" {
		channel, ts := split(parent)
		messages, _, next, err := t.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
			ChannelID: channel, Timestamp: ts, Oldest: oldest, Cursor: cursor, Limit: findPage, IncludeAllMetadata: true,
		})
		return messages, next, err
	}
	history, err := t.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
		ChannelID: t.channel, Oldest: oldest, Cursor: cursor, Limit: findPage, IncludeAllMetadata: true,
	})
	if err != nil {
		return nil, "", err
	}
	return history.Messages, history.ResponseMetaData.NextCursor, nil
}

// since is before a nonce was made, which a UUID of version 7 tells, in Slack's form;
// empty if it does not.
func since(nonce string) string {
	id, err := uuid.Parse(nonce)
	if err != nil || id.Version() != 7 {
		return ""
	}
	seconds, nanos := id.Time().UnixTime()
	return fmt.Sprintf("%d.000000", time.Unix(seconds, nanos).Add(-clockSkew).Unix())
}
