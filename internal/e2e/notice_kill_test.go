package e2e

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/e2e/process"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify/slack/slacktest"
	"github.com/vedettehq/vedette/internal/testenv"
)

const desks = 4

// deskCode is a monitor whose alert comes, changes and goes all the time.
const deskCode = `
"""What is wrong at a desk."""

monitor(
    search_cron = "* * * * * *", update_cron = "* * * * * *", model_id_key = "id",
    alert = count_rule(low = 0, moderate = 2, high = 4),
    notifications = [receiver("ops", issues_fields = ["id", "amount"], min_priority_to_mention = "low")],
)

def search():
    return query("business", "select id, state, amount from problems where kind = 'desk%[1]d' and state = 'open'")

def update(issues):
    return query("business", "select id, state, amount from problems where id in (?)", [issue["id"] for issue in issues])

def is_solved(issue):
    return issue["state"] == "fixed"
`

// told is the platform with those who are told of its alerts.
type told struct {
	*site
	business *business
	hooks    *hooks
	slack    *slacktest.Server
}

// Whoever dies between committing, sending and noting it, and whatever the services
// do: afterwards there is one message for each alert on each target, and it shows
// the alert as it is.
func TestNotifications_R82_R83_AreThereOnceWhoeverDies(t *testing.T) {
	t.Parallel()
	for name, form := range map[string]struct {
		store string
		roles []string
	}{
		"run on sqlite":        {"sqlite", []string{"run"}},
		"roles on postgres":    {"postgres", []string{"controller", "executor", "executor"}},
		"two runs on postgres": {"postgres", []string{"run", "run"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			kills := testenv.Many(3, 12)
			seed := rand.Uint64()
			t.Logf("seed %d", seed)
			random := rand.New(rand.NewPCG(seed, 1))
			w := newTold(t, form.store, seed)
			processes := make([]*process.Process, len(form.roles))
			sites := make([]*site, len(form.roles))
			for i, role := range form.roles {
				sites[i] = w.another(t, i)
				processes[i] = sites[i].launch(t, role)
				require.NoError(t, processes[i].Ready(limited(t, patience)))
			}
			stopMeddling := w.meddle(t, random)
			for range kills {
				wait(random, 2*time.Second)
				i := random.IntN(len(processes))
				require.NoError(t, processes[i].Kill())
				processes[i] = sites[i].launch(t, form.roles[i])
				require.NoError(t, processes[i].Ready(limited(t, patience)))
			}
			stopMeddling()
			w.rest(t)
			w.checkToldOnce(t)
			for _, p := range processes {
				stop(t, p)
			}
			w.checkToldOnce(t)
		})
	}
}

// newTold installs the platform beside stand-ins of those who are told.
func newTold(t *testing.T, store string, seed uint64) *told {
	t.Helper()
	w := &told{site: newSite(t, store), hooks: newHooks(t, seed), slack: slacktest.New(t)}
	w.business = newBusiness(t, w.site)
	w.env = append(w.env, "SLACK_TOKEN="+slacktest.Token)
	w.settings["receivers"] = fmt.Sprintf(`{ops: {throttle: {max: 1000, per: 1m}, webhook: {url: %q}, slack: {channel: %s, mention: "@here", api_url: %q}}}`,
		w.hooks.URL, slackChannel, w.slack.URL)
	// A lease that a busy machine does not cost: whoever is alive and taken for dead
	// may send at the same time as who takes over.
	w.settings["executor"] = "{heartbeat: 2s}"
	if store == "postgres" {
		w.settings["application_queue"] = "{type: postgres}"
	}
	w.configure(t)
	for desk := range desks {
		w.monitor(t, fmt.Sprintf("desk%d", desk), fmt.Sprintf(deskCode, desk))
	}
	return w
}

// another is a place for the i-th process.
func (w *told) another(t *testing.T, i int) *site {
	t.Helper()
	if i == 0 {
		return w.site
	}
	s := w.beside(t)
	for _, key := range []string{"receivers", "executor", "application_queue"} {
		s.settings[key] = w.settings[key]
	}
	s.configure(t)
	return s
}

// meddle has things go wrong at the desks and be mended, and the services have bad
// days, until the returned function is called.
func (w *told) meddle(t *testing.T, random *rand.Rand) (stop func()) {
	t.Helper()
	random = rand.New(rand.NewPCG(random.Uint64(), random.Uint64()))
	w.hooks.days(true)
	moods := rand.New(rand.NewPCG(random.Uint64(), random.Uint64()))
	w.slack.Mood(func() slacktest.Failure {
		return []slacktest.Failure{slacktest.Break, slacktest.LoseAnswer, slacktest.LoseAnswer, 0, 0, 0, 0, 0, 0, 0}[moods.IntN(10)]
	})
	done, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for id := 1; ; id++ {
			select {
			case <-done:
				return
			case <-time.After(time.Duration(random.IntN(300)) * time.Millisecond):
			}
			desk := fmt.Sprintf("desk%d", random.IntN(desks))
			_, err1 := w.business.db.Exec("insert into problems (id, kind, state, amount) values (?, ?, 'open', 0)", id, desk)
			_, err2 := w.business.db.Exec("update problems set amount = amount + 1 where id % 5 = ?", random.IntN(5))
			var err3 error
			if random.IntN(5) == 0 {
				_, err3 = w.business.db.Exec("update problems set state = 'fixed' where kind = ?", fmt.Sprintf("desk%d", random.IntN(desks)))
			}
			for _, err := range []error{err1, err2, err3} {
				if err != nil {
					t.Errorf("meddle with the business: %v", err)
					return
				}
			}
		}
	}()
	return func() {
		close(done)
		<-stopped
		w.hooks.days(false)
		w.slack.Mood(nil)
	}
}

