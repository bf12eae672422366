package scripttest_test

import (
	"log/slog"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	mrun "github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/lib"
	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/sqlite"
)

// eventful is a monitor whose first run causes events of issues and alerts.
const eventful = `
monitor(search_cron = "@daily", model_id_key = "id", solvable = False, alert = count_rule(low = 0))
def search():
    return [{"id": 7, "note": "ü\"\\"}, {"id": "8", "list": [1.5, None, {}]}]
`

// TestRun_EventsAreThoseThatAreStored compares the events that a test sees with
// what a store makes of the same run: reactions are given the latter.
func TestRun_EventsAreThoseThatAreStored(t *testing.T) {
	t.Parallel()
	result := run(t, eventful, `
def test_it():
    for event in run().events:
        log.info(event.name, source = event.source, id = event.source_id, data = event.data, extra = event.extra)
`)
	stored := storedEvents(t)
	require.NotEmpty(t, stored)
	seen := result.Tests[0].Log
	require.Len(t, seen, len(stored))
	for i, event := range stored {
		require.Equal(t, string(event.Name), seen[i].Message)
		for name, want := range map[string]monitor.Data{
			"source": monitor.Data(`"` + event.Source + `"`), "data": event.Data, "extra": event.Extra,
		} {
			got, ok := seen[i].Fields.Field(name)
			require.True(t, ok)
			require.True(t, monitor.Equal(want, got), "%s of %s: stored %s, seen %s", name, event.Name, want, got)
		}
		id, ok := seen[i].Fields.Field("id")
		require.True(t, ok)
		number, ok := id.Number()
		require.True(t, ok)
		require.InDelta(t, float64(event.SourceID), number, 0)
	}
}

// storedEvents are the events of the first run of the eventful monitor on a store,
// at the time at which tests are.
func storedEvents(t *testing.T) []monitor.EventRecord {
	t.Helper()
	ctx, now := t.Context(), time.Date(2026, time.January, 5, 12, 0, 0, 0, time.UTC)
	program, diagnostics := script.NewCompiler(lib.All(), script.Config{}).Compile("sample", monitor.Files{monitor.CodeFile: eventful})
	require.Empty(t, diagnostics)
	db, err := sqlite.Open(ctx, monitor.NewSecret("sqlite://"+filepath.Join(t.TempDir(), "vedette.db")), store.Config{})
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	require.NoError(t, db.Up(ctx, 0))

	_, _, err = db.Register(ctx, store.Registration{
		Name: "sample", Files: program.Files(), Declaration: program.Declaration(), Source: monitor.SourceAPI, Zone: time.UTC,
	}, now)
	require.NoError(t, err)
	require.NoError(t, db.RegisterExecutor(ctx, "me", now, now.Add(time.Hour)))
	_, err = db.ClaimDue(ctx, now, time.UTC, 1)
	require.NoError(t, err)
	taken, err := db.Take(ctx, "me", 0, now)
	require.NoError(t, err)
	loaded, err := db.Load(ctx, taken.Fence)
	require.NoError(t, err)
	runner := mrun.New(nil, slog.New(slog.DiscardHandler), nil, mrun.Config{})
	ran, err := runner.Run(ctx, program, &loaded, taken.Execution.Tasks, now, 1)
	require.NoError(t, err)
	_, err = db.Commit(ctx, taken.Fence, loaded, ran.ModelIDs(), now, func(s monitor.Snapshot) monitor.Plan {
		return runner.Plan(program, &ran, s, now)
	})
	require.NoError(t, err)
	events, err := db.Events(ctx, store.EventFilter{}, store.Page{Limit: 100})
	require.NoError(t, err)
	slices.Reverse(events)
	return events
}
