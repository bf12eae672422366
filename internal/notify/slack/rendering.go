package slack

import (
	"encoding/json"

	"github.com/slack-go/slack"

	"github.com/vedettehq/vedette/internal/notify"
)

// rendering is a card as a message.
type rendering struct {
	// Text is what notifications of telephones show, and programs that read aloud.
	Text string `json:"text"`
	// Blocks head the message; Attachment holds the rest, beside a bar that has the
	// colour of the priority.
	Blocks     slack.Blocks     `json:"blocks"`
	Attachment slack.Attachment `json:"attachment"`
	// Call says in a reply who is called; empty: nobody. Everybody is set if it is
	// everybody there.
	Call      string `json:"call,omitempty"`
	Everybody bool   `json:"everybody,omitempty"`
	// About says in that reply what for.
	About string `json:"about"`
}

// Render brings a card into blocks.
func (t *Target) Render(card *notify.Card) (notify.Rendering, error) {
	calling := t.mention
	if card.Mention != "" {
		var err error
		if calling, err = parseMention(card.Mention); err != nil {
			// It is better shown without calling than not at all.
			calling = mention{text: escape(card.Mention, maxFallback)}
		}
	}
	line := escape(summary(card), maxFallback)
	text, err := json.Marshal(rendering{
		Text:   line,
		Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewHeaderBlock(plain(oneLine(card.Title), maxHeader))}},
		Attachment: slack.Attachment{
			Color: notify.Colour(card.Priority, card.Closed), //nolint:misspell // the library's name
			// Without it, telephones show that there is no preview.
			Fallback: line,
			Blocks:   slack.Blocks{BlockSet: t.body(card)},
		},
		Call:      calling.text,
		Everybody: calling.everybody,
		About:     summary(card),
	})
	return notify.Rendering(text), err
}

func parseRendering(r notify.Rendering) (rendering, error) {
	var parsed rendering
	if err := json.Unmarshal([]byte(r), &parsed); err != nil {
		return parsed, notify.Errorf(notify.Rejected, "read the rendering: %w", err)
	}
	return parsed, nil
}

// message is what shows a rendering.
func (r *rendering) message() []slack.MsgOption {
	return []slack.MsgOption{
		slack.MsgOptionText(r.Text, false),
		slack.MsgOptionBlocks(r.Blocks.BlockSet...),
		slack.MsgOptionAttachments(r.Attachment),
		slack.MsgOptionParse(false),
	}
}

// plainly is what is shown in place of a message that Slack does not take.
func (r *rendering) plainly() []slack.MsgOption {
	return []slack.MsgOption{
		slack.MsgOptionText(r.Text, false),
		slack.MsgOptionBlocks(slack.NewSectionBlock(plain(r.About, maxSection), nil, nil)),
		slack.MsgOptionAttachments([]slack.Attachment{}...),
		slack.MsgOptionParse(false),
	}
}

// call is the reply that calls people.
func (r *rendering) call() []slack.MsgOption {
	options := []slack.MsgOption{
		slack.MsgOptionText(r.Call+" "+r.Text, false),
		slack.MsgOptionBlocks(
			slack.NewSectionBlock(words(r.Call), nil, nil),
			slack.NewContextBlock("", plain(r.About, maxSection)),
		),
		slack.MsgOptionParse(false),
	}
	if r.Everybody {
		// Inside a thread, Slack wakes nobody for @here and its like.
		options = append(options, slack.MsgOptionBroadcast())
	}
	return options
}
