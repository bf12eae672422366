package monitor

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// cronFields are the fields of an expression, with what each may say.
var cronFields = [...]struct{ name, values string }{
	{"second", "0 to 59"},
	{"minute", "0 to 59"},
	{"hour", "0 to 23"},
	{"day of month", "1 to 31"},
	{"month", "1 to 12 or jan to dec"},
	{"weekday", "0 to 7 or sun to sat"},
}

const weekdayField = 5

var cronShorthands = map[string]string{
	"@hourly":  "0 * * * *",
	"@daily":   "0 0 * * *",
	"@weekly":  "0 0 * * 0",
	"@monthly": "0 0 1 * *",
	"@yearly":  "0 0 1 1 *",
}

var cronParser = cron.NewParser(cron.Second | cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)

// ParseCron reads a cron expression that is meant in zone, which must not be nil:
// minute, hour, day of month, month and weekday, with seconds before them if
// there are six fields; weekday 7 is Sunday, as 0 is. If days of the month and
// weekdays are both restricted, either is enough. @hourly, @daily, @weekly,
// @monthly and @yearly are understood; @every is not, for it has no fixed times.
// A zone of its own (TZ=) and dates that never come, such as 30 February, are
// refused. The error names the field and what it may say.
func ParseCron(expr string, zone *time.Location) (Cron, error) {
	fields, err := splitCron(expr)
	if err != nil {
		return Cron{}, fmt.Errorf("cron %q: %w", expr, err)
	}
	for i, field := range fields {
		if !isCronField(field) {
			return Cron{}, fmt.Errorf("cron %q: %w", expr, fieldError(i, field))
		}
	}
	given := slices.Clone(fields)
	fields[weekdayField] = sundayAsZero(fields[weekdayField])
	schedule, err := cronParser.Parse(strings.Join(fields, " "))
	if err != nil {
		return Cron{}, fmt.Errorf("cron %q: %w", expr, findBadField(given, fields, err))
	}
	spec, ok := schedule.(*cron.SpecSchedule)
	if !ok {
		return Cron{}, fmt.Errorf("cron %q: unexpected %T", expr, schedule)
	}
	c := Cron{spec, zone, spec.Hour&allHours == allHours}
	// In the five years that the library looks ahead from there every date comes.
	if spec.Next(time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return Cron{}, fmt.Errorf("cron %q: day of month %q never comes in month %q", expr, given[3], given[4])
	}
	return c, nil
}

// splitCron gives the six fields of an expression.
func splitCron(expr string) ([]string, error) {
	fields := strings.Fields(expr)
	if len(fields) == 0 {
		return nil, fmt.Errorf("it is empty: expected five fields, such as */5 * * * *")
	}
	first := fields[0]
	if strings.HasPrefix(first, "TZ=") || strings.HasPrefix(first, "CRON_TZ=") {
		return nil, fmt.Errorf("a time zone of its own is not supported: all crons use the configured time_zone")
	}
	if strings.HasPrefix(first, "@") {
		expanded, ok := cronShorthands[first]
		if !ok || len(fields) > 1 {
			return nil, fmt.Errorf("unknown shorthand: one of @hourly, @daily, @weekly, @monthly, @yearly")
		}
		fields = strings.Fields(expanded)
	}
	if len(fields) == len(cronFields)-1 {
		fields = append([]string{"0"}, fields...)
	}
	if len(fields) != len(cronFields) {
		return nil, fmt.Errorf("it has %s: expected five (minute hour day-of-month month weekday), or six with seconds first", countFields(len(fields)))
	}
	return fields, nil
}

func countFields(n int) string {
	if n == 1 {
		return "one field"
	}
	return fmt.Sprintf("%d fields", n)
}

// isCronField refuses what the library would take for something else: it drops
// empty elements, so that "," never comes, and reads "*-5" as "*".
func isCronField(field string) bool {
	for element := range strings.SplitSeq(field, ",") {
		low, high, isRange := strings.Cut(element, "-")
		if low == "" || strings.Contains(field, "+") || isRange && (high == "" || strings.ContainsAny(low, "*?")) {
			return false
		}
	}
	return true
}

// sundayAsZero rewrites a weekday field so that Sunday at the end of a week, as 7
// or as in fri-sun, becomes 0, the only Sunday that the library knows. What is
// not understood is left to the library to refuse.
func sundayAsZero(field string) string {
	if !strings.Contains(field, "7") && !strings.Contains(strings.ToLower(field), "-sun") {
		return field
	}
	var elements []string
	for element := range strings.SplitSeq(field, ",") {
		elements = append(elements, weekEndingOnSunday(element)...)
	}
	return strings.Join(elements, ",")
}

func weekEndingOnSunday(element string) []string {
	span, stepText, hasStep := strings.Cut(element, "/")
	low, high, isRange := strings.Cut(span, "-")
	if !isRange {
		high = low
	}
	start, okStart := weekday(low)
	endsOnSunday := high == "7" || isRange && start > 0 && strings.EqualFold(high, "sun")
	step, err := strconv.Atoi(stepText)
	if !hasStep {
		step, err = 1, nil
	}
	if !endsOnSunday || !okStart || err != nil || step < 1 {
		return []string{element}
	}
	var days []string
	for day := start; day <= 7; day += min(step, 7) {
		days = append(days, strconv.Itoa(day%7))
	}
	return days
}

func weekday(text string) (int, bool) {
	day := slices.Index([]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}, strings.ToLower(text))
	if day < 0 && len(text) == 1 && '0' <= text[0] && text[0] <= '7' {
		day = int(text[0] - '0')
	}
	return day, day >= 0
}

// findBadField says which field the library refused: its own errors do not.
func findBadField(given, fields []string, cause error) error {
	for i, field := range fields {
		alone := slices.Repeat([]string{"*"}, len(fields))
		alone[i] = field
		if _, err := cronParser.Parse(strings.Join(alone, " ")); err != nil {
			return fieldError(i, given[i])
		}
	}
	return cause
}

func fieldError(i int, field string) error {
	f := cronFields[i]
	return fmt.Errorf("%s %q: expected %s, alone or as * or a-b, with /n for every nth, or a list of these", f.name, field, f.values)
}
