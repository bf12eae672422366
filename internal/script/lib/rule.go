package lib

import (
	"fmt"
	"math"
	"time"

	starlarktime "go.starlark.net/lib/time"
	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// ruleValue is what count_rule(...), age_rule(...) and value_rule(...) give.
type ruleValue struct{ rule monitor.Rule }

var _ starlark.Value = (*ruleValue)(nil)

func (r *ruleValue) String() string      { return fmt.Sprintf("%s_rule(...)", r.rule.Kind) }
func (*ruleValue) Type() string          { return "rule" }
func (*ruleValue) Freeze()               {}
func (*ruleValue) Truth() starlark.Bool  { return true }
func (*ruleValue) Hash() (uint32, error) { return 0, fmt.Errorf("unhashable type: rule") }

const (
	numberLevels = "informational: float | None = None, low: float | None = None, moderate: float | None = None, high: float | None = None, critical: float | None = None"
	ageLevels    = "informational: Duration | None = None, low: Duration | None = None, moderate: Duration | None = None, high: Duration | None = None, critical: Duration | None = None"
)

func rules() []script.Builtin {
	return []script.Builtin{
		{
			Signature:  "count_rule(*, " + numberLevels + ") -> Rule",
			Doc:        "A priority by the number of active issues: more than a level reaches it.",
			Parameters: levelParameters,
			Place:      script.AtTopLevel,
			Run:        countRule,
		},
		{
			Signature:  "age_rule(since: str | None = None, *, " + ageLevels + ") -> Rule",
			Doc:        "A priority by the age of the oldest active issue, or of the oldest time in the field since of their data.",
			Parameters: with(levelParameters, map[string]string{"since": "the field of the data to count from; default: when the issue was created"}),
			Place:      script.AtTopLevel,
			Run:        ageRule,
		},
		{
			Signature: `value_rule(key: str, operation: Literal["greater_than", "lesser_than", ">", "<"], *, ` + numberLevels + ") -> Rule",
			Doc:       "A priority by a field of the active issues: the most important level that any of them reaches.",
			Parameters: with(levelParameters, map[string]string{
				"key":       "the field of the data that is compared with the levels",
				"operation": "whether a level is passed by what is greater, or by what is lesser",
			}),
			Place: script.AtTopLevel,
			Run:   valueRule,
		},
	}
}

func countRule(s *script.Scope, a *script.Args) (starlark.Value, error) {
	rule := monitor.Rule{Kind: monitor.CountRule, Levels: levels(a, number)}
	warnOfOrder(s, a, rule.Levels, false)
	return &ruleValue{rule}, nil
}

func ageRule(s *script.Scope, a *script.Args) (starlark.Value, error) {
	rule := monitor.Rule{Kind: monitor.AgeRule, Since: a.String("since"), Levels: levels(a, seconds)}
	warnOfOrder(s, a, rule.Levels, false)
	return &ruleValue{rule}, nil
}

func valueRule(s *script.Scope, a *script.Args) (starlark.Value, error) {
	rule := monitor.Rule{Kind: monitor.ValueRule, Key: a.String("key"), Operation: operation(a), Levels: levels(a, number)}
	warnOfOrder(s, a, rule.Levels, rule.Operation == monitor.LesserThan)
	return &ruleValue{rule}, nil
}

func operation(a *script.Args) monitor.Operation {
	greater, lesser := string(monitor.GreaterThan), string(monitor.LesserThan)
	switch choice(a, "operation", []string{greater, lesser, ">", "<"}, greater) {
	case lesser, "<":
		return monitor.LesserThan
	default:
		return monitor.GreaterThan
	}
}

// levels reads the thresholds of those priorities that are given one.
func levels(a *script.Args, read func(*script.Args, string) (float64, bool)) map[monitor.Priority]float64 {
	found := map[monitor.Priority]float64{}
	given := false
	for _, p := range monitor.Priorities {
		if !a.Has(p.String()) {
			continue
		}
		given = true
		if level, ok := read(a, p.String()); ok {
			found[p] = level
		}
	}
	if !given {
		a.Note("", "a rule needs at least one level: %s", quoted(priorityNames()))
	}
	return found
}

func number(a *script.Args, name string) (float64, bool) {
	switch value := a.Value(name).(type) {
	case starlark.Int, starlark.Float:
		level, _ := starlark.AsFloat(value)
		if math.IsNaN(level) || math.IsInf(level, 0) {
			a.Refuse(name, "is not a finite number")
			return 0, false
		}
		return level, true
	default:
		a.Refuse(name, "must be a number, not %s", script.Describe(value))
		return 0, false
	}
}

func seconds(a *script.Args, name string) (float64, bool) {
	switch value := a.Value(name).(type) {
	case starlark.String, starlarktime.Duration:
		d := a.Duration(name)
		return d.Seconds(), !a.Refused(name)
	case starlark.Int, starlark.Float:
		return number(a, name)
	default:
		a.Refuse(name, `must be seconds or a duration such as "30m", not %s`, script.Describe(value))
		return 0, false
	}
}

// warnOfOrder warns where a more important level is reached before a less
// important one, which then never shows.
func warnOfOrder(s *script.Scope, a *script.Args, levels map[monitor.Priority]float64, falling bool) {
	before := monitor.Priority(0)
	for _, p := range monitor.Priorities {
		level, ok := levels[p]
		if !ok {
			continue
		}
		if before != 0 && (level > levels[before]) != falling && level != levels[before] {
			s.Warn(a, p.String(), "level %s (%s) is reached only after %s (%s), which is more important: it never shows",
				p, shortNumber(level), before, shortNumber(levels[before]))
		}
		before = p
	}
}

func shortNumber(level float64) string {
	return fmt.Sprintf("%v", level)
}

// asDuration gives a duration as a value of the time module.
func asDuration(d time.Duration) starlark.Value { return starlarktime.Duration(d) }
