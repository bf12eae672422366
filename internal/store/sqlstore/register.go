package sqlstore

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// Register stores a version and makes it current (R76).
func (s *Store) Register(ctx context.Context, r store.Registration, now time.Time) (monitor.Version, bool, error) {
	var version monitor.Version
	var stored bool
	err := s.transact(ctx, patient, func(conn Conn) error {
		reg := registering{store: s, conn: conn, Registration: r, crons: newCrons(r.Zone), now: now}
		var err error
		version, stored, err = reg.register(ctx)
		return err
	})
	return version, stored, wrap(err, "register monitor %s", r.Name)
}

// registering is one attempt to register a version.
type registering struct {
	store *Store
	conn  Conn
	store.Registration
	crons *crons
	now   time.Time

	// What is registered now. exists is false if there is no monitor of that name.
	exists       bool
	monitor      monitor.Monitor
	current      monitor.Version
	schedule     schedule
	activeIssues int
	// cancelled are the tasks of the run that must not go on.
	cancelled monitor.Tasks
}

func (r *registering) register(ctx context.Context) (monitor.Version, bool, error) {
	if err := r.checkCrons(); err != nil {
		return monitor.Version{}, false, err
	}
	if err := r.lock(ctx); err != nil {
		return monitor.Version{}, false, err
	}
	if err := r.checkVersion(); err != nil {
		return monitor.Version{}, false, err
	}
	if r.exists && r.current.Hash == r.Files.Hash() {
		return r.current, false, r.noteSource(ctx)
	}
	if !r.exists {
		if err := r.create(ctx); err != nil {
			return monitor.Version{}, false, err
		}
	} else if err := r.replace(ctx); err != nil {
		return monitor.Version{}, false, err
	}
	version, err := r.insertVersion(ctx)
	if err != nil {
		return version, false, err
	}
	return version, true, r.makeCurrent(ctx, version)
}

func (r *registering) checkCrons() error {
	options := &r.Declaration.Options
	for name, cron := range map[string]string{"search_cron": options.SearchCron, "update_cron": options.UpdateCron} {
		if _, err := r.crons.next(cron, r.now); err != nil {
			return monitor.Errorf(monitor.CodeInvalid, "%s: %w", name, err)
		}
	}
	return nil
}

// lock locks the monitor's row, if it exists, and reads what is current.
func (r *registering) lock(ctx context.Context) error {
	statements := []*Statement{
		r.store.query(func(scan Scan) error {
			r.exists = true
			return scanMonitor(scan, &r.monitor, &r.activeIssues, new(int64))
		}, `select `+monitorColumns+`, m.active_issues, {announce} from monitors m
			where m.name = $1 and m.archived_at is null {lock m}`, r.Name),
		r.store.query(func(scan Scan) error { return scanSchedule(scan, &r.schedule) },
			`select `+scheduleColumns+` from monitors m where m.name = $1 and m.archived_at is null`, r.Name),
		r.store.query(func(scan Scan) error { return scanVersion(scan, &r.current) },
			`select `+versionColumns+` from monitors m join monitor_versions v on v.id = m.version_id
			where m.name = $1 and m.archived_at is null`, r.Name),
	}
	return r.conn.Do(ctx, statements...)
}

func (r *registering) checkVersion() error {
	switch {
	case r.IfAbsent && r.exists:
		return monitor.Errorf(monitor.CodeStale, "there is a monitor %q already", r.Name)
	case r.IfVersionID == 0 || r.IfVersionID == r.current.ID:
		return nil
	case !r.exists:
		return monitor.Errorf(monitor.CodeStale, "monitor %q does not exist any more", r.Name)
	}
	return store.Stale(&r.current)
}

// noteSource records that the same content now arrives another way.
func (r *registering) noteSource(ctx context.Context) error {
	if r.monitor.Source == r.Source {
		return nil
	}
	return r.conn.Do(ctx, r.store.exec(`update monitors set source = $2 where id = $1`, r.monitor.ID, string(r.Source)).
		affecting(1, "the monitor's source"))
}