// rest waits until the platform knows what the business knows, and all that is to be
// told has been.
func (w *told) rest(t *testing.T) {
	t.Helper()
	// At one desk nothing is wrong in the end, at the others something is.
	w.business.exec(t, "update problems set state = 'fixed' where kind = 'desk0'")
	for desk := 1; desk < desks; desk++ {
		w.business.open(t, fmt.Sprintf("desk%d", desk), 1_000_000+desk, 7)
	}
	db := w.open(t)
	within(t, 3*patience, func() (bool, string) {
		w.refresh(t, "desk0", "desk1", "desk2", "desk3")
		business := texts(t, w.business.db, "select kind || ':' || id || ':' || amount from problems where state = 'open'")
		platform := texts(t, db, `select m.name || ':' || i.model_id || ':' || (i.data ->> 'amount') from issues i join monitors m on m.id = i.monitor_id where i.status = 'active'`)
		if fmt.Sprint(business) != fmt.Sprint(platform) {
			return false, fmt.Sprintf("the business has %v, the platform %v", business, platform)
		}
		return true, ""
	})
	// A service that failed several times in a row is left alone for longer and longer.
	within(t, 3*patience, func() (bool, string) {
		open := texts(t, db, `select 'alert ' || alert_id || ' is to be routed' from notification_marks union all
			select 'alert ' || alert_id || ' on ' || target || ' is ' || status || ': ' || error from notifications where due_at is not null or status = 'sending' or error <> ''`)
		return len(open) == 0, fmt.Sprint(open)
	})
}

// checkToldOnce requires one message for each alert on each target, which shows it
// as it is. One that was over before it was told need not have any.
func (w *told) checkToldOnce(t *testing.T) {
	t.Helper()
	db := w.open(t)
	hooked, posted := w.hooks.all(), w.posted(t)
	alerts := states(t, db)
	require.NotEmpty(t, alerts)
	active := 0
	for id, state := range alerts {
		if hook, ok := hooked[id]; ok || state != "solved" {
			require.Len(t, hook.notifications, 1, "alert %d", id)
			require.Equal(t, state, hook.last.state(), "alert %d", id)
		}
		messages := posted[id]
		if state == "solved" {
			require.LessOrEqual(t, len(messages), 1, "alert %d", id)
		} else {
			active++
			require.Len(t, messages, 1, "alert %d", id)
			require.Len(t, messages[0].Replies, 1, "alert %d", id)
		}
		for _, m := range messages {
			require.LessOrEqual(t, len(m.Replies), 1, "people were called twice to alert %d", id)
			require.Contains(t, m.Text, inSlack(state), "alert %d", id)
		}
	}
	require.Equal(t, desks-1, active)
	require.Empty(t, texts(t, db, "select alert_id || ' on ' || target || ': ' || error from notifications where dead"), "nothing was given up")
	failed, repeated := w.hooks.counts()
	t.Logf("%d alerts, of which %d and %d were told; %d webhooks failed, %d came again", len(alerts), len(hooked), len(posted), failed, repeated)
}

// states are how the alerts are, by their ids.
func states(t *testing.T, db *sql.DB) map[int64]string {
	t.Helper()
	all := map[int64]string{}
	for _, text := range texts(t, db, `select a.id || '/' || a.status || '/' || a.priority || '/' ||
		(select count(*) from issues i where i.alert_id = a.id and i.status = 'active') from alerts a`) {
		parts := strings.Split(text, "/")
		id, err := strconv.ParseInt(parts[0], 10, 64)
		require.NoError(t, err)
		all[id] = parts[1]
		if parts[1] == "active" {
			all[id] = fmt.Sprintf("active at %s with %s", parts[2], parts[3])
		}
	}
	return all
}

var inFooter = regexp.MustCompile(`alert (\d+)$`)

// posted are the messages in Slack, by the alerts' ids.
func (w *told) posted(t *testing.T) map[int64][]slacktest.Message {
	t.Helper()
	posted := map[int64][]slacktest.Message{}
	for _, m := range w.slack.Messages(slackChannel) {
		match := inFooter.FindStringSubmatch(strings.TrimSpace(m.Text))
		require.NotNil(t, match, m.Text)
		id, err := strconv.ParseInt(match[1], 10, 64)
		require.NoError(t, err)
		posted[id] = append(posted[id], m)
	}
	return posted
}

// inSlack is how a state reads there.
func inSlack(state string) string {
	var priority, issues int
	if _, err := fmt.Sscanf(state, "active at %d with %d", &priority, &issues); err != nil {
		return "\nSolved "
	}
	name := monitor.Priority(priority).String()
	word := "issues"
	if issues == 1 {
		word = "issue"
	}
	return fmt.Sprintf("%s%s  ·  %d active %s", strings.ToUpper(name[:1]), name[1:], issues, word)
}
