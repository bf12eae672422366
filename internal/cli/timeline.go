package cli

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// step is an event of an issue, with what there is to tell of it.
type step struct {
	*client.Event
	// issue is the issue after it.
	issue struct {
		AlertID *int64          `json:"alert_id"`
		Data    json.RawMessage `json:"data"`
	}
	extra struct {
		Reason  monitor.EndReason `json:"reason"`
		Comment string            `json:"comment"`
	}
}

// timeline tells what became of an issue, oldest first: that is how a story reads.
func (s *Screen) timeline(i *client.IssueDetail) {
	if len(i.Timeline) == 0 && i.TimelineComplete {
		return
	}
	s.Linef("\n%s", s.paint(bold, "timeline"))
	if i.TimelineCursor != nil {
		s.Linef("    there is more before: vedette event list --source issue --source-id %d", i.ID)
	}
	if !i.TimelineComplete {
		s.Linef("    not all of it is known: events of runs are not kept here (save_events), or old ones were removed")
	}
	var before json.RawMessage
	for _, event := range slices.Backward(i.Timeline) {
		current := readStep(&event)
		s.Linef("    %s  %s", s.moment(&event.CreatedAt), current.words())
		if comment := oneLine(current.extra.Comment); comment != "" {
			s.Linef("        %q", comment)
		}
		for _, line := range current.difference(before) {
			s.Linef("        %s", line)
		}
		if current.issue.Data != nil {
			before = current.issue.Data
		}
	}
}

// readStep reads what can be read of an event: one that a newer server made may be
// shaped otherwise, and is shown all the same.
func readStep(e *client.Event) step {
	current := step{Event: e}
	_ = json.Unmarshal(e.EventData, &current.issue)
	_ = json.Unmarshal(e.ExtraPayload, &current.extra)
	return current
}

// difference is how the data changed, or at first what they are.
func (s step) difference(before json.RawMessage) []string {
	switch {
	case s.issue.Data == nil:
		return nil
	case before == nil:
		return []string{Fields(s.issue.Data)}
	default:
		return Difference(before, s.issue.Data)
	}
}

// words say what happened, and by whom or what.
func (s step) words() string {
	done := s.done()
	if who := by(s.Event); who != "-" {
		return done + ", by " + who
	}
	return done
}

func (s step) done() string {
	switch monitor.EventName(s.EventName) {
	case monitor.IssueCreated:
		return "created"
	case monitor.IssueLinked:
		return "linked to alert " + id(s.issue.AlertID)
	case monitor.IssueUpdatedNotSolved:
		return "changed"
	case monitor.IssueUpdatedSolved:
		return "changed, and with that no problem any more"
	case monitor.IssueSolvedEvent:
		return "solved" + s.reason()
	case monitor.IssueDroppedEvent:
		return "dropped" + s.reason()
	default:
		return strings.TrimSpace(oneLine(s.EventName) + " " + Fields(s.ExtraPayload))
	}
}

// reason says why an issue ended, where that is not said by who ended it.
func (s step) reason() string {
	switch s.extra.Reason {
	case monitor.ReasonPredicate:
		return ": is_solved says so"
	case monitor.ReasonMissing:
		return ": update did not return it any more"
	case monitor.ReasonArchived:
		return ": its monitor was deleted"
	case monitor.ReasonRekeyed:
		return ": its monitor identifies issues by another field now (model_id_key)"
	case monitor.ReasonPerson, "":
		return ""
	default:
		return fmt.Sprintf(": %s", oneLine(string(s.extra.Reason)))
	}
}
