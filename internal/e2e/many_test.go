package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/e2e/process"
	"github.com/vedettehq/vedette/internal/notify/slack/slacktest"
	"github.com/vedettehq/vedette/internal/testenv"
)

// loudCode is a monitor that finds something in its first run.
const loudCode = `
"""One of many."""

monitor(
    search_cron = "0 0 1 1 *", model_id_key = "id", solvable = False, alert = count_rule(high = 0),
    notifications = [receiver("hooks"), receiver("chat", issues_fields = ["id"])],
)

def search():
    return [{"id": 1}]
`

// Where nothing holds them back, many alerts are told as fast as the service takes
// them, once each. Where a person reads, some are, and one message says that there
// are more.
func TestNotifications_ManyAtOnce(t *testing.T) {
	t.Parallel()
	throttled, alerts := testenv.Many(5, 20), testenv.Many(100, 1000)
	s := newSite(t, "sqlite")
	hooks, server := newHooks(t, 1), slacktest.New(t)
	server.OncePerSecond()
	s.settings["receivers"] = fmt.Sprintf(`{hooks: {throttle: {max: 100000, per: 1m}, webhook: {url: %q}}, chat: {throttle: {max: %d, per: 1h}, slack: {channel: %s, api_url: %q}}}`,
		hooks.URL, throttled, slackChannel, server.URL)
	s.env = append(s.env, "SLACK_TOKEN="+slacktest.Token)
	s.configure(t)
	for i := range alerts {
		s.monitor(t, fmt.Sprintf("loud%04d", i), loudCode)
	}
	began := time.Now()
	p := s.run(t)
	within(t, 3*patience, func() (bool, string) {
		told := len(hooks.all())
		return told == alerts, fmt.Sprintf("%d of %d alerts were told", told, alerts)
	})
	took := time.Since(began)
	for id, alert := range hooks.all() {
		require.Len(t, alert.notifications, 1, "alert %d", id)
	}
	_, repeated := hooks.counts()
	require.Zero(t, repeated)

	held := fmt.Sprintf("more alerts are held back: more than %d new ones within 1h0m0s", throttled)
	within(t, 3*patience, func() (bool, string) {
		messages := server.Messages(slackChannel)
		return len(messages) == throttled+1 && strings.Contains(messages[throttled].Text, held), fmt.Sprintf("%d messages in Slack", len(messages))
	})
	memory, err := process.MemoryOf(p.PID())
	require.NoError(t, err)
	stop(t, p)
	require.Zero(t, strings.Count(p.Log(), "people could not be told"), "nothing was refused")
	t.Logf("%d alerts: all told %s after the start; at most %d MiB", alerts, took.Round(10*time.Millisecond), memory.Peak>>20)
	require.Less(t, memory.Peak, int64(400<<20))
}

// reactingCode is a monitor whose one run has very many events to react to.
const reactingCode = `
monitor(search_cron = "0 0 1 1 *", model_id_key = "id", solvable = False, max_issues_creation = 100000)

def search():
    return [{"id": i} for i in range(%d)]

def on_issue_created(event):
    variables.set("last", event.source_id)
`

// A message says that there is work, not what: so a run with very many events costs
// no more of them than one with a single event.
func TestReactions_R73_R81_ManyEventsCostAHandfulOfMessages(t *testing.T) {
	t.Parallel()
	events := testenv.Many(1000, 10_000)
	s := newSite(t, "postgres")
	s.settings["application_queue"] = "{type: postgres}"
	s.configure(t)
	s.monitor(t, "reacting", fmt.Sprintf(reactingCode, events))
	began := time.Now()
	p := s.run(t)
	db := s.open(t)
	within(t, 5*patience, func() (bool, string) {
		created := texts(t, db, "select cast(count(*) as text) from events where name = 'issue_created'")
		open := texts(t, db, "select cast(count(*) as text) from deliveries")
		return created[0] == fmt.Sprint(events) && open[0] == "0", fmt.Sprintf("%s events, of which %s are to be reacted to", created[0], open[0])
	})
	took := time.Since(began)
	stop(t, p)
	var sent int
	require.NoError(t, db.QueryRowContext(t.Context(), "select last_value from queue_messages_id_seq").Scan(&sent))
	t.Logf("%d events were reacted to %s after the start, by %d messages", events, took.Round(10*time.Millisecond), sent)
	require.LessOrEqual(t, sent, 10)
}
