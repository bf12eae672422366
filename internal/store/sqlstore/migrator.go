package sqlstore

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"github.com/golang-migrate/migrate/v4"
	"github.com/golang-migrate/migrate/v4/database"
	"github.com/golang-migrate/migrate/v4/source/iofs"

	"github.com/vedettehq/vedette/internal/monitor"
)

// migrationsTable is where golang-migrate keeps the version.
const migrationsTable = "schema_migrations"

// Migrator changes the schema by the embedded steps. Any number of processes may
// do so at once: one does the work, the others wait for it.
type Migrator struct {
	// Steps are the migrations, Newest the newest version among them, and Needs
	// the oldest version that this binary can work with.
	Steps         fs.FS
	Newest, Needs int
	// Connect opens the database for golang-migrate, on a connection of its own.
	Connect func(ctx context.Context) (database.Driver, error)
	// Database is for reading what is recorded; HasTable is its statement for
	// whether there is a table of the name $1.
	Database Database
	HasTable string
	// Translate gives an error of the database its code.
	Translate func(error) error
}

// Up migrates to the newest schema, or by steps. A schema that is newer already
// stays as it is: whether this binary can work with it, CheckSchema says.
func (m *Migrator) Up(ctx context.Context, steps int) error {
	version, _, _, err := m.SchemaVersion(ctx)
	if err != nil || version > m.Newest {
		return err
	}
	return m.run(ctx, "migrate up", func(migration *migrate.Migrate) error {
		if steps > 0 {
			return migration.Steps(min(steps, m.Newest-version))
		}
		return migration.Up()
	})
}

// Down migrates back.
func (m *Migrator) Down(ctx context.Context, steps int) error {
	version, _, _, err := m.SchemaVersion(ctx)
	if err != nil {
		return err
	}
	if version > m.Newest {
		return monitor.Errorf(monitor.CodeSchema, "the schema has version %d, this binary knows the way back from %d and below: use the binary that made it", version, m.Newest)
	}
	return m.run(ctx, "migrate down", func(migration *migrate.Migrate) error {
		if steps > 0 {
			return migration.Steps(-min(steps, version))
		}
		return migration.Down()
	})
}

// Force sets the version without migrating.
func (m *Migrator) Force(ctx context.Context, version int) error {
	if version < 0 || version > m.Newest {
		return monitor.Errorf(monitor.CodeInvalid, "there is no schema version %d: this binary has 0 to %d", version, m.Newest)
	}
	if version == 0 {
		// What golang-migrate calls having no version.
		version = database.NilVersion
	}
	return m.run(ctx, "force schema version", func(migration *migrate.Migrate) error { return migration.Force(version) })
}

// run does one piece of work with golang-migrate. A context that ends stops it
// after the step under way.
func (m *Migrator) run(ctx context.Context, action string, work func(*migrate.Migrate) error) error {
	source, err := iofs.New(m.Steps, ".")
	if err != nil {
		return wrap(err, "%s: read the embedded steps", action)
	}
	driver, err := m.Connect(ctx)
	if err != nil {
		return wrap(errors.Join(m.Translate(err), source.Close()), "%s", action)
	}
	migration, err := migrate.NewWithInstance("iofs", source, "database", driver)
	if err != nil {
		return wrap(errors.Join(err, driver.Close(), source.Close()), "%s", action)
	}
	done := make(chan struct{})
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		select {
		case <-ctx.Done():
			migration.GracefulStop <- true
		case <-done:
		}
	}()
	err = m.explain(work(migration))
	close(done)
	<-stopped
	sourceErr, driverErr := migration.Close()
	return wrap(errors.Join(err, sourceErr, driverErr, ctx.Err()), "%s", action)
}

// explain adds to an error of golang-migrate what to do.
func (m *Migrator) explain(err error) error {
	if err == nil || errors.Is(err, migrate.ErrNoChange) {
		return nil
	}
	if dirty, ok := errors.AsType[migrate.ErrDirty](err); ok {
		return dirtyError(dirty.Version)
	}
	return m.Translate(err)
}

