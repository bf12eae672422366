package acting_test

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/vedettehq/vedette/internal/acting"
	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/sqlite"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const jo = "slack:U0001 (Jo)"

// world is a store with a monitor whose issues no run solves, and a desk.
type world struct {
	*testing.T
	store store.Database
	desk  *acting.Desk
	chat  acting.Chat
	alert monitor.Alert
	// issues are those of the alert.
	issues []monitor.Issue
}

func newWorld(t *testing.T) *world {
	t.Helper()
	database, err := sqlite.Open(t.Context(), monitor.NewSecret("sqlite://"+filepath.Join(t.TempDir(), "v.db")), store.Config{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, database.Close()) })
	require.NoError(t, database.Up(t.Context(), 0))
	w := &world{T: t, store: database, desk: acting.New(database, slog.New(slog.DiscardHandler))}
	w.chat = w.desk.Chat()
	declaration := monitor.Declaration{
		Options: monitor.Options{
			ModelIDKey: "id", SearchCron: "0 0 1 1 *", UpdateCron: "0 0 1 1 *", Missing: monitor.MissingKeep,
			Rule:          &monitor.Rule{Kind: monitor.CountRule, Levels: map[monitor.Priority]float64{monitor.Low: 0}},
			Notifications: []monitor.Notification{{Receiver: "ops"}},
		},
		HasSearch: true, HasUpdate: true,
	}
	_, _, err = database.Register(t.Context(), store.Registration{
		Name: "orders", Files: monitor.Files{monitor.CodeFile: "x", monitor.ReadmeFile: "# Orders"},
		Declaration: declaration, Source: monitor.SourceAPI, Zone: time.UTC,
	}, database.Now())
	require.NoError(t, err)
	w.find(&declaration, "1", "2")
	return w
}

// find has a run find issues of these ids.
func (w *world) find(declaration *monitor.Declaration, ids ...string) {
	w.Helper()
	outcome := monitor.Outcome{Search: &monitor.SearchOutcome{}}
	for _, id := range ids {
		outcome.Search.Found = append(outcome.Search.Found, monitor.Found{ModelID: id, Data: monitor.Data(fmt.Sprintf(`{"id":%q}`, id))})
	}
	_, err := w.store.Change(w.Context(), store.Scope{Monitor: "orders", Issues: true}, w.store.Now(), func(s monitor.Snapshot) (monitor.Plan, error) {
		plan := lifecycle.Plan(declaration, &outcome, s, lifecycle.Limits{}, w.store.Now())
		plan.Execution = nil
		return plan, nil
	})
	require.NoError(w, err)
	alerts, err := w.store.Alerts(w.Context(), store.AlertFilter{}, store.Page{Limit: 10})
	require.NoError(w, err)
	require.Len(w, alerts, 1)
	w.alert = alerts[0].Alert
	issues, err := w.store.Issues(w.Context(), store.IssueFilter{}, store.Page{Limit: 10})
	require.NoError(w, err)
	for i := range issues {
		w.issues = append(w.issues, issues[i].Issue)
	}
}

// look reads the alert again.
func (w *world) look() monitor.Alert {
	w.Helper()
	alert, err := w.store.Alert(w.Context(), w.alert.ID)
	require.NoError(w, err)
	return alert.Alert
}

// acts lists the events that somebody caused, oldest first.
func (w *world) acts() []string {
	w.Helper()
	events, err := w.store.Events(w.Context(), store.EventFilter{}, store.Page{Limit: 100, AfterID: store.FromStart})
	require.NoError(w, err)
	var acts []string
	for i := range events {
		if events[i].Actor != "" {
			acts = append(acts, events[i].Actor+": "+string(events[i].Name))
		}
	}
	return acts
}

