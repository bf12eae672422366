package monitor

import "slices"

// SilenceMatch says which alerts a silence is about: those that fulfil everything
// it asks for.
type SilenceMatch struct {
	// Everything matches all alerts. It has to be said, so that nobody silences all
	// by leaving something out.
	Everything bool
	// Monitor is a monitor's name; empty: any.
	Monitor string
	// Labels are those that the monitor must have, with their values.
	Labels map[string]string
	// Priority matches alerts of this priority and less important ones; 0: any.
	Priority Priority
	// IssueID matches one issue; 0: the alert as a whole. An alert is silent when all
	// its active issues are.
	IssueID int64
}

// IsZero tells whether it asks for nothing, not even everything.
func (m *SilenceMatch) IsZero() bool {
	return !m.Everything && m.Monitor == "" && len(m.Labels) == 0 && m.Priority == 0 && m.IssueID == 0
}

// SilenceSubject is what there is to know of an active alert to tell whether it is
// silenced.
type SilenceSubject struct {
	AlertID  int64
	Monitor  string
	Labels   map[string]string
	Priority Priority
	// ActiveIssues counts the active issues of the alert; Issues are those of them
	// that silences name.
	ActiveIssues int
	Issues       []int64
}

// Matches tells whether it is about the alert, or about an issue of it.
func (m *SilenceMatch) Matches(subject *SilenceSubject) bool {
	if m.IsZero() || m.Monitor != "" && m.Monitor != subject.Monitor || m.Priority > subject.Priority {
		return false
	}
	for name, value := range m.Labels {
		if has, ok := subject.Labels[name]; !ok || has != value {
			return false
		}
	}
	return m.IssueID == 0 || slices.Contains(subject.Issues, m.IssueID)
}

// SilencedBy gives those of the silences, which are in force, that together
// silence the alert, by their ids; none: it is not silenced. An alert of which
// only some issues are silenced is not.
func SilencedBy(inForce []Silence, subject *SilenceSubject) []int64 {
	var whole, parts []int64
	issues := map[int64]bool{}
	for i := range inForce {
		s := &inForce[i]
		switch {
		case !s.Match.Matches(subject):
		case s.Match.IssueID == 0:
			whole = append(whole, s.ID)
		default:
			parts = append(parts, s.ID)
			issues[s.Match.IssueID] = true
		}
	}
	if len(issues) < subject.ActiveIssues {
		return whole
	}
	return append(whole, parts...)
}
