package slack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
	"github.com/vedettehq/vedette/internal/notify/notifytest"
	"github.com/vedettehq/vedette/internal/notify/slack/slacktest"
)

const jo = "slack:U0001 (Jo)"

// deeds are actions that note what was asked for.
type deeds struct {
	mu   sync.Mutex
	done []string
	err  error
}

func (d *deeds) note(format string, args ...any) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.err != nil {
		return d.err
	}
	d.done = append(d.done, fmt.Sprintf(format, args...))
	return nil
}

func (d *deeds) fail(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.err = err
}

func (d *deeds) all() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]string{}, d.done...)
}

func (d *deeds) Acknowledge(_ context.Context, actor string, id int64) error {
	return d.note("%s acknowledges %d", actor, id)
}

func (d *deeds) Lock(_ context.Context, actor string, id int64) error {
	return d.note("%s locks %d", actor, id)
}

func (d *deeds) Unlock(_ context.Context, actor string, id int64) error {
	return d.note("%s unlocks %d", actor, id)
}

func (d *deeds) SolveAlert(_ context.Context, actor string, id int64) error {
	return d.note("%s solves %d", actor, id)
}

func (d *deeds) DropIssue(_ context.Context, actor string, id int64) error {
	return d.note("%s drops %d", actor, id)
}

func (d *deeds) SetEnabled(_ context.Context, actor, name string, enabled bool) error {
	return d.note("%s sets %s enabled %t", actor, name, enabled)
}

func (d *deeds) Refresh(_ context.Context, actor, name string, tasks monitor.Tasks) error {
	return d.note("%s refreshes %s %v", actor, name, tasks.Names())
}

func (d *deeds) Documentation(_ context.Context, name string) (string, error) {
	return "# " + name + "\n\nWhat to do: <ask> Jo.", d.note("docs of %s", name)
}

func (d *deeds) Resend(_ context.Context, actor string) (int, error) {
	return 3, d.note("%s resends", actor)
}

// inbound is a listener on a stand-in.
type inbound struct {
	*slacktest.Server
	deeds *deeds
	ctx   context.Context
}

func inboundConfig(server *slacktest.Server, more string) notify.InboundConfig {
	text := fmt.Sprintf(`{"channel":%q,"api_url":%q%s}`, channel, server.URL, more)
	return notify.InboundConfig{
		Settings: []notify.Settings{{Path: "receivers.ops.slack", JSON: monitor.Data(text)}},
		Secret:   secrets(slacktest.Token, slacktest.AppToken),
		HTTP:     &http.Client{Transport: &http.Transport{}},
		Logger:   slog.New(slog.DiscardHandler),
	}
}

// listening starts to listen, with more settings.
func listening(t *testing.T, more string, changes ...func(*notify.InboundConfig)) *inbound {
	t.Helper()
	server := slacktest.New(t)
	i := &inbound{Server: server, deeds: &deeds{}}
	var cancelWait context.CancelFunc
	i.ctx, cancelWait = context.WithTimeoutCause(t.Context(), 20*time.Second, errors.New("nothing happened in 20s"))
	ctx, cancel := context.WithCancel(t.Context())
	config := inboundConfig(server, more)
	for _, change := range changes {
		change(&config)
	}
	ended := make(chan error, 1)
	go func() { ended <- listen(ctx, config, i.deeds) }()
	t.Cleanup(func() {
		cancel()
		require.NoError(t, <-ended)
		cancelWait()
		config.HTTP.CloseIdleConnections()
	})
	require.NoError(t, server.WaitForConnection(i.ctx))
	return i
}

// hears has Jo say something, and gives the message when it is answered.
func (i *inbound) hears(t *testing.T, user, text string) slacktest.Message {
	t.Helper()
	ts, err := i.Mention(i.ctx, channel, user, text)
	require.NoError(t, err)
	var found slacktest.Message
	i.until(t, func() bool {
		for _, m := range i.Messages(channel) {
			if m.TS == ts && len(m.Replies)+len(m.Reactions) > 0 {
				found = m
				return true
			}
		}
		return false
	})
	return found
}

func (i *inbound) until(t *testing.T, is func() bool) {
	t.Helper()
	require.Eventually(t, is, 20*time.Second, time.Millisecond)
}

func TestListen_DoesWhatPeopleSay(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"ack 42":                        jo + " acknowledges 42",
		"Acknowledge alert #42, please": "",
		"ack alert #42":                 jo + " acknowledges 42",
		"lock 42":                       jo + " locks 42",
		"unlock 42":                     jo + " unlocks 42",
		"solve 42":                      jo + " solves 42",
		"drop issue 7":                  jo + " drops 7",
		"disable monitor stuck_orders":  jo + " sets stuck_orders enabled false",
		"enable `stuck_orders`":         jo + " sets stuck_orders enabled true",
		"refresh stuck_orders":          jo + " refreshes stuck_orders []",
		"refresh stuck_orders search":   jo + " refreshes stuck_orders [search]",
		"refresh monitor stuck_orders search update": jo + " refreshes stuck_orders [update search]",
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			i := listening(t, "")
			message := i.hears(t, "U0001", text)
			if want == "" {
				require.Empty(t, i.deeds.all())
				require.Len(t, message.Replies, 1)
				return
			}
			require.Equal(t, []string{want}, i.deeds.all())
			require.Equal(t, []string{"white_check_mark"}, message.Reactions)
			require.Empty(t, message.Replies)
		})
	}
}