func TestChat_R60_R61_R62_ActsOnAlertsInThePersonsName(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	require.NoError(t, w.chat.Acknowledge(t.Context(), jo, w.alert.ID))
	alert := w.look()
	require.True(t, alert.IsPriorityAcknowledged())
	require.NoError(t, w.chat.Lock(t.Context(), jo, w.alert.ID))
	require.True(t, w.look().Locked)
	require.NoError(t, w.chat.Unlock(t.Context(), jo, w.alert.ID))
	require.False(t, w.look().Locked)
	require.NoError(t, w.chat.SolveAlert(t.Context(), jo, w.alert.ID))
	require.Equal(t, monitor.AlertSolved, w.look().Status)
	require.Equal(t, []string{
		jo + ": alert_acknowledged", jo + ": alert_locked", jo + ": alert_unlocked",
		jo + ": issue_solved", jo + ": issue_solved", jo + ": alert_solved",
	}, w.acts())

	err := w.chat.Acknowledge(t.Context(), jo, w.alert.ID)
	require.Equal(t, monitor.CodeConflict, monitor.CodeOf(err))
	require.EqualError(t, err, fmt.Sprintf("alert %d is solved already: only an active alert can be acknowledged", w.alert.ID))
	require.Equal(t, monitor.CodeNotFound, monitor.CodeOf(w.chat.Lock(t.Context(), jo, 999)))
}

func TestChat_R63_DropsIssues(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i := range w.issues {
		require.NoError(t, w.chat.DropIssue(t.Context(), jo, w.issues[i].ID))
	}
	require.Equal(t, monitor.AlertSolved, w.look().Status)
	require.Equal(t, monitor.CodeConflict, monitor.CodeOf(w.chat.DropIssue(t.Context(), jo, w.issues[0].ID)))
	require.Equal(t, monitor.CodeNotFound, monitor.CodeOf(w.chat.DropIssue(t.Context(), jo, 999)))
}

func TestChat_R64_R65_ActsOnMonitors(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	require.NoError(t, w.chat.SetEnabled(t.Context(), jo, "orders", false))
	require.EqualError(t, w.chat.Refresh(t.Context(), jo, "orders", 0), `monitor "orders" is disabled: enable it first`)
	require.NoError(t, w.chat.SetEnabled(t.Context(), jo, "orders", true))
	require.NoError(t, w.chat.Refresh(t.Context(), jo, "orders", 0))
	claimed, err := w.store.ClaimDue(t.Context(), w.store.Now(), time.UTC, 10)
	require.NoError(t, err)
	require.Len(t, claimed, 1)
	require.EqualError(t, w.chat.Refresh(t.Context(), jo, "orders", monitor.TaskSearch),
		`monitor "orders" is queued or running: refresh it when that has ended`)
	require.Equal(t, monitor.CodeNotFound, monitor.CodeOf(w.chat.Refresh(t.Context(), jo, "nothing", monitor.TaskSearch)))

	docs, err := w.chat.Documentation(t.Context(), "orders")
	require.NoError(t, err)
	require.Equal(t, "# Orders", docs)
}

func TestDesk_R66_RefusesWhatIsDeleted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	view, err := w.store.Monitor(t.Context(), "orders")
	require.NoError(t, err)
	_, err = w.store.Change(t.Context(), store.Scope{Monitor: "orders", Issues: true}, w.store.Now(),
		lifecycle.Archive(&view.Declaration, lifecycle.Person{Actor: jo, Now: w.store.Now()}))
	require.NoError(t, err)
	by := lifecycle.Person{Actor: jo}
	require.Equal(t, monitor.CodeConflict, monitor.CodeOf(w.desk.SolveAlert(t.Context(), by, w.alert.ID)))
	require.Equal(t, monitor.CodeConflict, monitor.CodeOf(w.desk.DropIssue(t.Context(), by, w.issues[0].ID)))
}

func TestChat_R82_Resends(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	alerts, err := w.chat.Resend(t.Context(), jo)
	require.NoError(t, err)
	require.Equal(t, 1, alerts)
	_, err = w.desk.Resend(t.Context(), lifecycle.Person{Actor: jo}, "nothing")
	require.Equal(t, monitor.CodeNotFound, monitor.CodeOf(err))
}
