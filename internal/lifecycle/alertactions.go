package lifecycle

import "github.com/vedettehq/vedette/internal/monitor"

// Acknowledge says that somebody knows of the alert as important as it is now
// (R60). The snapshot holds the alert.
func Acknowledge(d *monitor.Declaration, by Person) Action {
	return func(s monitor.Snapshot) (monitor.Plan, error) {
		stored, err := activeAlert(&s, "acknowledged")
		if err != nil || stored.Acknowledged && stored.AcknowledgePriority == stored.Priority {
			return monitor.Plan{}, err
		}
		deed := begin(d, by)
		alert := deed.changeAlert(*stored)
		alert.Acknowledged = true
		alert.AcknowledgePriority = alert.Priority
		deed.journal.alert(monitor.AlertAcknowledged, alert, monitor.Extra{})
		return deed.done()
	}
}

// Lock keeps new issues out of the alert: they go to another one (R61). The
// snapshot holds the alert.
func Lock(d *monitor.Declaration, by Person) Action {
	return setLocked(d, by, true, "locked", monitor.AlertLockedEvent)
}

// Unlock lets the alert gain issues again (R61). The snapshot holds the alert.
func Unlock(d *monitor.Declaration, by Person) Action {
	return setLocked(d, by, false, "unlocked", monitor.AlertUnlocked)
}

func setLocked(d *monitor.Declaration, by Person, locked bool, done string, name monitor.EventName) Action {
	return func(s monitor.Snapshot) (monitor.Plan, error) {
		stored, err := activeAlert(&s, done)
		if err != nil || stored.Locked == locked {
			return monitor.Plan{}, err
		}
		deed := begin(d, by)
		alert := deed.changeAlert(*stored)
		alert.Locked = locked
		deed.journal.alert(name, alert, monitor.Extra{})
		return deed.done()
	}
}

// SolveAlert solves the alert and all its active issues; with that it also counts
// as acknowledged. Only issues that no run can solve may be solved by people
// (R62). The snapshot holds the alert and its active issues.
func SolveAlert(d *monitor.Declaration, by Person) Action {
	return func(s monitor.Snapshot) (monitor.Plan, error) {
		stored, err := activeAlert(&s, "solved")
		if err != nil {
			return monitor.Plan{}, err
		}
		if d.Options.Solvable {
			return monitor.Plan{}, monitor.Errorf(monitor.CodeConflict,
				"alert %d cannot be solved by hand: the issues of monitor %q are solved by its runs. Drop issues that are none", stored.ID, s.Monitor.Name)
		}
		deed := begin(d, by)
		deed.endIssues(s.Issues, monitor.IssueSolved, monitor.ReasonPerson)
		alert := deed.changeAlert(*stored)
		alert.Acknowledged = true
		alert.AcknowledgePriority = alert.Priority
		deed.endAlert(alert, monitor.ReasonPerson)
		return deed.done()
	}
}

// activeAlert gives the alert that an action is about, if it still is active.
func activeAlert(s *monitor.Snapshot, done string) (*monitor.Alert, error) {
	if len(s.Alerts) == 0 {
		return nil, monitor.Errorf(monitor.CodeNotFound, "there is no such alert")
	}
	alert := &s.Alerts[0]
	if alert.Status != monitor.AlertActive {
		return nil, monitor.Errorf(monitor.CodeConflict, "alert %d is solved already: only an active alert can be %s", alert.ID, done)
	}
	return alert, nil
}
