package lifecycle

import "github.com/vedettehq/vedette/internal/monitor"

// group is an alert with what its active issues amount to.
type group struct {
	alert *monitor.Alert
	gauge gauge
	// touched is set if its issues or their data changed in this run.
	touched bool
	// stored is nil if the run creates the alert; else what is to be left alone.
	stored *monitor.Alert
}

// groupUnderAlerts gives each active issue an alert, and each alert its priority
// and its end (R40-R44).
func (p *draft) groupUnderAlerts() {
	meter := newMeter(p.declaration.Options.Rule, p.now)
	groups, loose := p.measure(meter)
	if meter.rule != nil && len(loose) > 0 {
		groups = p.link(groups, loose, meter)
	}
	for i := range groups {
		p.settle(&groups[i], meter)
	}
	p.warnings = append(p.warnings, meter.warnings.all()...)
}

// measure makes a group of each alert, oldest first, and gives the indexes of
// the active issues that belong to none.
func (p *draft) measure(meter *meter) (groups []group, loose []int) {
	groups = make([]group, len(p.stored.Alerts), len(p.stored.Alerts)+1)
	index := make(map[int64]int, len(groups))
	for i := range groups {
		alert := &p.stored.Alerts[i]
		groups[i] = group{alert: alert, stored: alert, touched: p.touched[alert.ID]}
		index[alert.ID] = i
	}
	for i, issue := range p.issues {
		switch {
		case issue.Status != monitor.IssueActive:
		case issue.AlertID == 0:
			loose = append(loose, i)
		default:
			if at, ok := index[issue.AlertID]; ok {
				meter.add(&groups[at].gauge, issue)
			}
		}
	}
	return groups, loose
}

// link gives the loose issues to the oldest alert that takes more, or to a new
// one if they amount to a level of the rule (R41).
func (p *draft) link(groups []group, loose []int, meter *meter) []group {
	target := takesMore(groups)
	if target == nil {
		var sum gauge
		for _, i := range loose {
			meter.add(&sum, p.issues[i])
		}
		priority, triggered := meter.priority(&sum)
		if !triggered {
			return groups
		}
		groups = append(groups, group{alert: p.createAlert(priority), gauge: sum})
		target = &groups[len(groups)-1]
	} else {
		for _, i := range loose {
			meter.add(&target.gauge, p.issues[i])
		}
		p.changeAlert(target)
	}
	p.join(target, loose)
	return groups
}

// takesMore gives the oldest group whose alert is not locked, or nil.
func takesMore(groups []group) *group {
	for i := range groups {
		if !groups[i].alert.Locked {
			return &groups[i]
		}
	}
	return nil
}

func (p *draft) createAlert(priority monitor.Priority) *monitor.Alert {
	alert := &monitor.Alert{
		MonitorID: p.stored.Monitor.ID,
		Status:    monitor.AlertActive,
		Priority:  priority,
		CreatedAt: p.now,
		UpdatedAt: p.now,
	}
	p.plan.NewAlerts = append(p.plan.NewAlerts, alert)
	p.journal.alert(monitor.AlertCreated, alert, monitor.Extra{})
	return alert
}

// join links issues to the group's alert (R42).
func (p *draft) join(g *group, loose []int) {
	linked := make([]*monitor.Issue, len(loose))
	p.journal.expect(len(loose) + 1)
	for n, i := range loose {
		issue := p.change(i)
		if g.stored == nil {
			issue.NewAlert = g.alert
		} else {
			issue.AlertID = g.alert.ID
		}
		if p.isStored(i) {
			p.plan.Linked = append(p.plan.Linked, issue)
		}
		linked[n] = issue
		p.journal.issue(monitor.IssueLinked, issue, monitor.Extra{})
	}
	g.touched = true
	p.journal.alert(monitor.AlertIssuesLinked, g.alert, monitor.Extra{Linked: linked})
	if g.alert.Acknowledged && p.declaration.Options.DismissAcknowledgeOnNewIssues {
		g.alert.Acknowledged = false
		g.alert.AcknowledgePriority = 0
		p.journal.alert(monitor.AlertAcknowledgeDismissed, g.alert, monitor.Extra{})
	}
}
