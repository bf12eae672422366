package slack

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"strconv"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"github.com/vedettehq/vedette/internal/monitor"
)

// place is where somebody said or pressed something.
type place struct {
	channel, user string
	// message is what they said, or the message with the button; thread is where
	// replies go.
	message, thread string
}

// hear does what somebody said, and answers where they said it.
func (l *listener) hear(ctx context.Context, said *slackevents.AppMentionEvent) {
	if said.BotID != "" || said.User == "" || said.User == l.bot {
		return
	}
	at := place{channel: said.Channel, user: said.User, message: said.TimeStamp, thread: said.ThreadTimeStamp}
	if at.thread == "" {
		at.thread = at.message
	}
	asked, err := parseCommand(said.Text)
	if err != nil {
		l.note(ctx, at.user, cmp.Or(asked.verb, "unknown"), monitor.Errorf(monitor.CodeInvalid, "%w", err))
		l.reply(ctx, at, err.Error()+"\n\n"+helpText)
		return
	}
	if asked.verb == help {
		l.reply(ctx, at, helpText)
		return
	}
	answer, err := l.obey(ctx, at.user, &asked)
	switch {
	case err != nil:
		l.reply(ctx, at, l.excuse(ctx, at, err))
	case answer != "":
		l.reply(ctx, at, answer)
	default:
		l.nod(ctx, at)
	}
}

// press does what a button says. That it was done shows on the message itself.
func (l *listener) press(ctx context.Context, pressed *slack.InteractionCallback) {
	at := place{
		channel: pressed.Container.ChannelID, user: pressed.User.ID,
		message: pressed.Container.MessageTs, thread: pressed.Container.ThreadTs,
	}
	for _, action := range pressed.ActionCallback.BlockActions {
		asked, ok := meant(action)
		if !ok {
			continue
		}
		answer, err := l.obey(ctx, at.user, &asked)
		if err != nil {
			answer = l.excuse(ctx, at, err)
		}
		if answer != "" {
			l.whisper(ctx, at, answer)
		}
	}
}

// meant is what a button asks for; false if it is only a link.
func meant(action *slack.BlockAction) (command, bool) {
	v, ok := map[string]verb{
		actAcknowledge: ack, actLock: lock, actUnlock: unlock, actSolve: solve, actShowDocs: docs,
	}[action.ActionID]
	if v == docs {
		return command{verb: docs, monitor: action.Value}, true
	}
	id, err := strconv.ParseInt(action.Value, 10, 64)
	return command{verb: v, id: id}, ok && err == nil
}

// obey does what somebody asks for, and notes what became of it.
func (l *listener) obey(ctx context.Context, user string, asked *command) (answer string, err error) {
	answer, err = l.do(ctx, user, asked)
	l.note(ctx, user, asked.verb, err)
	return answer, err
}

// note counts what became of a command, and records what was refused, which no event
// tells of. What failed is logged where it is excused.
func (l *listener) note(ctx context.Context, user string, v verb, err error) {
	l.config.Metrics.Commanded(pluginName, string(v), err)
	if err != nil && monitor.CodeOf(err) != monitor.CodeInternal {
		l.config.Logger.InfoContext(ctx, "refused in Slack", slog.String("user", user), slog.String("command", string(v)), slog.Any("error", err))
	}
}

// do does it in their name, if they may.
func (l *listener) do(ctx context.Context, user string, asked *command) (answer string, err error) {
	actor, err := l.people.actor(ctx, user)
	if err != nil {
		return "", err
	}
	l.config.Logger.InfoContext(ctx, "asked for in Slack", slog.String("actor", actor), slog.String("command", string(asked.verb)),
		slog.String("monitor", asked.monitor), slog.Int64("id", asked.id))
	switch asked.verb {
	case ack:
		err = l.actions.Acknowledge(ctx, actor, asked.id)
	case lock:
		err = l.actions.Lock(ctx, actor, asked.id)
	case unlock:
		err = l.actions.Unlock(ctx, actor, asked.id)
	case solve:
		err = l.actions.SolveAlert(ctx, actor, asked.id)
	case drop:
		err = l.actions.DropIssue(ctx, actor, asked.id)
	case enable, disable:
		err = l.actions.SetEnabled(ctx, actor, asked.monitor, asked.verb == enable)
	case refresh:
		err = l.actions.Refresh(ctx, actor, asked.monitor, asked.tasks)
	case docs:
		return l.documentation(ctx, asked.monitor)
	case resend:
		alerts, err := l.actions.Resend(ctx, actor)
		return fmt.Sprintf("The notifications of %d active alerts are compared with how they are, and mended.", alerts), err
	default:
		return helpText, nil
	}
	return "", err
}

func (l *listener) documentation(ctx context.Context, name string) (string, error) {
	text, err := l.actions.Documentation(ctx, name)
	if err == nil && text == "" {
		return fmt.Sprintf("Monitor %q has no README.md.", name), nil
	}
	return text, err
}

// excuse says what somebody can make of an error. What is our own fault is for the
// log.
func (l *listener) excuse(ctx context.Context, at place, err error) string {
	if monitor.CodeOf(err) != monitor.CodeInternal {
		return err.Error()
	}
	l.config.Logger.ErrorContext(ctx, "what was asked for in Slack failed", slog.String("user", at.user), slog.Any("error", err))
	return "That failed for a reason that is not yours. It is in the log."
}