// create makes a new monitor. Its tasks are due at once (R70). If somebody else
// makes one of that name at the same time, that one is found by trying again.
func (r *registering) create(ctx context.Context) error {
	create := r.store.query(func(scan Scan) error { return scan(&r.monitor.ID) },
		`insert into monitors (name, enabled, source, created_at, solvable, search_cron, update_cron, time_zone)
		values ($1, true, $2, $3, false, '', '', $4)
		on conflict (name) where archived_at is null do nothing
		returning id`, r.Name, string(r.Source), r.now, r.Zone.String())
	create.Done = func(rows int64) error {
		if rows == 0 {
			return ErrAgain
		}
		return nil
	}
	return r.conn.Do(ctx, create)
}

// replace prepares what is active for the new version.
func (r *registering) replace(ctx context.Context) error {
	if err := r.mark(ctx); err != nil {
		return err
	}
	return r.rekey(ctx)
}

// mark has people told of the active alerts where the new version says, and no
// longer where only the old one did (R82).
func (r *registering) mark(ctx context.Context) error {
	if !r.current.Declaration.Notifies() && !r.Declaration.Notifies() {
		return nil
	}
	return r.conn.Do(ctx, r.store.markOwn(r.monitor.ID, r.now))
}

func (r *registering) insertVersion(ctx context.Context) (monitor.Version, error) {
	version := monitor.Version{
		MonitorID: r.monitor.ID, MonitorName: r.Name, Number: r.current.Number + 1,
		Files: r.Files, Declaration: r.Declaration, Hash: r.Files.Hash(),
		Author: r.Author, Message: r.Message, CreatedAt: r.now,
	}
	files, err := encode(version.Files)
	if err != nil {
		return version, wrap(err, "encode the files")
	}
	declaration, err := encode(version.Declaration)
	if err != nil {
		return version, wrap(err, "encode the declaration")
	}
	return version, r.conn.Do(ctx, r.store.query(func(scan Scan) error { return scan(&version.ID) },
		`insert into monitor_versions (monitor_id, number, hash, files, declaration, author, message, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8)
		returning id`, version.MonitorID, version.Number, version.Hash, files, declaration, version.Author, version.Message, version.CreatedAt))
}

// makeCurrent points the monitor at the version and schedules it by its crons.
func (r *registering) makeCurrent(ctx context.Context, version monitor.Version) error {
	options := &r.Declaration.Options
	next := r.schedule
	var err error
	if next.NextSearchAt, err = r.next(monitor.TaskSearch, r.schedule.searchCron, options.SearchCron, r.schedule.NextSearchAt, r.schedule.lastSearchAt); err != nil {
		return err
	}
	if next.NextUpdateAt, err = r.next(monitor.TaskUpdate, r.schedule.updateCron, options.UpdateCron, r.schedule.NextUpdateAt, r.schedule.lastUpdateAt); err != nil {
		return err
	}
	return r.conn.Do(ctx,
		r.store.exec(`update monitors set version_id = $2, source = $3, solvable = $4, search_cron = $5, update_cron = $6,
				next_search_at = $7, next_update_at = $8
			where id = $1`, r.monitor.ID, version.ID, string(r.Source), options.Solvable, options.SearchCron, options.UpdateCron,
			next.NextSearchAt, next.NextUpdateAt).affecting(1, "the monitor"),
		r.store.exec(setDueSQL, r.monitor.ID).affecting(1, "the monitor"))
}

// next is when a task is due under its new cron: at once if its run was cancelled,
// unchanged if the cron is, at once if it never ran, and otherwise when the cron says
// (R70, R76).
func (r *registering) next(task monitor.Tasks, oldCron, newCron string, old, last time.Time) (time.Time, error) {
	switch {
	case r.cancelled.Has(task) && r.Declaration.Tasks().Has(task):
		return r.now, nil
	case oldCron == newCron:
		return old, nil
	case newCron != "" && last.IsZero():
		return r.now, nil
	}
	return r.crons.next(newCron, r.now)
}
