package authoring

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/app"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

var (
	mistake = monitor.Diagnostic{File: "m/monitor.star", Message: "undefined: x", Severity: monitor.SeverityError}
	warning = monitor.Diagnostic{File: "m/monitor.star", Message: "unused: y", Severity: monitor.SeverityWarning}
)

func TestWork_DoesNotRunWhatDoesNotCompile(t *testing.T) {
	t.Parallel()
	tool := &fakeTool{validate: monitor.Diagnostics{mistake}}
	r := Work(t.Context(), tool, tool, "m", app.TryOptions{})
	require.Equal(t, Round{Diagnostics: monitor.Diagnostics{mistake}}, r)
	require.False(t, tool.tested || tool.tried)
}

func TestWork_TriesInSpiteOfFailedTests(t *testing.T) {
	t.Parallel()
	noTests := monitor.Diagnostic{File: "m/monitor_test.star", Message: "there is no such file", Severity: monitor.SeverityError}
	tool := &fakeTool{
		validate: monitor.Diagnostics{warning},
		test:     app.TestResult{Diagnostics: monitor.Diagnostics{warning, noTests}},
		preview:  client.Preview{Monitor: "m"},
	}
	r := Work(t.Context(), tool, tool, "m", app.TryOptions{})
	require.Equal(t, monitor.Diagnostics{warning}, r.Diagnostics)
	require.Equal(t, monitor.Diagnostics{noTests}, r.Tests.Diagnostics, "nothing is said twice")
	require.Equal(t, "m", r.Preview.Monitor)
	require.Equal(t, "here", r.Where)
	require.NoError(t, r.Err)
}

func TestWork_SaysWhatCouldNotBeDone(t *testing.T) {
	t.Parallel()
	broken := errors.New("no such database")
	tool := &fakeTool{tryErr: broken}
	r := Work(t.Context(), tool, tool, "m", app.TryOptions{})
	require.ErrorIs(t, r.Err, broken)
	require.NotNil(t, r.Tests)
	require.Nil(t, r.Preview)

	tool = &fakeTool{testErr: broken}
	r = Work(t.Context(), tool, tool, "m", app.TryOptions{})
	require.ErrorIs(t, r.Err, broken)

	tool = &fakeTool{tryFinds: monitor.Diagnostics{mistake}}
	r = Work(t.Context(), tool, tool, "m", app.TryOptions{})
	require.Nil(t, r.Preview)
	require.Equal(t, monitor.Diagnostics{mistake}, r.Diagnostics)
}
