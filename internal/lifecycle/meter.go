package lifecycle

import (
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// The kinds of warnings about issues that a rule cannot measure.
const (
	missingValues    = "issues without the field that the rule looks at"
	unreadableValues = "issues in which the rule cannot read that field"
)

// gauge is what the issues of one alert amount to so far.
type gauge struct {
	count int
	// extreme is the one measured value that decides: if any issue triggers a
	// level, it does. It means nothing unless measured is true.
	extreme  float64
	measured bool
}

// meter applies a rule to issues, one by one, so that each is looked at once
// whatever alert it ends up in.
type meter struct {
	// rule is nil for a monitor without one: then issues are only counted.
	rule     *monitor.Rule
	now      time.Time
	warnings warnings
}

func newMeter(rule *monitor.Rule, now time.Time) *meter {
	return &meter{rule: rule, now: now, warnings: warnings{subject: "alert"}}
}

// add takes an active issue into account.
func (m *meter) add(g *gauge, issue *monitor.Issue) {
	g.count++
	if m.rule == nil || m.rule.Kind == monitor.CountRule {
		return
	}
	value, ok := m.value(issue)
	if !ok {
		return
	}
	if !g.measured || m.beyond(value, g.extreme) {
		g.extreme, g.measured = value, true
	}
}

// priority gives the most important level that is triggered, false if none is
// (R50).
func (m *meter) priority(g *gauge) (monitor.Priority, bool) {
	value := g.extreme
	if m.rule.Kind == monitor.CountRule {
		value = float64(g.count)
	} else if !g.measured {
		return 0, false
	}
	for _, priority := range monitor.Priorities {
		if level, ok := m.rule.Levels[priority]; ok && m.beyond(value, level) {
			return priority, true
		}
	}
	return 0, false
}

// beyond tells whether a is further in the direction in which the rule's levels
// lie than b. Equal is not.
func (m *meter) beyond(a, b float64) bool {
	if m.rule.Operation == monitor.LesserThan {
		return a < b
	}
	return a > b
}

// value measures one issue (R51).
func (m *meter) value(issue *monitor.Issue) (float64, bool) {
	if m.rule.Kind == monitor.ValueRule {
		data, ok := m.field(issue, m.rule.Key)
		if !ok {
			return 0, false
		}
		value, ok := data.Number()
		if !ok {
			m.warn(unreadableValues, issue, m.rule.Key, "is no number")
		}
		return value, ok
	}
	if m.rule.Since == "" {
		return m.now.Sub(issue.CreatedAt).Seconds(), true
	}
	data, ok := m.field(issue, m.rule.Since)
	if !ok {
		return 0, false
	}
	seconds, ok := secondsSince(data, m.now)
	if !ok {
		m.warn(unreadableValues, issue, m.rule.Since, "is no time: expected RFC 3339, a date, or seconds since 1970")
	}
	return seconds, ok
}

// field gives a field that has a value; None counts as none.
func (m *meter) field(issue *monitor.Issue, name string) (monitor.Data, bool) {
	data, ok := issue.Data.Field(name)
	if !ok || data == "null" {
		m.warn(missingValues, issue, name, "is missing")
		return "", false
	}
	return data, true
}

func (m *meter) warn(kind string, issue *monitor.Issue, field, problem string) {
	m.warnings.add(kind, "%s_rule skips issue %q: its field %q %s", m.rule.Kind, issue.ModelID, field, problem)
}