// SchemaVersion reads the version.
func (m *Migrator) SchemaVersion(ctx context.Context) (version int, dirty bool, newest int, err error) {
	has, err := m.hasTable(ctx, migrationsTable)
	if err != nil || !has {
		return 0, false, m.Newest, wrap(err, "read schema version")
	}
	err = m.Database.Read(ctx, &Statement{
		SQL: `select version, dirty from schema_migrations order by version desc limit 1`,
		Row: func(scan Scan) error { return scan(&version, &dirty) },
	})
	return max(version, 0), dirty, m.Newest, wrap(err, "read schema version")
}

// hasTable asks the database's catalogue: a query of a missing table would be an
// error, and on Postgres one that the server logs.
func (m *Migrator) hasTable(ctx context.Context, name string) (bool, error) {
	var has bool
	err := m.Database.Read(ctx, &Statement{
		SQL: m.HasTable, Args: []any{name}, Row: func(scan Scan) error { return scan(&has) },
	})
	return has, err
}

// dirtyPatience is how long a half-done migration may be another process's that
// is still at it.
const dirtyPatience = 5 * time.Second

// CheckSchema compares what the database has with what this binary can work with.
func (m *Migrator) CheckSchema(ctx context.Context) error {
	version, dirty, err := m.settledVersion(ctx)
	switch {
	case err != nil:
		return err
	case dirty:
		return dirtyError(version)
	case version == 0:
		return monitor.Errorf(monitor.CodeSchema, "the application database has no schema yet: run `vedette migrate up`")
	case version < m.Needs:
		return monitor.Errorf(monitor.CodeSchema, "the application database has schema version %d, this binary needs %d: run `vedette migrate up`", version, m.Needs)
	case version > m.Newest:
		return m.checkNewer(ctx, version)
	}
	return m.checkTables(ctx, version)
}

// settledVersion reads the version, waiting a little for a migration to end.
func (m *Migrator) settledVersion(ctx context.Context) (version int, dirty bool, err error) {
	waiting, cancel := context.WithTimeout(ctx, dirtyPatience)
	defer cancel()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		version, dirty, _, err = m.SchemaVersion(ctx)
		if err != nil || !dirty {
			return version, dirty, err
		}
		select {
		case <-waiting.Done():
			return version, dirty, ctx.Err()
		case <-tick.C:
		}
	}
}

// tables are those that a process cannot do without.
var tables = []string{
	"alerts", "deliveries", "events", "executions", "executors", "issues",
	"leases", "monitor_versions", "monitors", "notification_marks", "notification_targets", "notifications",
	"schema_compatibility", "sessions", "tokens", "variables",
}

// checkTables finds out at the start, and not in the first run, that a schema does
// not have what its version says.
func (m *Migrator) checkTables(ctx context.Context, version int) error {
	for _, name := range tables {
		has, err := m.hasTable(ctx, name)
		if err != nil {
			return wrap(err, "look for table %s", name)
		}
		if !has {
			return monitor.Errorf(monitor.CodeSchema, "the application database has schema version %d, but no table %q: restore it from a backup", version, name)
		}
	}
	return nil
}

// checkNewer asks a schema that is newer than this binary whether it still is
// compatible with it. One that does not say so is not.
func (m *Migrator) checkNewer(ctx context.Context, version int) error {
	compatibleFrom := version
	err := m.Database.Read(ctx, &Statement{
		SQL:  `select compatible_from from schema_compatibility where version = $1`,
		Args: []any{version},
		Row:  func(scan Scan) error { return scan(&compatibleFrom) },
	})
	if err != nil {
		return wrap(err, "read schema compatibility")
	}
	if compatibleFrom <= m.Newest {
		return nil
	}
	return monitor.Errorf(monitor.CodeSchema,
		"the application database has schema version %d, which works with binaries that have version %d or newer; this one has %d: use a newer vedette, or run `vedette migrate down` with the one that made it",
		version, compatibleFrom, m.Newest)
}

func dirtyError(version int) error {
	return monitor.Errorf(monitor.CodeSchema,
		"a migration to schema version %d was left half done: see whether its changes are there, then run `vedette migrate force %d` if they are, or else `vedette migrate force %d` and `vedette migrate up`",
		version, version, max(version-1, 0))
}
