package slack

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
	"github.com/vedettehq/vedette/internal/pause"
	"github.com/vedettehq/vedette/internal/telemetry"
)

const (
	// pluginName is what metrics call it.
	pluginName = "slack"
	// actTimeout bounds what one person asks for, answer included.
	actTimeout = 30 * time.Second
	// maxEnvelope bounds what comes at a time, in bytes.
	maxEnvelope = 4 << 20
	// atOnce is how many people may ask for something at a time.
	atOnce = 32
)

// listener does what people ask for.
type listener struct {
	config  notify.InboundConfig
	api     *slack.Client
	socket  *socketmode.Client
	actions notify.Actions
	people  *people
	// bot is the id by which people call us.
	bot string

	connection *telemetry.Trouble
	busy       chan struct{}
	acting     sync.WaitGroup
}

// listen listens over Socket Mode, which needs no address that Slack can reach.
func listen(ctx context.Context, config notify.InboundConfig, actions notify.Actions) error {
	appToken := config.Secret(appTokenName)
	if !appToken.IsSet() {
		config.Logger.InfoContext(ctx, "nobody can act from Slack: "+appTokenName+" is not set")
		return nil
	}
	l, err := newListener(config, appToken, actions)
	if err != nil {
		return err
	}
	if err := l.introduce(ctx); err != nil {
		return err
	}
	return l.run(ctx)
}

func newListener(config notify.InboundConfig, appToken monitor.Secret, actions notify.Actions) (*listener, error) {
	if !strings.HasPrefix(appToken.Reveal(), "xapp-") {
		return nil, notify.Errorf(notify.Refused, "%s has to be an app-level token, xapp-..., with the scope connections:write", appTokenName)
	}
	s, err := mergeSettings(config.Settings)
	if err != nil {
		return nil, err
	}
	token := config.Secret(tokenName)
	if err := checkToken(config.Settings[0], token); err != nil {
		return nil, err
	}
	api := newAPI(token, s.APIURL, &unhurried{Client: config.HTTP}, config.Product, slack.OptionAppLevelToken(appToken.Reveal()))
	return &listener{
		config:     config,
		api:        api,
		socket:     socketmode.New(api, socketmode.OptionReadLimit(maxEnvelope)),
		actions:    actions,
		people:     newPeople(api, s.Responders),
		connection: telemetry.NewTrouble(config.Logger, "the connection to Slack"),
		busy:       make(chan struct{}, atOnce),
	}, nil
}

// mergeSettings makes one of those of all targets.
func mergeSettings(all []notify.Settings) (settings, error) {
	var merged settings
	for _, one := range all {
		s, err := readSettings(one)
		if err != nil {
			return merged, err
		}
		if merged.APIURL != "" && merged.APIURL != s.APIURL {
			return merged, one.Errorf("api_url", "it has to be the same for all receivers, as there is one %s", appTokenName)
		}
		merged.APIURL = s.APIURL
		merged.Responders = append(merged.Responders, s.Responders...)
	}
	return merged, nil
}

// introduce finds out who we are there, as soon as Slack says.
func (l *listener) introduce(ctx context.Context) error {
	trouble := telemetry.NewTrouble(l.config.Logger, "finding out who we are in Slack")
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		self, err := l.api.AuthTestContext(ctx)
		if err == nil {
			trouble.Note(ctx, nil)
			l.bot = self.UserID
			l.people.isHome(self.TeamID, self.EnterpriseID)
			return nil
		}
		err = refusal(err, "the workspace")
		if ctx.Err() != nil || notify.KindOf(err) == notify.Refused {
			return stopped(ctx, err)
		}
		trouble.Note(ctx, err)
		// ctx is looked at in the next turn.
		_ = pause.For(ctx, max(wait, notify.RetryAfter(err)))
	}
}

// run takes what comes until ctx ends. What was taken is done to its end.
func (l *listener) run(ctx context.Context) error {
	ended := make(chan error, 1)
	go func() { ended <- l.socket.RunContext(ctx) }()
	defer l.config.Metrics.Disconnected(pluginName)
	defer l.acting.Wait()
	for {
		select {
		case err := <-ended:
			return stopped(ctx, l.connectionRefusal(err))
		case event := <-l.socket.Events:
			l.take(ctx, &event)
		}
	}
}

// stopped is nil if ctx has ended: everything fails then.
func stopped(ctx context.Context, err error) error {
	select {
	case <-ctx.Done():
		return nil
	default:
		return err
	}
}

// connectionRefusal says what a person has to mend so that we can listen.
func (*listener) connectionRefusal(err error) error {
	if answer, ok := errors.AsType[slack.SlackErrorResponse](err); ok {
		return notify.Errorf(notify.Refused, "%s is not valid: make an app-level token with the scope connections:write under Basic Information of the Slack app (%s)",
			appTokenName, answer.Err)
	}
	return refusal(err, "the workspace")
}

// take acknowledges what comes, as Slack wants within three seconds, and has it done.
func (l *listener) take(ctx context.Context, event *socketmode.Event) {
	switch event.Type {
	case socketmode.EventTypeConnecting, socketmode.EventTypeDisconnect:
		l.config.Metrics.Disconnected(pluginName)
	case socketmode.EventTypeConnected:
		l.connection.Note(ctx, nil)
		l.config.Metrics.Connected(pluginName)
		l.config.Logger.DebugContext(ctx, "connected to Slack")
	case socketmode.EventTypeConnectionError:
		if failed, ok := event.Data.(*slack.ConnectionErrorEvent); ok {
			l.connection.Note(ctx, refusal(failed.ErrorObj, "the workspace"))
		}
	case socketmode.EventTypeEventsAPI:
		l.acknowledge(ctx, event)
		if said, ok := event.Data.(slackevents.EventsAPIEvent); ok {
			if mentioned, ok := said.InnerEvent.Data.(*slackevents.AppMentionEvent); ok {
				l.act(ctx, func(ctx context.Context) { l.hear(ctx, mentioned) })
			}
		}
	case socketmode.EventTypeInteractive:
		l.acknowledge(ctx, event)
		if pressed, ok := event.Data.(slack.InteractionCallback); ok && pressed.Type == slack.InteractionTypeBlockActions {
			l.act(ctx, func(ctx context.Context) { l.press(ctx, &pressed) })
		}
	case socketmode.EventTypeErrorBadMessage:
		l.config.Logger.WarnContext(ctx, "Slack sent what cannot be understood", slog.Any("error", causeOf(event)))
	default:
		// The library has dealt with the others.
	}
}

func causeOf(event *socketmode.Event) error {
	if bad, ok := event.Data.(*socketmode.ErrorBadMessage); ok {
		return bad.Cause
	}
	return nil
}

func (l *listener) acknowledge(ctx context.Context, event *socketmode.Event) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if err := l.socket.AckCtx(ctx, event.Request.EnvelopeID, nil); err != nil {
		l.config.Logger.WarnContext(ctx, "what came from Slack could not be acknowledged: it may come again", slog.Any("error", err))
	}
}

// act does something beside what else comes. It is done even if we stop meanwhile:
// nobody else gets what was acknowledged.
func (l *listener) act(ctx context.Context, do func(context.Context)) {
	l.busy <- struct{}{}
	l.acting.Go(func() {
		defer func() { <-l.busy }()
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), actTimeout)
		defer cancel()
		defer func() {
			if reason := recover(); reason != nil {
				l.config.Logger.ErrorContext(ctx, "panic over what came from Slack", slog.Any("reason", reason))
			}
		}()
		do(ctx)
	})
}
