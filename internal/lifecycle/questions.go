package lifecycle

import "github.com/vedettehq/vedette/internal/monitor"

// Question is data of which is_solved is to be asked, once (R01).
type Question struct {
	Data monitor.Data
	// issue is the id of an active issue; 0 if the question is about an entry of
	// the search, whose index is found.
	issue int64
	found int
}

// Questions lists of what is_solved is to be asked: of solvable monitors each
// active issue, with its new data if that changed, and each accepted entry of the
// search (R20, R30); of others only changed data, since the answer names the event
// (R13). Issues that end because the update did not return them need no answer.
// update and search are nil if the routine was not asked or failed.
func Questions(d *monitor.Declaration, loaded *monitor.Snapshot, update *monitor.UpdateOutcome, search *monitor.SearchOutcome) []Question {
	if !d.HasIsSolved {
		return nil
	}
	room := len(loaded.Issues)
	if search != nil {
		room += len(search.Found)
	}
	questions := make([]Question, 0, room)
	for i := range loaded.Issues {
		issue := &loaded.Issues[i]
		data, changed := issue.Data, false
		if update != nil {
			if new, ok := update.Changed[issue.ID]; ok {
				data, changed = new, true
			}
		}
		if changed || d.Options.Solvable && !endsMissing(d, update, issue.ID) {
			questions = append(questions, Question{Data: data, issue: issue.ID})
		}
	}
	if search != nil && d.Options.Solvable {
		for i := range search.Found {
			questions = append(questions, Question{Data: search.Found[i].Data, found: i})
		}
	}
	return questions
}

// Answer puts what is_solved said into the outcome whose update and search were
// asked about. solved has an answer for each question, or fewer if time ran out:
// what was not answered counts as not solved (R06, R07).
func Answer(o *monitor.Outcome, questions []Question, solved []bool) {
	if o.Solved == nil {
		o.Solved = make(map[int64]bool)
	}
	for i, question := range questions[:min(len(questions), len(solved))] {
		switch {
		case !solved[i]:
		case question.issue != 0:
			o.Solved[question.issue] = true
		default:
			o.Search.Found[question.found].Solved = true
		}
	}
}

// endsMissing tells whether an active issue ends because a whole update did not
// return it (R14). A run never solves issues of a monitor that is not solvable
// (R21).
func endsMissing(d *monitor.Declaration, update *monitor.UpdateOutcome, issueID int64) bool {
	if update == nil || !update.Whole || update.Returned[issueID] {
		return false
	}
	return d.Options.Missing == monitor.MissingDrop || d.Options.Missing == monitor.MissingSolve && d.Options.Solvable
}
