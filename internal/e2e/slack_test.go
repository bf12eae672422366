package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/notify/slack/slacktest"
)

const (
	slackChannel = "C0001"
	slackPerson  = "U0001"
)

// slackCode is a monitor with two issues that nobody but people end.
const slackCode = `
"""Invoices that somebody has to look at."""

monitor(
    search_cron = "0 0 1 1 *", model_id_key = "id", solvable = False, alert = count_rule(high = 0),
    notifications = [receiver("ops", title = "Odd invoices", issues_fields = ["id", "customer"])],
)

def search():
    return [{"id": 1, "customer": "<!channel> Ann"}, {"id": 2, "customer": "Bob"}]
`

// newSlackSite installs the platform beside a stand-in for Slack.
func newSlackSite(t *testing.T, store string) (*site, *slacktest.Server) {
	t.Helper()
	server := slacktest.New(t)
	s := newSite(t, store)
	s.settings["receivers"] = fmt.Sprintf(`{ops: {slack: {channel: %s, mention: "@here", api_url: %q}}}`, slackChannel, server.URL)
	s.env = append(s.env, "SLACK_TOKEN="+slacktest.Token, "SLACK_APP_TOKEN="+slacktest.AppToken)
	s.configure(t)
	s.monitor(t, "invoices", slackCode)
	return s, server
}

// awaitSlack waits until the first message of the channel is as it should be.
func awaitSlack(t *testing.T, server *slacktest.Server, what string, is func(slacktest.Message) bool) slacktest.Message {
	t.Helper()
	var last slacktest.Message
	eventually(t, func() (bool, string) {
		messages := server.Messages(slackChannel)
		if len(messages) == 0 {
			return false, what + ": no message"
		}
		last = messages[0]
		return is(last), fmt.Sprintf("%s: %+v", what, last)
	})
	return last
}

func buttonOf(t *testing.T, m slacktest.Message, action string) slacktest.Button {
	t.Helper()
	for _, b := range m.Buttons {
		if b.ActionID == action {
			return b
		}
	}
	require.FailNow(t, "no such button", "%s in %v", action, m.Buttons)
	return slacktest.Button{}
}

func TestSlack_R82_R84_AMessageLivesAsLongAsItsAlert(t *testing.T) {
	t.Parallel()
	for _, store := range bothStores {
		t.Run(store, func(t *testing.T) {
			t.Parallel()
			s, server := newSlackSite(t, store)
			server.OncePerSecond()
			p := s.run(t)
			ctx := limited(t, patience)

			message := awaitSlack(t, server, "called for", func(m slacktest.Message) bool { return len(m.Replies) == 1 })
			require.Contains(t, message.Text, "Odd invoices\nHigh  ·  2 active issues")
			require.Contains(t, message.Text, "1   <!channel> Ann")
			require.Empty(t, message.Calls, "an issue calls nobody")
			require.Equal(t, []string{"<!here>", "<!here>"}, message.Replies[0].Calls)

			require.NoError(t, server.Press(ctx, slackChannel, message.TS, slackPerson, buttonOf(t, message, "acknowledge")))
			awaitSlack(t, server, "acknowledged", func(m slacktest.Message) bool { return strings.Contains(m.Text, "Acknowledged") })
			_, err := server.Mention(ctx, slackChannel, slackPerson, "lock "+buttonOf(t, message, "acknowledge").Value)
			require.NoError(t, err)
			message = awaitSlack(t, server, "locked", func(m slacktest.Message) bool { return strings.Contains(m.Text, "Locked") })
			require.NoError(t, server.Press(ctx, slackChannel, message.TS, slackPerson, buttonOf(t, message, "solve")))
			message = awaitSlack(t, server, "solved", func(m slacktest.Message) bool { return strings.Contains(m.Text, "\nSolved ") })
			require.Equal(t, []slacktest.Button{{ActionID: "show_docs", Value: "invoices", Text: "Docs"}}, message.Buttons)
			require.Len(t, message.Replies, 1, "nobody is called for what people do")
			// Whoever has not seen the edit yet may still press.
			require.NoError(t, server.Press(ctx, slackChannel, message.TS, slackPerson, slacktest.Button{ActionID: "lock", Value: "1"}))
			eventually(t, func() (bool, string) {
				messages := server.Messages(slackChannel)
				last := messages[len(messages)-1]
				return last.For == slackPerson && strings.HasPrefix(last.Text, "alert 1 is solved already"), fmt.Sprintf("%+v", last)
			})
			requireActor(t, s, "alert_acknowledged", "alert_locked", "alert_solved")
			stop(t, p)
			require.NotContains(t, p.Log(), "SECRET")
		})
	}
}

