package run_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/lib"
)

// oneProgram is a catalog with one version.
type oneProgram struct {
	program *script.Program
	err     error
}

func (p oneProgram) Get(context.Context, int64) (*script.Program, error) { return p.program, p.err }

func TestReactor_R81_OnlyAReactionThatTheVersionHas(t *testing.T) {
	t.Parallel()
	program, diagnostics := script.NewCompiler(lib.All(), script.Config{}).Compile("orders", monitor.Files{monitor.CodeFile: `
monitor(search_cron = "* * * * *", model_id_key = "id")
def search():
    return []
def is_solved(issue):
    return False
def on_issue_created(event):
    variables.set("last", event.data["model_id"])
`})
	require.Empty(t, diagnostics)
	reactor := run.NewReactor(newRunner(t, run.Config{}), oneProgram{program: program})

	event := &monitor.EventRecord{Name: monitor.IssueCreated, Data: `{"model_id":"7"}`, Extra: `{}`}
	set, err := reactor.React(t.Context(), 1, event, nil, now)
	require.NoError(t, err)
	require.Equal(t, map[string]monitor.Data{"last": `"7"`}, set)

	event.Name = monitor.IssueSolvedEvent
	set, err = reactor.React(t.Context(), 1, event, nil, now)
	require.NoError(t, err, "the version that made the event may have had one")
	require.Empty(t, set)
}

func TestReactor_AVersionThatDoesNotCompileIsAFailure(t *testing.T) {
	t.Parallel()
	broken := errors.New("does not compile")
	reactor := run.NewReactor(newRunner(t, run.Config{}), oneProgram{err: broken})
	_, err := reactor.React(t.Context(), 1, &monitor.EventRecord{Name: monitor.IssueCreated}, nil, now)
	require.ErrorIs(t, err, broken)
}
