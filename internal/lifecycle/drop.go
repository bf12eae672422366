package lifecycle

import "github.com/vedettehq/vedette/internal/monitor"

// DropIssue ends an issue that is none. An alert that is left without active
// issues is solved (R63). The snapshot holds the issue and its alert, with the
// number of its active issues.
func DropIssue(d *monitor.Declaration, by Person) Action {
	return func(s monitor.Snapshot) (monitor.Plan, error) {
		if len(s.Issues) == 0 {
			return monitor.Plan{}, monitor.Errorf(monitor.CodeNotFound, "there is no such issue")
		}
		issue := &s.Issues[0]
		if issue.Status != monitor.IssueActive {
			return monitor.Plan{}, monitor.Errorf(monitor.CodeConflict,
				"issue %d is %s already: only an active issue can be dropped", issue.ID, issue.Status)
		}
		deed := begin(d, by)
		deed.endIssues(s.Issues[:1], monitor.IssueDropped, monitor.ReasonPerson)
		for i := range s.Alerts {
			alert := &s.Alerts[i]
			if alert.ID == issue.AlertID && alert.Status == monitor.AlertActive && alert.ActiveIssues <= 1 {
				deed.endAlert(deed.changeAlert(*alert), monitor.ReasonPerson)
			}
		}
		return deed.done()
	}
}
