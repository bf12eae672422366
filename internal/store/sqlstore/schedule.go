package sqlstore

import (
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// schedule is what decides when a monitor's tasks are due.
type schedule struct {
	monitorID              int64
	searchCron, updateCron string
	monitor.Schedule
	// lastSearchAt and lastUpdateAt are when each task was last claimed; zero: never.
	lastSearchAt, lastUpdateAt time.Time
}

// scheduleColumns are what scanSchedule reads of monitors m.
const scheduleColumns = `m.id, m.search_cron, m.update_cron, m.next_search_at, m.next_update_at, m.last_search_at, m.last_update_at`

func scanSchedule(scan Scan, c *schedule, more ...any) error {
	return scan(append([]any{
		&c.monitorID, &c.searchCron, &c.updateCron, &c.NextSearchAt, &c.NextUpdateAt, &c.lastSearchAt, &c.lastUpdateAt,
	}, more...)...)
}

// due are the tasks that are due.
func (c *schedule) due(now time.Time) monitor.Tasks {
	var tasks monitor.Tasks
	if isDue(c.NextSearchAt, now) {
		tasks |= monitor.TaskSearch
	}
	if isDue(c.NextUpdateAt, now) {
		tasks |= monitor.TaskUpdate
	}
	return tasks
}

func isDue(next, now time.Time) bool { return !next.IsZero() && !next.After(now) }

// crons reads crons in one zone. Many monitors have the same few.
type crons struct {
	zone  *time.Location
	known map[string]monitor.Cron
}

func newCrons(zone *time.Location) *crons {
	return &crons{zone: zone, known: map[string]monitor.Cron{}}
}

// next is the first time after now, or zero for an empty cron.
func (c *crons) next(expression string, now time.Time) (time.Time, error) {
	if expression == "" {
		return time.Time{}, nil
	}
	cron, ok := c.known[expression]
	if !ok {
		var err error
		if cron, err = monitor.ParseCron(expression, c.zone); err != nil {
			return time.Time{}, err
		}
		c.known[expression] = cron
	}
	return cron.Next(now), nil
}
