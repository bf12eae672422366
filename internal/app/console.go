package app

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/vedettehq/vedette/internal/catalog"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/config"
	"github.com/vedettehq/vedette/internal/egress"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/shop"
)

// Console is what an interactive console takes of this process.
type Console struct {
	Compiler *script.Compiler
	// Limits bound what is typed as they bound monitors, but for the steps: who sits
	// there says when it takes too long.
	Limits script.Limits
}

// NewConsole makes the parts of a console for a configuration.
func NewConsole(c config.Config) Console {
	limits := runConfig(c).Script
	limits.MaxSteps = 0
	return Console{Compiler: newCompiler(c), Limits: limits}
}

// ReadMonitor reads the folder of a monitor: its name and its files. Code is not
// looked at; what else is wrong is an error.
func ReadMonitor(dir string) (name string, files monitor.Files, err error) {
	name, files, diagnostics, err := catalog.ReadMonitor(dir)
	if err != nil {
		return "", nil, err
	}
	for _, d := range diagnostics {
		if d.Severity == monitor.SeverityError {
			return "", nil, fmt.Errorf("%s", d)
		}
	}
	return name, files, nil
}

// LocalDatabases are the databases that are configured here, opened in this
// process: the sample shop among them where the examples are on. With them comes
// what else code may reach: hosts and secrets.
type LocalDatabases struct {
	databases *run.Databases
	calls     *egress.Client
	secrets   run.Secrets
}

// OpenLocalDatabases names the databases; each is connected to when it is first
// needed.
func OpenLocalDatabases(ctx context.Context, c config.Config, plugins Plugins) (*LocalDatabases, error) {
	if err := foundShop(ctx, c); err != nil {
		return nil, err
	}
	c.Databases.Addresses = withShop(c)
	databases, err := openSources(c, plugins, nil)
	if err != nil {
		return nil, err
	}
	calls, err := newHTTPClient(c, nil)
	if err != nil {
		return nil, errors.Join(err, databases.Close())
	}
	return &LocalDatabases{databases, calls, run.Secrets(c.Secrets)}, nil
}

// foundShop makes the sample shop if it would be queried and is not there yet. It
// has its history then, and does not trade.
func foundShop(ctx context.Context, c config.Config) error {
	if _, given := c.Databases.Addresses[shopName]; given || !c.Monitors.LoadExamples {
		return nil
	}
	path := shopPath(c)
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	sample, err := shop.Open(ctx, path, shop.Config{})
	if err != nil {
		return fmt.Errorf("open the sample shop: %w", err)
	}
	return sample.Close()
}

// HTTP makes a call, as monitors may; errors are *monitor.Failure.
func (l *LocalDatabases) HTTP(ctx context.Context, r monitor.Request) (monitor.Response, error) {
	return l.calls.Call(ctx, r)
}

// Secret gives a value that is exposed to monitors; errors are *monitor.Failure.
func (l *LocalDatabases) Secret(name string) (string, error) {
	value, err := l.secrets.LookupSecret(name)
	return value.Reveal(), err
}

// Query runs a statement; errors are *monitor.Failure.
func (l *LocalDatabases) Query(ctx context.Context, q monitor.Query) (monitor.Rows, error) {
	return l.databases.Query(ctx, q)
}

// Databases lists them with their kinds.
func (l *LocalDatabases) Databases(context.Context) ([]client.Database, error) {
	var databases []client.Database
	for _, name := range l.databases.Names() {
		databases = append(databases, client.Database{Name: name, Kind: l.databases.Kind(name)})
	}
	return databases, nil
}

// Tables lists what there is to query in one of them; errors are
// *monitor.Failure.
func (l *LocalDatabases) Tables(ctx context.Context, database string) ([]client.Table, error) {
	tables, err := l.databases.Tables(ctx, database)
	if err != nil {
		return nil, err
	}
	shown := make([]client.Table, len(tables))
	for i, table := range tables {
		shown[i] = client.Table{Schema: table.Schema, Name: table.Name, Reference: table.Reference, Kind: table.Kind}
		for _, column := range table.Columns {
			shown[i].Columns = append(shown[i].Columns, client.Column(column))
		}
	}
	return shown, nil
}

// Close closes those that were opened.
func (l *LocalDatabases) Close() error {
	return errors.Join(l.calls.Close(), l.databases.Close())
}
