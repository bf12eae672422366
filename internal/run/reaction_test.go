package run_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
)

func TestReact_R81_GivesTheVariablesThatWereSet(t *testing.T) {
	t.Parallel()
	program := &fakeProgram{react: func(_ context.Context, host script.Host, event *monitor.EventRecord) error {
		count, _ := host.Variable("count")
		host.SetVariable("count", count+"1")
		require.Equal(t, monitor.IssueCreated, event.Name)
		return nil
	}}
	event := &monitor.EventRecord{Name: monitor.IssueCreated, MonitorName: "orders"}
	set, err := newRunner(t, run.Config{}).React(t.Context(), program, event, map[string]monitor.Data{"count": "1", "other": "2"}, now, 1)
	require.NoError(t, err)
	require.Equal(t, map[string]monitor.Data{"count": "11"}, set)
}

func TestReact_R81_AFailureGivesNone(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		react   func(ctx context.Context, host script.Host) error
		message string
	}{
		"failed":     {func(context.Context, script.Host) error { return errors.New("no luck") }, "no luck"},
		"timed out":  {func(ctx context.Context, _ script.Host) error { return waiting(ctx) }, "monitor.star:14:12: took longer than its reaction_timeout of 5s"},
		"incomplete": {func(_ context.Context, host script.Host) error { host.Incomplete("half"); return nil }, "incomplete: on_issue_solved: half"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				program := &fakeProgram{react: func(ctx context.Context, host script.Host, _ *monitor.EventRecord) error {
					host.SetVariable("x", "1")
					return test.react(ctx, host)
				}}
				event := &monitor.EventRecord{Name: monitor.IssueSolvedEvent}
				start := time.Now()
				set, err := newRunner(t, run.Config{}).React(t.Context(), program, event, nil, now, 1)
				require.EqualError(t, err, test.message)
				require.Empty(t, set)
				require.LessOrEqual(t, time.Since(start), 5*time.Second)
			})
		})
	}
}

func TestReact_SaysWhyItWasCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancelCause(t.Context())
	stopping := errors.New("stopping")
	program := &fakeProgram{react: func(ctx context.Context, _ script.Host, _ *monitor.EventRecord) error {
		cancel(stopping)
		return waiting(ctx)
	}}
	_, err := newRunner(t, run.Config{}).React(ctx, program, &monitor.EventRecord{}, nil, now, 1)
	require.ErrorIs(t, err, stopping)
}
