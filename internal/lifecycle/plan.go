package lifecycle

import (
	"maps"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Plan decides what a run changes: o is what its code said, s what is stored by
// now, which may be newer than what the code was given. Issues that a person
// ended meanwhile are not in s any more, and stay as they are (R05).
//
// A run that outlives its monitor's deletion changes nothing; its execution is
// cancelled.
func Plan(d *monitor.Declaration, o *monitor.Outcome, s monitor.Snapshot, limits Limits, now time.Time) monitor.Plan {
	p := newDraft(d, o, &s, limits, now)
	if !s.Monitor.ArchivedAt.IsZero() {
		return p.cancel("the monitor was deleted while it ran")
	}
	p.update()
	p.solve()
	p.search()
	p.groupUnderAlerts()
	p.keepVariables()
	p.end()
	p.plan.Notify = d.Notifies()
	p.plan.Events = p.journal.events
	return p.plan
}

// draft is a run's plan in the making. Its steps follow each other in the order
// of the rules, and each sees what those before it decided.
type draft struct {
	declaration *monitor.Declaration
	outcome     *monitor.Outcome
	stored      *monitor.Snapshot
	limits      Limits
	now         time.Time

	// issues are first the stored ones, at the same index, then the created ones.
	// What is not changed is the snapshot's own and must stay as it is.
	issues []*monitor.Issue
	arena  arena
	// touched holds the ids of alerts whose issues or their data changed.
	touched map[int64]bool
	// truncated is set if the search found more than it may create (R31).
	truncated bool
	warnings  []string
	journal   journal
	counts    monitor.Counts
	plan      monitor.Plan
}

func newDraft(d *monitor.Declaration, o *monitor.Outcome, s *monitor.Snapshot, limits Limits, now time.Time) *draft {
	p := &draft{
		declaration: d, outcome: o, stored: s, limits: limits, now: now,
		issues:  make([]*monitor.Issue, len(s.Issues)),
		touched: make(map[int64]bool),
		journal: journal{reactions: d.Reactions, keep: limits.SaveEvents.keeps(d)},
	}
	if o.Update != nil {
		p.journal.expect(len(o.Update.Changed))
	}
	p.journal.expect(len(o.Solved))
	for i := range s.Issues {
		p.issues[i] = &s.Issues[i]
	}
	return p
}

// change gives the issue at i to be written to. The snapshot's own is left alone:
// the next attempt of the commit starts from it again.
func (p *draft) change(i int) *monitor.Issue {
	if p.isStored(i) && p.issues[i] == &p.stored.Issues[i] {
		p.issues[i] = p.arena.add(p.stored.Issues[i])
	}
	p.issues[i].UpdatedAt = p.now
	return p.issues[i]
}

// isStored tells whether the issue at i existed before.
func (p *draft) isStored(i int) bool { return i < len(p.stored.Issues) }

// keepVariables replaces the variables that routines set; later routines have the
// last word. A search that was cut must come back to what it did not create, so
// its bookmarks do not move (R02).
func (p *draft) keepVariables() {
	for _, set := range p.outcome.Variables {
		if set.Routine == monitor.RoutineSearch && p.truncated {
			continue
		}
		if p.plan.Variables == nil {
			p.plan.Variables = make(map[string]monitor.Data, len(set.Values))
		}
		maps.Copy(p.plan.Variables, set.Values)
	}
}