func TestListen_AnswersInTheThread(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                     helpText,
		"help":                 helpText,
		"make coffee":          "\"make\" is nothing that can be done here\n\n" + helpText,
		"ack":                  "ack takes the number of one alert: ack 42\n\n" + helpText,
		"ack everything":       "\"everything\" is no number of an alert: ack 42\n\n" + helpText,
		"refresh orders all":   "unknown task \"all\": one of search, update\n\n" + helpText,
		"disable":              "disable what? Name a monitor: disable my_monitor\n\n" + helpText,
		"disable one two":      "disable takes one monitor at a time, and not \"two\" besides\n\n" + helpText,
		"docs stuck_orders":    "# stuck_orders\n\nWhat to do: <ask> Jo.",
		"resend notifications": "The notifications of 3 active alerts are compared with how they are, and mended.",
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			i := listening(t, "")
			message := i.hears(t, "U0001", text)
			require.Len(t, message.Replies, 1)
			require.Equal(t, want, message.Replies[0].Text)
			require.Empty(t, message.Reactions)
		})
	}
}

func TestListen_TellsPeopleWhatTheStateDoesNotAllow(t *testing.T) {
	t.Parallel()
	i := listening(t, "")
	i.deeds.fail(monitor.Errorf(monitor.CodeConflict, "alert 42 is solved already"))
	require.Equal(t, "alert 42 is solved already", i.hears(t, "U0001", "ack 42").Replies[0].Text)

	i.deeds.fail(errors.New("secret of the house"))
	require.Equal(t, "That failed for a reason that is not yours. It is in the log.", i.hears(t, "U0001", "ack 42").Replies[0].Text)
}

func TestListen_KnowsWhoMayAct(t *testing.T) {
	t.Parallel()
	people := map[string]slacktest.User{
		"U0002": {Name: "Sam", TeamID: "T9999"},
		"U0003": {Name: "Guest", TeamID: slacktest.TeamID, Guest: true},
		"U0004": {Name: "Robot", TeamID: slacktest.TeamID, Bot: true},
		"U0005": {Name: "Kim", TeamID: slacktest.TeamID},
	}
	for name, test := range map[string]struct {
		more, user, want string
	}{
		"a stranger":       {"", "U0002", "you are from another workspace: only members of this one can do that"},
		"a guest":          {"", "U0003", "guests cannot do that: whoever runs vedette can add U0003 to responders in the configuration"},
		"a bot":            {"", "U0004", "only people can do that"},
		"somebody else":    {`,"responders":["U0005"]`, "U0001", "you are not among the responders: whoever runs vedette can add U0001 to responders in the configuration"},
		"nobody knows":     {"", "U0009", "it cannot be found out who you are: Slack answers user_not_found"},
		"a member":         {"", "U0005", ""},
		"a responder":      {`,"responders":["U0001","U0005"]`, "U0005", ""},
		"a guest by name":  {`,"responders":["U0003"]`, "U0003", ""},
		"stranger by name": {`,"responders":["U0002"]`, "U0002", "you are from another workspace: only members of this one can do that"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := listening(t, test.more)
			for id, user := range people {
				i.SetUser(id, user)
			}
			message := i.hears(t, test.user, "ack 42")
			if test.want == "" {
				require.Len(t, i.deeds.all(), 1)
				return
			}
			require.Empty(t, i.deeds.all())
			require.Equal(t, test.want, message.Replies[0].Text)
		})
	}
}

func TestListen_SaysItInWordsWhereItMayNotReact(t *testing.T) {
	t.Parallel()
	i := listening(t, "")
	i.Revoke("reactions:write")
	require.Equal(t, "Done.", i.hears(t, "U0001", "ack 42").Replies[0].Text)
}

func TestListen_DoesWhatButtonsSay(t *testing.T) {
	t.Parallel()
	i := listening(t, "")
	target := opened(t, i.Server)
	r, err := target.Render(notifytest.Card(func(c *notify.Card) {
		c.CanSolve, c.Locked, c.URL, c.DocsURL = true, true, "", ""
	}))
	require.NoError(t, err)
	_, err = target.Create(t.Context(), "n", r)
	require.NoError(t, err)
	message := i.Messages(channel)[0]
	for _, b := range message.Buttons {
		require.NoError(t, i.Press(i.ctx, channel, message.TS, "U0001", b))
	}
	want := []string{
		jo + " acknowledges 42", jo + " locks 42", jo + " unlocks 42", jo + " solves 42", "docs of stuck_orders",
	}
	i.until(t, func() bool { return len(i.deeds.all()) == len(want) })
	require.ElementsMatch(t, want, i.deeds.all())
	i.until(t, func() bool { return len(i.Messages(channel)) == 2 })
	whispered := i.Messages(channel)[1]
	require.Equal(t, "U0001", whispered.For)
	require.Contains(t, whispered.Text, "What to do")
}

