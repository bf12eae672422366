package authoring

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/app"
	"github.com/vedettehq/vedette/internal/monitor"
)

func TestTestAll_ResultsAreInOrderWhicheverIsDoneFirst(t *testing.T) {
	t.Parallel()
	tool := &slowTool{mays: map[string]chan struct{}{"a": make(chan struct{}), "b": make(chan struct{}), "c": make(chan struct{})}}
	close(tool.mays["b"])
	close(tool.mays["c"])
	var dirs []string
	go close(tool.mays["a"])
	for suite, err := range TestAll(t.Context(), tool, []string{"a", "b", "c"}, "") {
		require.NoError(t, err)
		require.Equal(t, "test_"+suite.Dir, suite.Result.Tests[0].Name)
		dirs = append(dirs, suite.Dir)
	}
	require.Equal(t, []string{"a", "b", "c"}, dirs)
}

func TestTestAll_EndsAfterAnError(t *testing.T) {
	t.Parallel()
	tool := &slowTool{mays: map[string]chan struct{}{"unreadable": make(chan struct{})}} // the others may never end
	close(tool.mays["unreadable"])
	var errs []error
	for _, err := range TestAll(t.Context(), tool, []string{"unreadable", "a", "b"}, "") {
		errs = append(errs, err)
	}
	require.Equal(t, []error{errUnreadable}, errs)

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range TestAll(ctx, tool, []string{"a"}, "") {
		require.ErrorIs(t, err, context.Canceled)
	}
}

func TestSuite_AllowUntested(t *testing.T) {
	t.Parallel()
	noTests := monitor.Diagnostics{{File: "m/monitor_test.star", Message: "there is no such file", Severity: monitor.SeverityError}}
	suite := Suite{Dir: "m", Result: app.TestResult{Untested: true, Diagnostics: noTests}}
	require.False(t, suite.Result.Passed())
	suite.AllowUntested()
	require.True(t, suite.Result.Passed())

	broken := Suite{Dir: "m", Result: app.TestResult{Diagnostics: monitor.Diagnostics{mistake}}}
	broken.AllowUntested()
	require.False(t, broken.Result.Passed())
}
