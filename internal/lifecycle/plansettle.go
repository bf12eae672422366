package lifecycle

import "github.com/vedettehq/vedette/internal/monitor"

// settle ends the group's alert if no active issue is left (R44), else computes
// its priority anew (R43). Without a rule the priority stays (R40).
func (p *draft) settle(g *group, meter *meter) {
	if g.gauge.count == 0 {
		p.changeAlert(g)
		endAlert(g.alert, p.now)
		p.journal.alert(monitor.AlertSolvedEvent, g.alert, monitor.Extra{})
		return
	}
	if meter.rule != nil {
		p.setPriority(g, meter)
	}
	if g.touched {
		p.changeAlert(g)
		g.alert.ActiveIssues = g.gauge.count
		p.journal.alert(monitor.AlertUpdated, g.alert, monitor.Extra{})
	}
}

func (p *draft) setPriority(g *group, meter *meter) {
	priority, triggered := meter.priority(&g.gauge)
	if !triggered {
		priority = monitor.Low
	}
	previous := g.alert.Priority
	if priority == previous {
		return
	}
	p.changeAlert(g)
	g.touched = true
	g.alert.Priority = priority
	name := monitor.AlertPriorityDecreased
	if priority < previous {
		name = monitor.AlertPriorityIncreased
	}
	p.journal.alert(name, g.alert, monitor.Extra{PreviousPriority: previous})
}

// changeAlert makes the group's alert one that may be written to and is part of
// the plan.
func (p *draft) changeAlert(g *group) {
	if g.alert != g.stored {
		return
	}
	changed := *g.stored
	changed.UpdatedAt = p.now
	g.alert = &changed
	p.plan.Alerts = append(p.plan.Alerts, g.alert)
}