func TestListen_TellsOnlyWhoPressedThatItIsOver(t *testing.T) {
	t.Parallel()
	i := listening(t, "")
	i.deeds.fail(monitor.Errorf(monitor.CodeConflict, "alert 42 is solved already"))
	ts := i.Post(channel, slacktest.BotID, "an alert")
	require.NoError(t, i.Press(i.ctx, channel, ts, "U0001", slacktest.Button{ActionID: "acknowledge", Value: "42"}))
	i.until(t, func() bool { return len(i.Messages(channel)) == 2 })
	require.Equal(t, "U0001", i.Messages(channel)[1].For)
	require.Equal(t, "alert 42 is solved already", i.Messages(channel)[1].Text)
}

func TestListen_LeavesLinksAndStrangeButtonsAlone(t *testing.T) {
	t.Parallel()
	i := listening(t, "")
	ts := i.Post(channel, slacktest.BotID, "an alert")
	for _, b := range []slacktest.Button{{ActionID: "open", Value: "42"}, {ActionID: "docs", Value: "42"}, {ActionID: "lock", Value: "x"}, {ActionID: "launch", Value: "1"}} {
		require.NoError(t, i.Press(i.ctx, channel, ts, "U0001", b))
	}
	i.hears(t, "U0001", "ack 42")
	require.Equal(t, []string{jo + " acknowledges 42"}, i.deeds.all())
}

func TestListen_ConnectsAgain(t *testing.T) {
	t.Parallel()
	i := listening(t, "")
	require.NoError(t, i.Garbage())
	i.hears(t, "U0001", "ack 1")
	i.Disconnect()
	i.hears(t, "U0001", "ack 2")
	require.NoError(t, i.Renew())
	i.until(t, func() bool { return i.Opens() == 3 })
	i.hears(t, "U0001", "ack 3")
	require.Len(t, i.deeds.all(), 3)
}

func TestListen_SaysWhatAPersonHasToMend(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		token, appToken, want string
	}{
		"wrong token":     {"xoxb-wrong", slacktest.AppToken, "SLACK_TOKEN is not valid for the workspace: take the bot's token, xoxb-..., from OAuth & Permissions of the Slack app (invalid_auth)"},
		"wrong app token": {slacktest.Token, "xapp-wrong", "SLACK_APP_TOKEN is not valid: make an app-level token with the scope connections:write under Basic Information of the Slack app (invalid_auth)"},
		"mixed up":        {slacktest.Token, slacktest.Token, "SLACK_APP_TOKEN has to be an app-level token, xapp-..., with the scope connections:write"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := inboundConfig(slacktest.New(t), "")
			config.Secret = secrets(test.token, test.appToken)
			err := listen(t.Context(), config, &deeds{})
			require.EqualError(t, err, test.want)
			config.HTTP.CloseIdleConnections()
		})
	}
}

func TestListen_ListensToNobodyWithoutAnAppToken(t *testing.T) {
	t.Parallel()
	server := slacktest.New(t)
	config := inboundConfig(server, "")
	config.Secret = secrets(slacktest.Token, "")
	require.NoError(t, listen(t.Context(), config, &deeds{}))
	require.Empty(t, server.Calls())
}

func TestListen_WantsOneWorkspace(t *testing.T) {
	t.Parallel()
	config := inboundConfig(slacktest.New(t), "")
	config.Settings = append(config.Settings, notify.Settings{Path: "receivers.gov.slack", JSON: `{"channel":"C2","api_url":"https://slack-gov.com/api"}`})
	err := listen(t.Context(), config, &deeds{})
	require.EqualError(t, err, "receivers.gov.slack.api_url: it has to be the same for all receivers, as there is one SLACK_APP_TOKEN")
}

func TestListen_LogsNoSecret(t *testing.T) {
	t.Parallel()
	server := slacktest.New(t)
	var logs strings.Builder
	var mu sync.Mutex
	config := inboundConfig(server, "")
	config.Logger = slog.New(slog.NewTextHandler(lockedWriter{&mu, &logs}, &slog.HandlerOptions{Level: slog.LevelDebug}))
	server.RefuseConnections("internal_error")
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- listen(ctx, config, &deeds{}) }()
	require.Eventually(t, func() bool { return server.Opens() > 1 }, 20*time.Second, time.Millisecond)
	server.RefuseConnections("")
	require.NoError(t, server.WaitForConnection(ctx))
	cancel()
	require.NoError(t, <-ended)
	config.HTTP.CloseIdleConnections()
	mu.Lock()
	defer mu.Unlock()
	require.Contains(t, logs.String(), "internal_error")
	require.NotContains(t, logs.String(), "SECRET")
}

type lockedWriter struct {
	mu *sync.Mutex
	to *strings.Builder
}

func (w lockedWriter) Write(text []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.to.Write(text)
}
