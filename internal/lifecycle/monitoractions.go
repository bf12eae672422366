package lifecycle

import (
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
)

// SetEnabled enables or disables the monitor: a disabled one is not scheduled
// (R64). The snapshot holds its row.
func SetEnabled(d *monitor.Declaration, enabled bool, by Person) Action {
	return func(s monitor.Snapshot) (monitor.Plan, error) {
		if err := notDeleted(&s); err != nil || s.Monitor.Enabled == enabled {
			return monitor.Plan{}, err
		}
		deed := begin(d, by)
		changed := s.Monitor
		changed.Enabled = enabled
		deed.plan.Monitor = &monitor.MonitorChange{Enabled: &enabled}
		deed.journal.monitor(monitor.MonitorEnabledChanged, &changed)
		return deed.done()
	}
}

// Refresh makes tasks due now (R65). The snapshot holds the monitor's row.
func Refresh(d *monitor.Declaration, tasks monitor.Tasks, by Person) Action {
	return func(s monitor.Snapshot) (monitor.Plan, error) {
		name := s.Monitor.Name
		switch err := notDeleted(&s); {
		case err != nil:
			return monitor.Plan{}, err
		case tasks == 0:
			return monitor.Plan{}, monitor.Errorf(monitor.CodeInvalid, "no task to refresh is named: search, update or both")
		case tasks&^d.Tasks() != 0:
			return monitor.Plan{}, monitor.Errorf(monitor.CodeInvalid, "monitor %q has no %s: it can %s",
				name, strings.Join((tasks&^d.Tasks()).Names(), " and no "), strings.Join(d.Tasks().Names(), " and "))
		case !s.Monitor.Enabled:
			return monitor.Plan{}, monitor.Errorf(monitor.CodeConflict, "monitor %q is disabled: enable it first", name)
		case s.Monitor.Schedule.Busy:
			return monitor.Plan{}, monitor.Errorf(monitor.CodeConflict, "monitor %q is queued or running: refresh it when that has ended", name)
		}
		deed := begin(d, by)
		deed.plan.Monitor = &monitor.MonitorChange{DueTasks: tasks}
		return deed.done()
	}
}

// Archive deletes the monitor: its active issues are dropped and its alerts
// solved, and its history stays (R66). The snapshot holds all that is active.
func Archive(d *monitor.Declaration, by Person) Action {
	return func(s monitor.Snapshot) (monitor.Plan, error) {
		if err := notDeleted(&s); err != nil {
			return monitor.Plan{}, err
		}
		deed := begin(d, by)
		deed.endAll(&s, monitor.ReasonArchived)
		deed.plan.Monitor = &monitor.MonitorChange{Archive: true}
		return deed.done()
	}
}

// Rekey prepares a monitor for a version that identifies issues by another field:
// the active ones, whose ids mean nothing to it, are dropped and the alerts
// solved, which is refused unless it was asked for (R67). The plan is empty if the
// field stays. The snapshot holds all that is active.
func Rekey(from, to *monitor.Declaration, dropIssues bool, by Person) Action {
	return func(s monitor.Snapshot) (monitor.Plan, error) {
		if from.Options.ModelIDKey == to.Options.ModelIDKey {
			return monitor.Plan{}, nil
		}
		if len(s.Issues) > 0 && !dropIssues {
			return monitor.Plan{}, monitor.Errorf(monitor.CodeConflict,
				"model_id_key of monitor %q changes from %q to %q while issues are active under the old one (%d): solve them first, or ask to drop them (drop_issues)",
				s.Monitor.Name, from.Options.ModelIDKey, to.Options.ModelIDKey, len(s.Issues))
		}
		deed := begin(to, by)
		deed.endAll(&s, monitor.ReasonRekeyed)
		return deed.done()
	}
}

func notDeleted(s *monitor.Snapshot) error {
	if s.Monitor.ArchivedAt.IsZero() {
		return nil
	}
	return monitor.Errorf(monitor.CodeConflict, "monitor %q is deleted", s.Monitor.Name)
}
