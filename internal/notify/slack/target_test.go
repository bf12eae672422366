package slack

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/slack-go/slack"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
	"github.com/vedettehq/vedette/internal/notify/notifytest"
	"github.com/vedettehq/vedette/internal/notify/slack/slacktest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const channel = "C0001"

// config is a configuration with these settings beside the address.
func config(settings string) notify.Config {
	return notify.Config{
		Receiver: "ops",
		Settings: notify.Settings{Path: "receivers.ops.slack", JSON: monitor.Data(settings)},
		Secret:   secrets(slacktest.Token, slacktest.AppToken),
		HTTP:     &http.Client{Transport: &http.Transport{}},
		Logger:   slog.New(slog.DiscardHandler),
		Product:  "vedette/test",
	}
}

func secrets(token, appToken string) func(string) monitor.Secret {
	return func(name string) monitor.Secret {
		return monitor.NewSecret(map[string]string{tokenName: token, appTokenName: appToken}[name])
	}
}

// opened makes a target that tells a stand-in.
func opened(t *testing.T, server *slacktest.Server) *Target {
	t.Helper()
	target, err := open(config(fmt.Sprintf(`{"channel":%q,"mention":"@here","api_url":%q}`, channel, server.URL)))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, target.Release()) })
	return target.(*Target)
}

// service is the stand-in as the suite wants it.
type service struct{ *slacktest.Server }

func (s service) Messages() []notifytest.Message {
	var all []notifytest.Message
	for _, m := range s.Server.Messages(channel) {
		nonce, _ := m.Metadata.EventPayload[metadataNonce].(string)
		one := notifytest.Message{Nonce: nonce, Text: m.Text, Closed: strings.Contains(m.Text, "\nSolved ")}
		for _, reply := range m.Replies {
			one.Replies = append(one.Replies, reply.Text)
		}
		all = append(all, one)
	}
	return all
}

func (s service) Remove(nonce string) bool {
	for _, m := range s.Server.Messages(channel) {
		if m.Metadata.EventPayload[metadataNonce] == nonce {
			s.Server.Remove(channel, m.TS)
		}
	}
	return true
}

func (s service) Fail(failures ...notifytest.Failure) {
	for _, f := range failures {
		s.Server.Fail(map[notifytest.Failure]slacktest.Failure{
			notifytest.Break: slacktest.Break, notifytest.Throttle: slacktest.Throttle,
			notifytest.Refuse: slacktest.Refuse, notifytest.LoseAnswer: slacktest.LoseAnswer,
		}[f])
	}
}

func TestTarget(t *testing.T) {
	t.Parallel()
	notifytest.Run(t, notifytest.Harness{
		Open: func(t *testing.T) (notify.Target, notifytest.Service) {
			server := slacktest.New(t)
			return opened(t, server), service{server}
		},
		Secrets: []string{slacktest.Token, slacktest.AppToken},
	})
}

// shown has the target show a card, and gives the message.
func shown(t *testing.T, card *notify.Card) slacktest.Message {
	t.Helper()
	server := slacktest.New(t)
	target := opened(t, server)
	r, err := target.Render(card)
	require.NoError(t, err)
	_, err = target.Create(t.Context(), "n", r)
	require.NoError(t, err)
	return server.Messages(channel)[0]
}

func TestTarget_ShowsAnAlertAtAGlance(t *testing.T) {
	t.Parallel()
	message := shown(t, notifytest.Card(func(c *notify.Card) { c.CanSolve, c.ActiveIssues = true, 12 }))
	require.Equal(t, "MODERATE: Stuck orders, 12 active issues", message.Notification)
	require.Equal(t, `Stuck orders
Moderate  ·  12 active issues  ·  since 2026-11-23 12:00 UTC
Orders that nobody ships.  ·  team: payments
order_id  state
7001      awaiting
7002      -

10 more
stuck_orders  ·  alert 42`, message.Text)
	require.Equal(t, "#fab005", message.Colour)
	require.Equal(t, []slacktest.Button{
		{ActionID: "acknowledge", Value: "42", Text: "Acknowledge"},
		{ActionID: "lock", Value: "42", Text: "Lock"},
		{ActionID: "solve", Value: "42", Text: "Solve"},
		{ActionID: "open", Value: "42", Text: "Open", URL: "http://127.0.0.1:8000/#/alerts/42"},
		{ActionID: "docs", Value: "42", Text: "Docs", URL: "http://127.0.0.1:8000/#/monitors/stuck_orders"},
	}, message.Buttons)
}

func TestTarget_HasTheButtonsThatMakeSense(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*notify.Card)
		want   []string
	}{
		"solvable":     {func(*notify.Card) {}, []string{"acknowledge", "lock", "open", "docs"}},
		"acknowledged": {func(c *notify.Card) { c.Acknowledged, c.CanAcknowledge = true, false }, []string{"lock", "open", "docs"}},
		"locked":       {func(c *notify.Card) { c.Locked, c.CanLock = true, false }, []string{"acknowledge", "unlock", "open", "docs"}},
		"over":         {func(c *notify.Card) { c.Closed, c.Locked = notify.ClosedSolved, true }, []string{"open", "docs"}},
		"no address":   {func(c *notify.Card) { c.URL, c.DocsURL = "", "" }, []string{"acknowledge", "lock", "show_docs"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var actions []string
			for _, b := range shown(t, notifytest.Card(test.change)).Buttons {
				actions = append(actions, b.ActionID)
			}
			require.Equal(t, test.want, actions)
		})
	}
}

