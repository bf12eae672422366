package sqlstore

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// unacknowledged are alerts a that are not acknowledged at their priority (R60).
const unacknowledged = `not (a.acknowledged and a.acknowledge_priority <= a.priority)`

// Summary counts what is wrong, and how monitors are, as of now.
func (s *Store) Summary(ctx context.Context, now time.Time) (store.Summary, error) {
	summary := store.Summary{Alerts: map[monitor.Priority]store.AlertCounts{}, Monitors: map[monitor.Health]int{}}
	err := s.database.Read(ctx,
		s.query(func(scan Scan) error {
			var health string
			var count, issues int
			err := scan(&health, &count, &issues)
			summary.Monitors[monitor.Health(health)] = count
			summary.ActiveIssues += issues
			return err
		}, `select h.health, count(*), cast(sum(h.active_issues) as bigint)
			from (select `+healthOf("$1")+` as health, m.active_issues from monitors m where m.archived_at is null) h
			group by h.health order by h.health`, now.Add(-overdueAfter)),
		s.query(func(scan Scan) error {
			var priority int
			var counts store.AlertCounts
			err := scan(&priority, &counts.Active, &counts.Unacknowledged)
			counts.Waiting = counts.Unacknowledged
			summary.Alerts[monitor.Priority(priority)] = counts
			return err
		}, `select a.priority, count(*), count(case when `+unacknowledged+` then 1 end)
			from alerts a where a.status = 'active' group by a.priority order by a.priority`))
	if err != nil {
		return summary, wrap(err, "read the summary")
	}
	return summary, wrap(s.countSilenced(ctx, now, summary.Alerts), "count silenced alerts")
}

// countSilenced takes the alerts of which people are not told out of those that
// wait. Mostly nothing is in force, and one small read tells.
func (s *Store) countSilenced(ctx context.Context, now time.Time, counts map[monitor.Priority]store.AlertCounts) error {
	inForce, err := s.silencesInForce(ctx, now)
	if err != nil || len(inForce) == 0 {
		return err
	}
	var active []int64
	waiting := map[int64]bool{}
	err = s.database.Read(ctx, s.query(func(scan Scan) error {
		var id int64
		var waits bool
		err := scan(&id, &waits)
		active = append(active, id)
		waiting[id] = waits
		return err
	}, `select a.id, `+unacknowledged+` from alerts a where a.status = 'active' order by a.id`))
	if err != nil || len(active) == 0 {
		return err
	}
	subjects, err := s.silenceSubjects(ctx, active, inForce)
	if err != nil {
		return err
	}
	for i := range subjects {
		subject := &subjects[i]
		if len(monitor.SilencedBy(inForce, subject)) == 0 {
			continue
		}
		// Between two reads, an alert may come to another priority.
		of := counts[subject.Priority]
		of.Silenced = min(of.Silenced+1, of.Active)
		if waiting[subject.AlertID] {
			of.Waiting = max(of.Waiting-1, 0)
		}
		counts[subject.Priority] = of
	}
	return nil
}
