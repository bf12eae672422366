package run

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// React calls the code's function for an event, within its own time (R81), and
// returns the variables it set. They are not to be kept if there is an error,
// which is a *monitor.Failure, or ctx's cause if ctx ended.
func (r *Runner) React(ctx context.Context, program Program, event *monitor.EventRecord, variables map[string]monitor.Data, now time.Time, seed uint64) (map[string]monitor.Data, error) {
	function := "on_" + string(event.Name)
	host := &host{
		routine: function,
		outside: r.outside,
		diary:   newDiary(r, event.MonitorName, now),
		before:  []map[string]monitor.Data{variables},
	}
	limited, cancel := within(ctx, "reaction_timeout", r.config.ReactionTimeout)
	defer cancel()
	err := program.React(limited, script.Call{Host: host, Now: now, Seed: seed, Limits: r.config.Script}, event)
	clean := host.diary.secrets.redactor()
	if failure := failureOf(limited, err); failure != nil {
		return nil, errorOf(ctx, notedFailure(clean, failure))
	}
	// A reaction that has not done everything has not done its work.
	if host.incomplete != "" {
		return nil, &monitor.Failure{Kind: monitor.FailureFail, Message: "incomplete: " + clean.Text(host.incomplete)}
	}
	return host.written, nil
}

func errorOf(ctx context.Context, failure *monitor.Failure) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return failure
}