func TestTarget_HasNoButtonsThatNobodyListensTo(t *testing.T) {
	t.Parallel()
	c := config(`{"channel":"C0001"}`)
	c.Secret = secrets(slacktest.Token, "")
	target, err := open(c)
	require.NoError(t, err)
	r, err := target.Render(notifytest.Card(func(c *notify.Card) { c.URL, c.DocsURL = "", "" }))
	require.NoError(t, err)
	require.NotContains(t, string(r), "actions")
}

func TestTarget_CallsNobodyWhoStandsInAnIssue(t *testing.T) {
	t.Parallel()
	const hostile = "<!channel> <@U0001> ```<!here>``` *b*"
	message := shown(t, notifytest.Card(func(c *notify.Card) {
		c.Title, c.Summary, c.Labels, c.Issues[0].Values[0] = hostile, hostile, map[string]string{hostile: hostile}, hostile
	}))
	require.Empty(t, message.Calls)
	require.Contains(t, message.Text, hostile+"\nModerate")
}

func TestTarget_R84_CallsInAReply(t *testing.T) {
	t.Parallel()
	server := slacktest.New(t)
	target := opened(t, server)
	r, err := target.Render(notifytest.Card())
	require.NoError(t, err)
	ref, err := target.Create(t.Context(), "n", r)
	require.NoError(t, err)
	_, err = target.Mention(t.Context(), ref, "m", r)
	require.NoError(t, err)

	message := server.Messages(channel)[0]
	require.Empty(t, message.Calls)
	reply := message.Replies[0]
	require.Equal(t, []string{"<!here>", "<!here>"}, reply.Calls, "in the text and in the blocks")
	require.Equal(t, "@here\nMODERATE: Stuck orders, 2 active issues", reply.Text)
	require.True(t, reply.Broadcast, "Slack wakes nobody for it inside a thread")
}

func TestTarget_R84_WithoutAnybodyToCallSaysNothing(t *testing.T) {
	t.Parallel()
	server := slacktest.New(t)
	target := opened(t, server)
	target.mention = mention{}
	r, err := target.Render(notifytest.Card())
	require.NoError(t, err)
	ref, err := target.Create(t.Context(), "n", r)
	require.NoError(t, err)
	_, err = target.Mention(t.Context(), ref, "m", r)
	require.NoError(t, err)
	require.Empty(t, server.Messages(channel)[0].Replies)
}

func TestFind_R83_LooksThroughWhatCameSince(t *testing.T) {
	t.Parallel()
	server := slacktest.New(t)
	target := opened(t, server)
	const nonce = "0193a000-0000-7000-8000-00000000000a"
	r, err := target.Render(notifytest.Card())
	require.NoError(t, err)
	want, err := target.Create(t.Context(), nonce, r)
	require.NoError(t, err)
	for range 450 {
		server.Post(channel, "U0001", "chatting")
	}
	server.Calls()
	ref, found, err := target.Find(t.Context(), nonce, "")
	require.NoError(t, err)
	require.True(t, found)
	require.Equal(t, want, ref)
	require.Equal(t, []string{"conversations.history", "conversations.history", "conversations.history"}, server.Calls())

	_, found, err = target.Find(t.Context(), "0293a000-0000-7000-8000-00000000000a", "")
	require.NoError(t, err)
	require.False(t, found, "what was made later than all that is there")
	require.Len(t, server.Calls(), 1)

	for range 2000 {
		server.Post(channel, "U0001", "chatting")
	}
	_, found, err = target.Find(t.Context(), nonce, "")
	require.NoError(t, err)
	require.False(t, found, "it does not read for ever")
	require.Len(t, server.Calls(), findPages)
}

func TestTarget_ShowsAtLeastOneLineOfWhatSlackDoesNotTake(t *testing.T) {
	t.Parallel()
	server := slacktest.New(t)
	target := opened(t, server)
	good, err := target.Render(notifytest.Card())
	require.NoError(t, err)
	var bad rendering
	require.NoError(t, json.Unmarshal([]byte(good), &bad))
	bad.Blocks.BlockSet = []slack.Block{slack.NewHeaderBlock(plain(strings.Repeat("x", 200), 200))}
	text, err := json.Marshal(bad)
	require.NoError(t, err)

	ref, err := target.Create(t.Context(), "n", notify.Rendering(text))
	require.NoError(t, err)
	require.Equal(t, "MODERATE: Stuck orders, 2 active issues", server.Messages(channel)[0].Text)
	_, err = target.Edit(t.Context(), ref, good)
	require.NoError(t, err)
	require.Contains(t, server.Messages(channel)[0].Text, "awaiting")
	_, err = target.Edit(t.Context(), ref, notify.Rendering(text))
	require.NoError(t, err)
	require.Equal(t, "MODERATE: Stuck orders, 2 active issues", server.Messages(channel)[0].Text)
}

