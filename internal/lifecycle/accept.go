package lifecycle

import "github.com/vedettehq/vedette/internal/monitor"

// AcceptUpdate matches what update returned with the active issues (R12-R14).
// incomplete tells whether the routine called incomplete(). The warnings name the
// entries that were skipped; entries count from 1.
//
// A monitor without an update of its own hands in what search returned: then an
// unknown model id is a new problem, and no reason to warn.
func AcceptUpdate(d *monitor.Declaration, loaded *monitor.Snapshot, r monitor.Returned, incomplete bool) (*monitor.UpdateOutcome, []string) {
	routine := monitor.RoutineUpdate
	if d.UpdateIsSearch() {
		routine = monitor.RoutineSearch
	}
	outcome := &monitor.UpdateOutcome{
		Changed:  make(map[int64]monitor.Data),
		Returned: make(map[int64]bool, len(r.Entries)),
		Whole:    !r.Nothing && !incomplete,
	}
	entries := newAcceptance(routine, d)
	active := byModelID(loaded)
	for i, entry := range r.Entries {
		id, ok := entries.identify(i, entry)
		if !ok {
			outcome.Whole = false
			continue
		}
		issue, known := active[id]
		switch {
		case !known && d.UpdateIsSearch():
		case !known:
			entries.warn(i, unknownEntries, "model id %q is not an active issue", id)
		case outcome.Returned[issue.ID]:
			entries.warnRepeated(i, id)
		default:
			// One that is too large was returned all the same: its issue is not missing.
			outcome.Returned[issue.ID] = true
			if entries.fits(i, id, entry) && !monitor.Equal(issue.Data, entry.Data) {
				outcome.Changed[issue.ID] = entry.Data
			}
		}
	}
	return outcome, entries.warnings.all()
}

// AcceptSearch leaves out of what search returned what cannot become an issue, as
// far as that is known before is_solved is asked: entries without a usable model
// id, those already active, those repeated, and those too large (R09, R30). The
// warnings name them, but for those already active; entries count from 1. Besides,
// they name fields that people were to be shown and that nothing has.
func AcceptSearch(d *monitor.Declaration, loaded *monitor.Snapshot, r monitor.Returned) (*monitor.SearchOutcome, []string) {
	outcome := &monitor.SearchOutcome{Found: make([]monitor.Found, 0, len(r.Entries))}
	entries := newAcceptance(monitor.RoutineSearch, d)
	active := byModelID(loaded)
	found := make(map[string]bool, len(r.Entries))
	for i, entry := range r.Entries {
		id, ok := entries.identify(i, entry)
		if !ok || active[id] != nil {
			continue
		}
		if found[id] {
			entries.warnRepeated(i, id)
			continue
		}
		if entries.fits(i, id, entry) {
			found[id] = true
			outcome.Found = append(outcome.Found, monitor.Found{ModelID: id, Data: entry.Data})
		}
	}
	return outcome, append(entries.warnings.all(), unshownFields(d, outcome.Found)...)
}

func byModelID(s *monitor.Snapshot) map[string]*monitor.Issue {
	issues := make(map[string]*monitor.Issue, len(s.Issues))
	for i := range s.Issues {
		issues[s.Issues[i].ModelID] = &s.Issues[i]
	}
	return issues
}