// requireActor requires that events were caused by whoever is called Jo in Slack.
func requireActor(t *testing.T, s *site, names ...string) {
	t.Helper()
	answer, err := s.ask(limited(t, patience), http.MethodGet, "/api/v1/events?limit=100", nil)
	require.NoError(t, err)
	var page struct {
		Items []struct {
			EventName string `json:"event_name"`
			Actor     string
		}
	}
	require.NoError(t, json.Unmarshal([]byte(answer.body), &page))
	actors := map[string]string{}
	for _, event := range page.Items {
		actors[event.EventName] = event.Actor
	}
	for _, name := range names {
		require.Equal(t, "slack:U0001 (Jo)", actors[name], name)
	}
}

func TestSlack_R83_KilledBetweenSendingAndNotingIt(t *testing.T) {
	t.Parallel()
	for _, store := range bothStores {
		t.Run(store, func(t *testing.T) {
			t.Parallel()
			s, server := newSlackSite(t, store)
			server.Fail(slacktest.LoseAnswer)
			p := s.run(t)
			awaitSlack(t, server, "sent", func(slacktest.Message) bool { return true })
			require.NoError(t, p.Kill())

			s.run(t)
			awaitSlack(t, server, "called for", func(m slacktest.Message) bool { return len(m.Replies) == 1 })
			require.Len(t, server.Messages(slackChannel), 1, "the message was found again")
		})
	}
}

func TestSlack_R78_OneOfManyControllersListens(t *testing.T) {
	t.Parallel()
	s, server := newSlackSite(t, "postgres")
	s.settings["application_queue"] = "{type: postgres}"
	s.configure(t)
	second := s.beside(t)
	second.settings["receivers"], second.settings["application_queue"] = s.settings["receivers"], s.settings["application_queue"]
	second.configure(t)
	ctx := limited(t, 2*patience)
	first := s.run(t)
	require.NoError(t, server.WaitForConnection(ctx))
	second.run(t)
	message := awaitSlack(t, server, "called for", func(m slacktest.Message) bool { return len(m.Replies) == 1 })
	require.Equal(t, 1, server.Opens())

	require.NoError(t, first.Kill())
	// What is pressed before goes to nobody.
	eventually(t, func() (bool, string) {
		return server.Opens() == 2, fmt.Sprintf("%d connections were opened, not 2", server.Opens())
	})
	require.NoError(t, server.WaitForConnection(ctx))
	require.NoError(t, server.Press(ctx, slackChannel, message.TS, slackPerson, buttonOf(t, message, "acknowledge")))
	awaitSlack(t, server, "acknowledged", func(m slacktest.Message) bool { return strings.Contains(m.Text, "Acknowledged") })
}

func TestSlack_SaysWhatIsWrongWhereItCanBeMended(t *testing.T) {
	t.Parallel()
	s, server := newSlackSite(t, "sqlite")
	server.SetChannel(slackChannel, slacktest.Channel{})
	p := s.run(t)
	require.NoError(t, p.WaitLog(limited(t, patience), "invite it there with /invite"))
	test := s.launch(t, "receiver", "test", "ops", "--server", p.URL())
	status, err := test.Wait(limited(t, patience))
	require.NoError(t, err)
	require.Equal(t, 1, status)
	require.Contains(t, test.Log(), "the bot is not in channel C0001: invite it there")

	s.settings["receivers"] = `{ops: {slack: {channel: "#alerts"}}}`
	s.configure(t)
	stop(t, p)
	refused := s.launch(t, "run")
	status, err = refused.Wait(limited(t, patience))
	require.NoError(t, err)
	require.Equal(t, 1, status)
	require.Contains(t, refused.Log(), "receivers.ops.slack.channel: it has to be a channel's id")
}