func TestErrors_SayWhatToDo(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		prepare func(*slacktest.Server)
		want    string
	}{
		"not invited": {
			func(s *slacktest.Server) { s.SetChannel(channel, slacktest.Channel{}) },
			"the bot is not in channel C0001: invite it there with /invite and its name (not_in_channel)",
		},
		"private": {
			func(s *slacktest.Server) { s.SetChannel(channel, slacktest.Channel{Private: true}) },
			"there is no channel C0001, or it is private and the bot is not in it: check the id, and invite the bot with /invite and its name (channel_not_found)",
		},
		"archived": {
			func(s *slacktest.Server) { s.SetChannel(channel, slacktest.Channel{Archived: true, Member: true}) },
			"channel C0001 is archived: unarchive it, or configure another one (is_archived)",
		},
		"scope": {
			func(s *slacktest.Server) { s.Revoke("chat:write") },
			"the Slack app lacks the scope chat:write: add it under OAuth & Permissions, and install the app again (missing_scope)",
		},
		"token": {
			func(s *slacktest.Server) { s.Fail(slacktest.Refuse) },
			"SLACK_TOKEN is not valid for channel C0001: take the bot's token, xoxb-..., from OAuth & Permissions of the Slack app (invalid_auth)",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := slacktest.New(t)
			target := opened(t, server)
			test.prepare(server)
			_, err := target.Say(t.Context(), "n", "hello")
			require.EqualError(t, err, test.want)
			require.Equal(t, notify.Refused, notify.KindOf(err))
		})
	}
}

func TestSay_ShortensVisibly(t *testing.T) {
	t.Parallel()
	server := slacktest.New(t)
	target := opened(t, server)
	_, err := target.Say(t.Context(), "n", strings.Repeat("a line of text\n", 10_000)+"the end")
	require.NoError(t, err)
	text := server.Messages(channel)[0].Text
	require.Contains(t, text, "it is longer than is shown here")
	require.NotContains(t, text, "the end")
}

func TestOpen_SaysWhatIsWrongWithTheSettings(t *testing.T) {
	t.Parallel()
	for settings, want := range map[string]string{
		`{}`:                                  `receivers.ops.slack.channel: it has to be a channel's id, such as C0123456789, which stays the same when the channel is renamed: it is at the bottom of the channel's details in Slack`,
		`{"channel":"#payments"}`:             `receivers.ops.slack.channel: it has to be a channel's id, such as C0123456789, which stays the same when the channel is renamed: it is at the bottom of the channel's details in Slack`,
		`{"chanel":"C0001"}`:                  `unknown key "receivers.ops.slack.chanel"`,
		`{"channel":"C0001","mention":"@jo"}`: "receivers.ops.slack.mention: " + errMention.Error(),
		`{"channel":"C0001","responders":["@jo"]}`:  `receivers.ops.slack.responders: "@jo" is no id of a member, such as U0123456789: it is in the menu of the member's profile in Slack`,
		`{"channel":"C0001","api_url":"slack.com"}`: `receivers.ops.slack.api_url: it has to look like https://slack.com/api/`,
	} {
		_, err := open(config(settings))
		require.EqualError(t, err, want)
	}
	for token, want := range map[string]string{
		"":       `receivers.ops.slack: SLACK_TOKEN is not set in the environment: it is the bot's token, xoxb-...`,
		"xapp-1": `receivers.ops.slack: SLACK_TOKEN holds an app-level token, xapp-..., which belongs in SLACK_APP_TOKEN: it has to be the bot's, xoxb-...`,
	} {
		c := config(`{"channel":"C0001"}`)
		c.Secret = secrets(token, "")
		_, err := open(c)
		require.EqualError(t, err, want)
	}
}

func TestParseMention(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]mention{
		"":                        {},
		"@here":                   {text: "<!here>", everybody: true},
		"<!channel>":              {text: "<!channel>", everybody: true},
		"U0001 S0002":             {text: "<@U0001> <!subteam^S0002>"},
		"<@U0001> <!subteam^S01>": {text: "<@U0001> <!subteam^S01>"},
	} {
		got, err := parseMention(text)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	for _, text := range []string{"jo", "@jo", "<!date^1>", "<@U1|jo>", "here", "<http://a.example>"} {
		_, err := parseMention(text)
		require.ErrorIs(t, err, errMention, text)
	}
}

func TestEscape_CutsVisiblyAndNeverWithinAnEscape(t *testing.T) {
	t.Parallel()
	require.Equal(t, "a&amp;b", escape("a&b", 7))
	require.Equal(t, "a…", escape("a&b", 6))
	require.Equal(t, "ab…", escape("abcd", 3))
	require.True(t, slices.Contains([]string{"…"}, escape("&&&", 3)))
}
