package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/vedettehq/vedette/internal/catalog"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/config"
	"github.com/vedettehq/vedette/internal/egress"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/shop"
	"github.com/vedettehq/vedette/resources/monitors"
)

// Console is what a console takes of this process.
type Console struct {
	Compiler *script.Compiler
	// Limits bound what is run as they bound monitors. Of what is typed the steps are
	// not bounded: who sits there says when it takes too long.
	Limits script.Limits
}

// NewConsole makes the parts of a console for a configuration. One that is scripted
// has nobody who types.
func NewConsole(c config.Config, scripted bool) Console {
	console := Console{Compiler: newCompiler(c), Limits: runConfig(c).Script}
	if !scripted {
		console.Limits.MaxSteps = 0
	}
	return console
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

// FindMonitor reads a monitor by its name: from the folder of monitors, or an
// example where they are on.
func FindMonitor(c config.Config, name string) (monitor.Files, error) {
	if err := monitor.CheckName(name); err != nil {
		return nil, err
	}
	dir := filepath.Join(c.Monitors.Path, name)
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) && c.Monitors.LoadExamples {
		if files, ok := monitors.Examples()[name]; ok {
			return files, nil
		}
	}
	_, files, err := ReadMonitor(dir)
	return files, err
}

// Local is what monitors could reach of the world from this process: the databases
// that are configured here, the sample shop among them where the examples are on,
// and what else is.
type Local struct {
	run.Outside
	databases *run.Databases
	calls     *egress.Client
}

// OpenLocal names the databases; each is connected to when it is first needed.
func OpenLocal(ctx context.Context, c config.Config, plugins Plugins) (*Local, error) {
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
	return &Local{Outside: outside(c, databases, calls), databases: databases, calls: calls}, nil
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

// Databases lists them with their kinds.
func (l *Local) Databases(context.Context) ([]client.Database, error) {
	var databases []client.Database
	for _, name := range l.databases.Names() {
		databases = append(databases, client.Database{Name: name, Kind: l.databases.Kind(name)})
	}
	return databases, nil
}

// Tables lists what there is to query in one of them; errors are
// *monitor.Failure.
func (l *Local) Tables(ctx context.Context, database string) ([]client.Table, error) {
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

// Close closes what was opened.
func (l *Local) Close() error { return errors.Join(l.databases.Close(), l.calls.Close()) }
