package slack

import (
	"context"
	"log/slog"

	"github.com/slack-go/slack"
)

// answerSections bounds an answer: so much is read in a thread.
const answerSections = 5

// reply answers in the thread.
func (l *listener) reply(ctx context.Context, at place, text string) {
	_, _, err := l.api.PostMessageContext(ctx, at.channel, append(answer(text), slack.MsgOptionTS(at.thread))...)
	l.noteAnswer(ctx, at, err)
}

// whisper answers so that nobody else sees it.
func (l *listener) whisper(ctx context.Context, at place, text string) {
	options := answer(text)
	if at.thread != "" {
		options = append(options, slack.MsgOptionTS(at.thread))
	}
	_, err := l.api.PostEphemeralContext(ctx, at.channel, at.user, options...)
	l.noteAnswer(ctx, at, err)
}

// nod says that it is done, without words if it can.
func (l *listener) nod(ctx context.Context, at place) {
	err := l.api.AddReactionContext(ctx, "white_check_mark", slack.NewRefToMessage(at.channel, at.message))
	if err != nil {
		l.config.Logger.DebugContext(ctx, "no reaction in Slack", slog.Any("error", refusal(err, "channel "+at.channel)))
		l.reply(ctx, at, "Done.")
	}
}

func answer(text string) []slack.MsgOption {
	return []slack.MsgOption{
		slack.MsgOptionText(escape(text, maxFallback), false),
		slack.MsgOptionBlocks(paragraphs(text, answerSections)...),
		slack.MsgOptionDisableLinkUnfurl(),
		slack.MsgOptionDisableMediaUnfurl(),
		slack.MsgOptionParse(false),
	}
}

func (l *listener) noteAnswer(ctx context.Context, at place, err error) {
	if err != nil {
		l.config.Logger.WarnContext(ctx, "no answer could be given in Slack",
			slog.String("user", at.user), slog.Any("error", refusal(err, "channel "+at.channel)))
	}
}
