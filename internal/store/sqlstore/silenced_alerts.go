package sqlstore

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// subjectColumns are what scanSubject reads of alerts a of monitors m with version v.
const subjectColumns = `a.id, a.monitor_id, a.priority, m.name, cast(coalesce(v.declaration -> 'options' -> 'labels', '{}') as text)`

func scanSubject(scan Scan, subject *monitor.SilenceSubject, monitorID *int64, more ...any) error {
	var labels string
	if err := scan(append([]any{&subject.AlertID, monitorID, (*int)(&subject.Priority), &subject.Monitor, &labels}, more...)...); err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(labels), &subject.Labels); err != nil {
		return fmt.Errorf("decode the labels of monitor %q: %w", subject.Monitor, err)
	}
	return nil
}

// SilencedAlerts tells which alerts are silenced, and by what. Mostly nothing is in
// force, and one small read tells.
func (s *Store) SilencedAlerts(ctx context.Context, alerts []int64, now time.Time) (map[int64][]int64, error) {
	inForce, err := s.silencesInForce(ctx, now)
	if err != nil || len(inForce) == 0 || len(alerts) == 0 {
		return nil, wrap(err, "read silences")
	}
	subjects, err := s.silenceSubjects(ctx, alerts, inForce)
	if err != nil {
		return nil, wrap(err, "read what silences are about")
	}
	silenced := map[int64][]int64{}
	for i := range subjects {
		if by := monitor.SilencedBy(inForce, &subjects[i]); len(by) > 0 {
			silenced[subjects[i].AlertID] = by
		}
	}
	return silenced, nil
}

// narrowToSilenced narrows a list of alerts to those that are silenced, or to the
// others. What silences match is more than a statement can say, so it is asked of
// the active alerts that are in the list otherwise.
func (s *Store) narrowToSilenced(ctx context.Context, where *filter, silenced bool, now time.Time) error {
	among := filter{conditions: slices.Clone(where.conditions), args: slices.Clone(where.args)}
	among.plain("a.status = 'active'")
	var active []int64
	if err := s.database.Read(ctx, s.query(func(scan Scan) error {
		var id int64
		err := scan(&id)
		active = append(active, id)
		return err
	}, `select a.id from alerts a join monitors m on m.id = a.monitor_id`+among.where()+` order by a.id`, among.args...)); err != nil {
		return err
	}
	by, err := s.SilencedAlerts(ctx, active, now)
	if err != nil {
		return err
	}
	ids, err := s.idRows(slices.Sorted(maps.Keys(by)))
	if err != nil {
		return err
	}
	if silenced {
		where.plain("a.status = 'active'")
		where.add(`a.id in (select r.id from {rows %s r id bigint})`, ids)
	} else {
		where.add(`a.id not in (select r.id from {rows %s r id bigint})`, ids)
	}
	return nil
}

func (s *Store) silencesInForce(ctx context.Context, now time.Time) ([]monitor.Silence, error) {
	var rows []silence
	err := s.database.Read(ctx, s.silencesInto(&rows, `where s.next_end_at is not null and s.starts_at <= $1 order by s.id`, now))
	var inForce []monitor.Silence
	for i := range rows {
		if rows[i].Active(now) {
			inForce = append(inForce, rows[i].Silence)
		}
	}
	return inForce, err
}

// silenceSubjects reads of alerts what the silences ask about; those that have
// ended are left out.
func (s *Store) silenceSubjects(ctx context.Context, alerts []int64, silences []monitor.Silence) ([]monitor.SilenceSubject, error) {
	batch, err := s.idRows(alerts)
	if err != nil {
		return nil, err
	}
	var issues []int64
	for i := range silences {
		if id := silences[i].Match.IssueID; id != 0 {
			issues = append(issues, id)
		}
	}
	named, err := s.idRows(issues)
	if err != nil {
		return nil, err
	}
	var subjects []monitor.SilenceSubject
	issuesOf := map[int64][]int64{}
	err = s.database.Read(ctx,
		s.query(func(scan Scan) error {
			var subject monitor.SilenceSubject
			err := scanSubject(scan, &subject, new(int64), &subject.ActiveIssues)
			subjects = append(subjects, subject)
			return err
		}, `select `+subjectColumns+`, `+alertIssues+`
			from alerts a join monitors m on m.id = a.monitor_id join monitor_versions v on v.id = m.version_id
			where a.id in (select r.id from {rows $1 r id bigint}) and `+opaque(`a.status = 'active'`)+` order by a.id`, batch),
		s.query(func(scan Scan) error {
			var id, alertID int64
			err := scan(&id, &alertID)
			issuesOf[alertID] = append(issuesOf[alertID], id)
			return err
		}, `select i.id, coalesce(i.alert_id, 0) from issues i
			where i.id in (select r.id from {rows $1 r id bigint}) and `+opaque(`i.status = 'active'`)+` order by i.id`, named))
	for i := range subjects {
		subjects[i].Issues = issuesOf[subjects[i].AlertID]
	}
	return subjects, err
}
