package sqlstore

import (
	"context"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// eventColumns are what scanEvent reads of events v and monitors m.
const eventColumns = `v.id, v.name, v.source, v.source_id, v.monitor_id, m.name, coalesce(v.execution_id, 0),
	coalesce(v.version_id, 0), v.data, v.extra, v.actor, v.created_at`

func scanEvent(scan Scan, v *monitor.EventRecord, more ...any) error {
	return scan(append([]any{
		&v.ID, (*string)(&v.Name), (*string)(&v.Source), &v.SourceID, &v.MonitorID, &v.MonitorName, &v.ExecutionID,
		&v.VersionID, (*string)(&v.Data), (*string)(&v.Extra), &v.Actor, &v.CreatedAt,
	}, more...)...)
}

// Events lists the events that are kept. Ids are taken before they commit, so an
// event is shown once no smaller id can come any more: otherwise whoever goes on
// from the newest one seen would step over it (R85). The bound is read first.
func (s *Store) Events(ctx context.Context, f store.EventFilter, page store.Page) ([]monitor.EventRecord, error) {
	settled, err := s.settledEvents(ctx)
	if err != nil {
		return nil, wrap(err, "list events")
	}
	var where filter
	where.plain("v.keep")
	where.add("v.id <= %s", settled)
	where.monitor("v.monitor_id", f.Monitor)
	if f.Name != "" {
		where.add("v.name = %s", string(f.Name))
	}
	if f.SourceID != 0 {
		where.add("v.source_id = %s", f.SourceID)
	}
	if f.Source != "" {
		where.add("v.source = %s", string(f.Source))
	}
	where.before("v.id", page.BeforeID)
	order := "desc"
	if page.AfterID != 0 {
		where.add("v.id > %s", page.AfterID)
		order = "asc"
	}
	var events []monitor.EventRecord
	count := where.arg(page.Limit)
	err = s.database.Read(ctx, s.query(func(scan Scan) error {
		var v monitor.EventRecord
		err := scanEvent(scan, &v)
		events = append(events, v)
		return err
	}, `select `+eventColumns+` from events v join monitors m on m.id = v.monitor_id`+where.where()+`
		order by v.id `+order+` limit `+count, where.args...))
	return events, wrap(err, "list events")
}

// settledEvents is the largest id below which none is pending. What once was
// settled is for ever, although a transaction that has just begun may lead the
// database to a smaller number: whoever saw an event is to see it again.
func (s *Store) settledEvents(ctx context.Context) (int64, error) {
	var settled int64
	err := s.database.Read(ctx, s.query(func(scan Scan) error { return scan(&settled) }, `select {settled}`))
	if err != nil {
		return 0, err
	}
	for known := s.settled.Load(); known < settled; known = s.settled.Load() {
		if s.settled.CompareAndSwap(known, settled) {
			return settled, nil
		}
	}
	return max(settled, s.settled.Load()), nil
}

// NewestEvent is the largest id of all events.
func (s *Store) NewestEvent(ctx context.Context) (int64, error) {
	var newest int64
	err := s.database.Read(ctx, s.query(func(scan Scan) error { return scan(&newest) },
		`select coalesce((select v.id from events v order by v.id desc limit 1), 0)`))
	return newest, wrap(err, "read the newest event")
}
