package notifier_test

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notifier"
	"github.com/vedettehq/vedette/internal/notify"
	"github.com/vedettehq/vedette/internal/notify/notifytest"
	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/sqlite"
)

const me = "executor-me"

// world is a monitor with a store of its own, a clock that stands still, and a chat.
type world struct {
	*testing.T
	store store.Database
	now   time.Time
	chat  *notifytest.Chat
	// declaration is the monitor's.
	declaration monitor.Declaration
	throttle    notifier.Throttle
	silencer    notifier.Silencer
	config      notifier.Config
	logs        *slog.Logger
}

// clock has the store's time be the world's.
type clock struct {
	store.Database
	w *world
}

func (c clock) Now() time.Time { return c.w.now }

func newWorld(t *testing.T, changes ...func(*monitor.Notification)) *world {
	t.Helper()
	database, err := sqlite.Open(t.Context(), monitor.NewSecret("sqlite://"+filepath.Join(t.TempDir(), "v.db")), store.Config{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, database.Close()) })
	require.NoError(t, database.Up(t.Context(), 0))
	w := &world{
		T: t, store: database, now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC),
		chat: &notifytest.Chat{Name: "chat:ops"},
		logs: slog.New(slog.DiscardHandler),
	}
	require.NoError(t, w.store.RegisterExecutor(t.Context(), me, w.now, w.now.Add(10000*time.Hour)))
	notification := monitor.Notification{Receiver: "ops", Title: "Stuck orders", IssuesFields: []string{"id", "n"}}
	for _, change := range changes {
		change(&notification)
	}
	w.declaration = monitor.Declaration{
		Options: monitor.Options{
			ModelIDKey: "id", SearchCron: "* * * * *", Solvable: true, Missing: monitor.MissingKeep,
			Rule:          &monitor.Rule{Kind: monitor.CountRule, Levels: map[monitor.Priority]float64{monitor.Low: 0, monitor.Moderate: 1, monitor.High: 2}},
			Notifications: []monitor.Notification{notification},
		},
		HasSearch: true, HasUpdate: true, HasIsSolved: true,
	}
	w.register()
	return w
}

func (w *world) register() {
	w.Helper()
	_, _, err := w.store.Register(w.Context(), store.Registration{
		Name: "orders", Files: monitor.Files{monitor.CodeFile: fmt.Sprint(w.declaration.Options)},
		Declaration: w.declaration, Source: monitor.SourceAPI, Zone: time.UTC,
	}, w.now)
	require.NoError(w, err)
}

// change has the monitor's active issues be those of these ids, as a run would.
func (w *world) change(ids ...string) {
	w.Helper()
	snapshot := w.active()
	outcome := monitor.Outcome{Update: &monitor.UpdateOutcome{}, Search: &monitor.SearchOutcome{}, Solved: map[int64]bool{}}
	wanted := map[string]bool{}
	for _, id := range ids {
		wanted[id] = true
	}
	for _, issue := range snapshot.Issues {
		outcome.Solved[issue.ID] = !wanted[issue.ModelID]
		delete(wanted, issue.ModelID)
	}
	for _, id := range ids {
		if wanted[id] {
			data := monitor.Data(fmt.Sprintf(`{"id":%q,"n":7}`, id))
			outcome.Search.Found = append(outcome.Search.Found, monitor.Found{ModelID: id, Data: data})
		}
	}
	w.do(func(s monitor.Snapshot) (monitor.Plan, error) {
		plan := lifecycle.Plan(&w.declaration, &outcome, s, lifecycle.Limits{}, w.now)
		plan.Execution = nil
		return plan, nil
	})
}

// do does something with the monitor.
func (w *world) do(action lifecycle.Action) {
	w.Helper()
	_, err := w.store.Change(w.Context(), store.Scope{Monitor: "orders", Issues: true}, w.now, action)
	require.NoError(w, err)
}

func (w *world) active() monitor.Snapshot {
	w.Helper()
	var snapshot monitor.Snapshot
	w.do(func(s monitor.Snapshot) (monitor.Plan, error) {
		snapshot = s
		return monitor.Plan{}, nil
	})
	return snapshot
}

// acknowledge is what a person does.
func (w *world) acknowledge() {
	w.do(lifecycle.Acknowledge(&w.declaration, lifecycle.Person{Actor: "ada", Now: w.now}))
}

// notifierWith makes a process that tells people on these targets.
func (w *world) notifierWith(targets ...notify.Target) *notifier.Notifier {
	return notifier.New(notifier.Deps{
		Store:     clock{w.store, w},
		Receivers: []notifier.Receiver{{Name: "ops", Targets: targets, Throttle: w.throttle}},
		Silencer:  w.silencer,
		Logger:    w.logs,
	}, w.config)
}

// tell does all that is due, and says which calls the chat got.
func (w *world) tell() []string {
	w.Helper()
	n := w.notifierWith(w.chat)
	for {
		do, err := n.Take(w.Context(), me)
		require.NoError(w, err)
		if do == nil {
			return w.chat.Calls()
		}
		do(w.Context())
	}
}

// message gives the one message of the chat.
func (w *world) message() notifytest.Message {
	w.Helper()
	messages := w.chat.Messages()
	require.Len(w, messages, 1)
	return messages[0]
}

// notice gives the one notice.
func (w *world) notice() monitor.Notice {
	w.Helper()
	notices, err := w.store.Notices(w.Context(), store.NoticeFilter{}, store.Page{Limit: 10})
	require.NoError(w, err)
	require.Len(w, notices, 1)
	return notices[0]
}

// events lists the names of the notifications' events, oldest first.
func (w *world) events() []string {
	w.Helper()
	events, err := w.store.Events(w.Context(), store.EventFilter{Source: monitor.SourceNotification}, store.Page{Limit: 100})
	require.NoError(w, err)
	var names []string
	for _, event := range events {
		names = append([]string{string(event.Name)}, names...)
	}
	return names
}

// silence is in force while it is set.
type silence bool

func (s *silence) Silenced(context.Context, *store.NoticeView, time.Time) (bool, error) {
	return bool(*s), nil
}
