package lifecycle

import (
	"fmt"
	"slices"

	"github.com/vedettehq/vedette/internal/monitor"
)

// update replaces changed data (R13), then ends what is missing (R14).
func (p *draft) update() {
	update := p.outcome.Update
	if update == nil {
		return
	}
	for i := range p.issues {
		data, changed := update.Changed[p.issues[i].ID]
		if !changed {
			continue
		}
		issue := p.change(i)
		issue.Data = data
		p.touched[issue.AlertID] = true
		p.plan.Updated = append(p.plan.Updated, issue)
		p.counts.Updated++
		name := monitor.IssueUpdatedNotSolved
		if p.outcome.Solved[issue.ID] {
			name = monitor.IssueUpdatedSolved
		}
		p.journal.issue(name, issue, monitor.Extra{})
	}
	status := monitor.IssueSolved
	if p.declaration.Options.Missing == monitor.MissingDrop {
		status = monitor.IssueDropped
	}
	for i := range p.issues {
		if endsMissing(p.declaration, update, p.issues[i].ID) {
			p.endIssue(i, status, monitor.ReasonMissing)
		}
	}
}

// solve ends the issues that is_solved says are solved (R20). What a person does
// to issues that are not solvable is not the run's to do (R21).
func (p *draft) solve() {
	if !p.declaration.Options.Solvable {
		return
	}
	for i := range p.issues {
		if p.issues[i].Status == monitor.IssueActive && p.outcome.Solved[p.issues[i].ID] {
			p.endIssue(i, monitor.IssueSolved, monitor.ReasonPredicate)
		}
	}
}

func (p *draft) endIssue(i int, status monitor.IssueStatus, reason monitor.EndReason) {
	issue := p.change(i)
	name := endIssue(issue, status, p.now)
	p.touched[issue.AlertID] = true
	p.plan.Ended = append(p.plan.Ended, issue)
	p.journal.issue(name, issue, monitor.Extra{Reason: reason})
	if status == monitor.IssueDropped {
		p.counts.Dropped++
	} else {
		p.counts.Solved++
	}
}

// search creates issues of what was found and is new, up to the cap (R30-R32).
func (p *draft) search() {
	if p.outcome.Search == nil || len(p.outcome.Search.Found) == 0 {
		return
	}
	active := byModelID(p.stored)
	limit, capped := p.limits.maxIssuesCreation(p.declaration)
	room := len(p.outcome.Search.Found)
	if capped {
		room = min(room, limit)
	}
	p.issues = slices.Grow(p.issues, room)
	p.plan.Created = make([]*monitor.Issue, 0, room)
	p.journal.expect(room)
	fresh := 0
	for i := range p.outcome.Search.Found {
		found := &p.outcome.Search.Found[i]
		if !p.isNew(found, active) {
			continue
		}
		if fresh++; !capped || fresh <= limit {
			p.create(found)
		}
	}
	if capped && fresh > limit {
		p.truncated = true
		p.warnings = append(p.warnings, fmt.Sprintf("search: %d new issues were found, but one run creates at most %d (max_issues_creation): the rest is left to later runs", fresh, limit))
	}
}

// isNew applies those filters of R30 that depend on what is stored by now, and
// on is_solved.
func (p *draft) isNew(found *monitor.Found, active map[string]*monitor.Issue) bool {
	options := &p.declaration.Options
	seenBefore := options.Unique && p.stored.Closed[found.ModelID]
	solved := options.Solvable && found.Solved
	return active[found.ModelID] == nil && !seenBefore && !solved
}

func (p *draft) create(found *monitor.Found) {
	issue := p.arena.add(monitor.Issue{
		MonitorID: p.stored.Monitor.ID,
		ModelID:   found.ModelID,
		Status:    monitor.IssueActive,
		Data:      found.Data,
		CreatedAt: p.now,
		UpdatedAt: p.now,
	})
	p.issues = append(p.issues, issue)
	p.plan.Created = append(p.plan.Created, issue)
	p.counts.Created++
	p.journal.issue(monitor.IssueCreated, issue, monitor.Extra{})
}
