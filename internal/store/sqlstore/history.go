package sqlstore

import (
	"context"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// versionIsCurrent tells whether a version v of monitors m is in force.
const versionIsCurrent = `coalesce(m.version_id = v.id and m.archived_at is null, false)`

// MonitorVersions lists the versions of a monitor, newest first.
func (s *Store) MonitorVersions(ctx context.Context, name string, page store.Page) ([]store.VersionView, error) {
	var where filter
	where.monitor("v.monitor_id", name)
	where.before("v.number", page.BeforeID)
	count := where.arg(page.Limit)
	var views []store.VersionView
	err := s.database.Read(ctx,
		s.query(func(scan Scan) error { return scan(new(int64)) },
			`select m.id from monitors m where m.name = $1 order by m.id desc limit 1`, name).
			found("monitor %q does not exist", name),
		s.query(func(scan Scan) error {
			var v store.VersionView
			err := scan(&v.ID, &v.MonitorID, &v.MonitorName, &v.Number, &v.Hash, &v.Author, &v.Message, &v.CreatedAt, &v.Current)
			views = append(views, v)
			return err
		}, `select v.id, v.monitor_id, m.name, v.number, v.hash, v.author, v.message, v.created_at, `+versionIsCurrent+`
			from monitor_versions v join monitors m on m.id = v.monitor_id`+where.where()+`
			order by v.number desc limit `+count, where.args...))
	return views, wrap(err, "list versions of monitor %q", name)
}

// MonitorVersion reads one version of a monitor with its files.
func (s *Store) MonitorVersion(ctx context.Context, name string, number int) (store.VersionView, error) {
	var where filter
	where.monitor("v.monitor_id", name)
	if number != 0 {
		where.add("v.number = %s", number)
	}
	var views []store.VersionView
	err := s.database.Read(ctx, s.query(func(scan Scan) error {
		var v store.VersionView
		err := scanVersion(scan, &v.Version, &v.Current)
		views = append(views, v)
		return err
	}, `select `+versionColumns+`, `+versionIsCurrent+`
		from monitor_versions v join monitors m on m.id = v.monitor_id`+where.where()+`
		order by v.number desc limit 1`, where.args...))
	if number == 0 {
		return only(views, err, "monitor %q", name)
	}
	return only(views, err, "version %d of monitor %q", number, name)
}

// Snapshot reads what a run of the monitor would load. Statements see what was
// committed when each of them began, so it is read again if the monitor changed
// in between.
func (s *Store) Snapshot(ctx context.Context, name string) (monitor.Snapshot, error) {
	for range attempts {
		snapshot, whole, err := s.snapshot(ctx, name)
		if err != nil {
			return monitor.Snapshot{}, wrap(err, "read what is active of monitor %q", name)
		}
		if whole {
			return snapshot, nil
		}
	}
	return monitor.Snapshot{}, monitor.Errorf(monitor.CodeUnavailable, "monitor %q keeps changing while it is read", name)
}

func (s *Store) snapshot(ctx context.Context, name string) (snapshot monitor.Snapshot, whole bool, err error) {
	snapshot.Variables = map[string]monitor.Data{}
	row := func(m *monitor.Monitor) *Statement {
		return s.query(func(scan Scan) error { return scanMonitor(scan, m) },
			`select `+monitorColumns+` from monitors m where m.name = $1 and m.archived_at is null`, name).
			found("monitor %q does not exist", name)
	}
	if err := s.database.Read(ctx, row(&snapshot.Monitor)); err != nil {
		return snapshot, false, err
	}
	var after monitor.Monitor
	statements := append(s.active(snapshot.Monitor.ID, &snapshot), s.variablesInto(snapshot.Variables, snapshot.Monitor.ID), row(&after))
	if err := s.database.Read(ctx, statements...); err != nil {
		return snapshot, false, err
	}
	countActive(snapshot.Alerts, snapshot.Issues)
	return snapshot, after.ID == snapshot.Monitor.ID && after.Revision == snapshot.Monitor.Revision, nil
}

// ClosedModelIDs looks model ids up among issues that have ended.
func (s *Store) ClosedModelIDs(ctx context.Context, monitorID int64, modelIDs []string) (map[string]bool, error) {
	found := map[string]bool{}
	statements, err := s.closed(found, monitorID, modelIDs)
	if err == nil {
		err = s.database.Read(ctx, statements...)
	}
	return found, wrap(err, "look for issues of monitor %d that have ended", monitorID)
}
