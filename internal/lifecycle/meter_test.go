package lifecycle_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

// priorityOf gives the priority of the alert that issues with these data, created
// an hour ago, get by a rule: none is 0. The warnings are those of the run.
func priorityOf(r *monitor.Rule, data ...monitor.Data) (monitor.Priority, []string) {
	s := snapshot(nil)
	for i, text := range data {
		one := issue(int64(i+1), 0)
		one.Data = text
		s.Issues = append(s.Issues, one)
	}
	p := plan(solvable(rule(r)), &monitor.Outcome{}, s)
	if len(p.NewAlerts) == 0 {
		return 0, warningsOf(p)
	}
	return p.NewAlerts[0].Priority, warningsOf(p)
}

func TestRule_R50_IsStrictAndGoesFromCriticalDown(t *testing.T) {
	t.Parallel()
	r := &monitor.Rule{Kind: monitor.CountRule, Levels: map[monitor.Priority]float64{
		monitor.Informational: 0, monitor.Moderate: 2, monitor.Critical: 3,
	}}
	for count, want := range map[int]monitor.Priority{1: monitor.Informational, 2: monitor.Informational, 3: monitor.Moderate, 4: monitor.Critical, 5: monitor.Critical} {
		got, _ := priorityOf(r, make([]monitor.Data, count)...)
		require.Equal(t, want, got, count)
	}
}

func TestRule_R50_ALevelLeftOutNeverTriggers(t *testing.T) {
	t.Parallel()
	got, _ := priorityOf(&monitor.Rule{Kind: monitor.CountRule}, "{}", "{}")
	require.Zero(t, got)
}

func TestRule_R51_AgeOfTheOldestIssue(t *testing.T) {
	t.Parallel()
	for level, want := range map[float64]monitor.Priority{3599: monitor.High, 3600: 0, 3601: 0} {
		got, _ := priorityOf(&monitor.Rule{Kind: monitor.AgeRule, Levels: map[monitor.Priority]float64{monitor.High: level}}, "{}")
		require.Equal(t, want, got, level)
	}
}

func TestRule_R51_AgeSinceAField(t *testing.T) {
	t.Parallel()
	minute := func(value string) string { return fmt.Sprintf(`{"paid":%s}`, value) }
	r := &monitor.Rule{Kind: monitor.AgeRule, Since: "paid", Levels: map[monitor.Priority]float64{monitor.Low: 59, monitor.High: 60}}
	for value, want := range map[string]monitor.Priority{
		`"2026-11-23T11:59:00.500Z"`:                           monitor.Low,
		`"2026-11-23T11:59:00Z"`:                               monitor.Low,
		`"2026-11-23T12:58:59.5+01:00"`:                        monitor.High,
		`"2026-11-23T11:58:59"`:                                monitor.High,
		`"2026-11-23 11:58:59"`:                                monitor.High,
		`"2026-11-23"`:                                         monitor.High,
		`"2026-11-24"`:                                         0,
		fmt.Sprint(now.Add(-61 * time.Second).Unix()):          monitor.High,
		fmt.Sprintf("%d.5", now.Add(-60*time.Second).Unix()-1): monitor.High,
		fmt.Sprint(now.Unix()):                                 0,
		"0":                                                    monitor.High,
		"1e300":                                                0,
		`"0001-01-01"`:                                         monitor.High,
	} {
		got, warnings := priorityOf(r, monitor.Data(minute(value)))
		require.Equal(t, want, got, value)
		require.Empty(t, warnings, value)
	}
}

func TestRule_R51_OldestValueWinsAndWhatIsNoneIsSkipped(t *testing.T) {
	t.Parallel()
	r := &monitor.Rule{Kind: monitor.AgeRule, Since: "paid", Levels: map[monitor.Priority]float64{monitor.High: 86400}}
	got, warnings := priorityOf(r, `{"paid":"2026-11-23"}`, `{"paid":"2026-11-20"}`, `{}`, `{"paid":null}`, `{"paid":"soon"}`, `{"paid":true}`)
	require.Equal(t, monitor.High, got)
	require.Equal(t, []string{
		`alert: age_rule skips issue "i3": its field "paid" is missing`,
		`alert: age_rule skips issue "i4": its field "paid" is missing`,
		`alert: age_rule skips issue "i5": its field "paid" is no time: expected RFC 3339, a date, or seconds since 1970`,
		`alert: age_rule skips issue "i6": its field "paid" is no time: expected RFC 3339, a date, or seconds since 1970`,
	}, warnings)
}

func TestRule_R51_Value(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		operation monitor.Operation
		values    []string
		want      monitor.Priority
	}{
		"greater, largest counts":  {monitor.GreaterThan, []string{"1", "31", "-5"}, monitor.Critical},
		"greater, equal is not":    {monitor.GreaterThan, []string{"30"}, monitor.Low},
		"greater, none":            {monitor.GreaterThan, []string{"20", "1"}, 0},
		"greater, fraction":        {monitor.GreaterThan, []string{"30.5"}, monitor.Critical},
		"lesser, smallest counts":  {monitor.LesserThan, []string{"50", "-5", "25"}, monitor.Critical},
		"lesser, equal is not":     {monitor.LesserThan, []string{"30"}, 0},
		"lesser, none":             {monitor.LesserThan, []string{"30", "99"}, 0},
		"nothing that is a number": {monitor.GreaterThan, []string{`"31"`, "null", "true"}, 0},
	} {
		r := &monitor.Rule{Kind: monitor.ValueRule, Key: "v", Operation: test.operation, Levels: map[monitor.Priority]float64{
			monitor.Critical: 30, monitor.Low: 20,
		}}
		var data []monitor.Data
		for _, value := range test.values {
			data = append(data, monitor.Data(`{"v":`+value+`}`))
		}
		got, _ := priorityOf(r, data...)
		require.Equal(t, test.want, got, name)
	}
}

func TestRule_R51_WarnsOfValuesThatCannotBeCompared(t *testing.T) {
	t.Parallel()
	r := &monitor.Rule{Kind: monitor.ValueRule, Key: "v", Operation: monitor.GreaterThan, Levels: map[monitor.Priority]float64{monitor.Low: 0}}
	data := []monitor.Data{`{"v":1}`, `{}`, `{"v":"7"}`}
	for range 30 {
		data = append(data, `{"x":1}`)
	}
	got, warnings := priorityOf(r, data...)
	require.Equal(t, monitor.Low, got)
	require.Len(t, warnings, 22)
	require.Equal(t, `alert: value_rule skips issue "i2": its field "v" is missing`, warnings[0])
	require.Equal(t, `alert: value_rule skips issue "i3": its field "v" is no number`, warnings[1])
	require.Equal(t, "alert: 11 more issues without the field that the rule looks at", warnings[21])
}
