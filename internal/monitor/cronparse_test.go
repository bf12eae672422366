package monitor_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestParseCron_R70_SaysTheSameAs(t *testing.T) {
	t.Parallel()
	for expr, other := range map[string]string{
		"@hourly":           "0 0 * * * *",
		"@daily":            "0 0 * * *",
		"@weekly":           "0 0 * * 7",
		"@monthly":          "0 0 1 * *",
		"@yearly":           "0 0 1 jan *",
		"0 0 * * sun":       "0 0 * * 0",
		"0 0 * * SUN":       "0 0 * * 7",
		"0 0 * * 5-7":       "0 0 * * fri,sat,sun",
		"0 0 * * fri-sun":   "0 0 * * 5,6,0",
		"0 0 * * 1-7/2":     "0 0 * * mon,wed,fri,sun",
		"0 0 * * 7/2":       "0 0 * * 0",
		"0 0 * * 0-7":       "0 0 * * *",
		"0 0 * * 3,7":       "0 0 * * 0,3",
		"0 0 * * 7-7":       "0 0 * * sun",
		"0 0 * * sun-sun":   "0 0 * * 0",
		"0 0 * * sun-tue":   "0 0 * * 0,1,2",
		"0 0 * * 1-5/7":     "0 0 * * 1",
		"  0   0 * * ?  ":   "0 0 * * *",
		"0 0 1-3 * *":       "0 0 1,2,3 * *",
		"5/20 * * * *":      "5,25,45 * * * *",
		"0 0 0 1 JAN-mar *": "0 0 1 1-3 *",
	} {
		from := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
		require.Equal(t, times(parseCron(t, other, time.UTC), from, 20), times(parseCron(t, expr, time.UTC), from, 20), expr)
	}
}

func TestParseCron_R70_Refuses(t *testing.T) {
	t.Parallel()
	for expr, want := range map[string]string{
		"":                             "it is empty",
		" \t ":                         "it is empty",
		"never":                        "it has one field: expected five",
		"* * * *":                      "it has 4 fields: expected five (minute hour day-of-month month weekday), or six with seconds first",
		"* * * * * * *":                "it has 7 fields",
		"60 * * * *":                   `minute "60": expected 0 to 59`,
		"60 * * * * *":                 `second "60": expected 0 to 59`,
		"* 24 * * *":                   `hour "24": expected 0 to 23`,
		"* * 0 * *":                    `day of month "0": expected 1 to 31`,
		"* * * 13 *":                   `month "13": expected 1 to 12 or jan to dec`,
		"* * * * 8":                    `weekday "8": expected 0 to 7 or sun to sat`,
		"* * * * 5-8":                  `weekday "5-8"`,
		"* * * * 7-5":                  `weekday "7-5"`,
		"* * * * foo-7":                `weekday "foo-7"`,
		"* * * * 1-7/0":                `weekday "1-7/0"`,
		"* * * * 1-7/x":                `weekday "1-7/x"`,
		"*/0 * * * *":                  `minute "*/0"`,
		"1-2-3 * * * *":                `minute "1-2-3"`,
		"*-5 * * * *":                  `minute "*-5"`,
		"5- * * * *":                   `minute "5-"`,
		", * * * *":                    `minute ","`,
		"1,,2 * * * *":                 `minute "1,,2"`,
		"+5 * * * *":                   `minute "+5"`,
		"-5 * * * *":                   `minute "-5"`,
		"1.5 * * * *":                  `minute "1.5"`,
		"* * L * *":                    `day of month "L"`,
		"* * * * 5#2":                  `weekday "5#2"`,
		"99999999999999999999 * * * *": `minute "99999999999999999999"`,
		"0 0 30 2 *":                   `day of month "30" never comes in month "2"`,
		"0 0 31 4,6,9,11 *":            `day of month "31" never comes in month "4,6,9,11"`,
		"TZ=UTC":                       "a time zone of its own is not supported",
		"TZ=UTC * * * * *":             "a time zone of its own is not supported",
		"CRON_TZ=Asia/Tokyo":           "a time zone of its own is not supported",
		"@every 5m":                    "unknown shorthand: one of @hourly, @daily, @weekly, @monthly, @yearly",
		"@reboot":                      "unknown shorthand",
		"@daily *":                     "unknown shorthand",
	} {
		_, err := monitor.ParseCron(expr, time.UTC)
		require.ErrorContains(t, err, want, expr)
	}
}

func TestParseCron_R70_AcceptsRareDates(t *testing.T) {
	t.Parallel()
	for _, expr := range []string{"0 0 29 2 *", "0 0 30 2 mon", "0 0 31 1,2 *", "0 0 31 */2 *"} {
		require.NotZero(t, parseCron(t, expr, time.UTC).Next(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)), expr)
	}
}

func FuzzParseCron(f *testing.F) {
	for _, expr := range []string{"TZ=", "CRON_TZ=a", "@every 1s", "* * * * 5-7/3", "0 0 30 2 *", "1-5/9223372036854775807 * * * *", ",,, - / ? *"} {
		f.Add(expr)
	}
	berlin := zone(f, "Europe/Berlin")
	f.Fuzz(func(t *testing.T, expr string) {
		c, err := monitor.ParseCron(expr, berlin)
		if err != nil {
			require.True(t, strings.HasPrefix(err.Error(), "cron "), err)
			return
		}
		at := time.Date(2026, time.March, 29, 0, 59, 59, 0, time.UTC)
		for range 3 {
			next := c.Next(at)
			require.True(t, next.After(at), "%q after %s: %s", expr, at, next)
			at = next
		}
	})
}
