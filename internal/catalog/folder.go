package catalog

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"slices"
	"sync/atomic"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/telemetry"
)

// FolderConfig says where monitors come from. Zero durations take the defaults.
type FolderConfig struct {
	// Path is the folder whose subfolders are monitors; empty: none.
	Path string
	// Examples are the built-in monitors to register, by name. A folder of the same
	// name goes first.
	Examples map[string]monitor.Files
	// Settle is how long changes must have been over before they are looked at, so
	// that a file that is being saved is seen whole. Default: 100ms.
	Settle time.Duration
	// Rescan is how often the folder is looked at without being told of a change,
	// as some file systems do not tell. Default: 10s.
	Rescan time.Duration
}

// Folder registers the monitors of a folder, and the examples (R78). It acts on
// content that changed since it last looked, and on nothing else: a monitor whose
// folder is gone stays, and so does one that was changed elsewhere.
type Folder struct {
	catalog  *Catalog
	logger   *slog.Logger
	config   FolderConfig
	problems problems
	// missing is set while there is no folder at the path.
	missing bool
	loaded  atomic.Bool
	// seen has the fingerprint of what was last looked at, by name.
	seen map[string]string
	// brought has the hash of the version that a folder was found to be or became,
	// by name.
	brought map[string]string
	// older has the hash of content that was not registered because it is an earlier
	// version, by name.
	older map[string]string
}

// NewFolder makes a reader that does nothing until [Folder.Run].
func NewFolder(catalog *Catalog, logger *slog.Logger, config FolderConfig) *Folder {
	if config.Settle <= 0 {
		config.Settle = 100 * time.Millisecond
	}
	if config.Rescan <= 0 {
		config.Rescan = 10 * time.Second
	}
	return &Folder{
		catalog: catalog,
		logger:  logger,
		config:  config,
		seen:    map[string]string{},
		brought: map[string]string{},
		older:   map[string]string{},
	}
}

// Loaded tells whether all that was there at first has been seen to: it is
// registered, or is among the problems.
func (f *Folder) Loaded() bool { return f.loaded.Load() }

// Problems are the findings in what was last looked at, by the folder's name. A
// monitor with an error among them keeps running its last good version.
func (f *Folder) Problems() map[string]monitor.Diagnostics { return f.problems.all() }

// Run looks at what there is, and again whenever it changes, until ctx ends; the
// error is nil then. It must not be called while it runs.
func (f *Folder) Run(ctx context.Context) error {
	watcher := newWatcher(f.logger)
	defer watcher.close()
	trouble := telemetry.NewTrouble(f.logger, "registering monitors")
	for ctx.Err() == nil {
		folders, err := f.look(ctx)
		trouble.Note(ctx, err)
		if err == nil {
			f.loaded.Store(true)
		}
		if watcher.add(f.config.Path, folders) {
			// What changed before it was watched would be missed.
			continue
		}
		again := f.config.Rescan
		if err != nil || f.missing {
			again = min(again, time.Second)
		}
		watcher.wait(ctx, f.config.Settle, again)
	}
	return nil
}

// look sees to everything that changed since it last did. It returns the folders
// that it read, and an error if it has to look again.
func (f *Folder) look(ctx context.Context) (folders []string, err error) {
	found, folders, unreadable := f.read()
	missing := errors.Is(unreadable, fs.ErrNotExist)
	if missing {
		// It may yet be made: until then it is as good as empty.
		unreadable = nil
	}
	if missing && !f.missing {
		f.logger.InfoContext(ctx, "no folder of monitors yet: make it, and what is in it is loaded", slog.String("path", f.config.Path))
	}
	f.missing = missing
	changed := f.changed(found)
	if len(changed) == 0 && len(f.older) == 0 {
		return folders, unreadable
	}
	current, err := f.catalog.current(ctx)
	if err != nil {
		return folders, fmt.Errorf("list current versions: %w", err)
	}
	if f.restored(current) {
		changed = f.changed(found)
	}
	for _, arrival := range changed {
		delete(f.older, arrival.name)
		if err := f.arrive(ctx, arrival, current[arrival.name]); err != nil {
			return folders, err
		}
		f.seen[arrival.name] = arrival.fingerprint
	}
	return folders, unreadable
}

// read reads all monitors, and says which folders they are in.
func (f *Folder) read() (found map[string]content, folders []string, err error) {
	if f.config.Path == "" {
		return nil, nil, nil
	}
	r, err := openReader(f.config.Path)
	if err != nil {
		return nil, nil, err
	}
	defer r.close()
	names, err := r.names()
	if err != nil {
		return nil, nil, fmt.Errorf("read folder %s: %w", f.config.Path, cause(err))
	}
	shared := r.shared()
	f.report(sharedFolder, shared.diagnostics)
	found = make(map[string]content, len(names))
	for _, name := range names {
		found[name] = r.monitor(name, shared)
	}
	return found, r.folders, nil
}

// arrival is a monitor's folder whose content is new to this process.
type arrival struct {
	name        string
	source      monitor.Source
	content     content
	fingerprint string
}

// changed lists what is not as it was when it was last looked at, by name, and
// forgets what is gone: should it come back, it is looked at anew.
func (f *Folder) changed(found map[string]content) []arrival {
	all := map[string]arrival{}
	for name, files := range f.config.Examples {
		all[name] = arrival{name: name, source: monitor.SourceExample, content: content{files: files}}
	}
	for name, c := range found {
		all[name] = arrival{name: name, source: monitor.SourceFolder, content: c}
	}
	isThere := func(name string) bool {
		_, there := all[name]
		return there
	}
	f.problems.keep(func(name string) bool { return isThere(name) || name == sharedFolder })
	maps.DeleteFunc(f.seen, func(name, _ string) bool { return !isThere(name) })
	maps.DeleteFunc(f.older, func(name, _ string) bool { return !isThere(name) })
	var changed []arrival
	for _, name := range slices.Sorted(maps.Keys(all)) {
		a := all[name]
		a.fingerprint = a.content.files.Hash() + a.content.diagnostics.String()
		if f.seen[name] != a.fingerprint {
			changed = append(changed, a)
		}
	}
	return changed
}

// arrive registers what arrived, or notes why that cannot be. The error is that
// the store is away.
func (f *Folder) arrive(ctx context.Context, a arrival, current store.Current) error {
	diagnostics := a.content.diagnostics
	if !a.content.isMonitor() && current.Monitor == "" && len(diagnostics) == 0 {
		f.report(a.name, finding(monitor.SeverityWarning, "there is no such file, so this folder is not a monitor"))
		return nil
	}
	program, found := f.catalog.compiler.Compile(a.name, a.content.files)
	diagnostics = Combine(diagnostics, found)
	if diagnostics.HasErrors() {
		f.report(a.name, diagnostics)
		return nil
	}
	refusal, err := f.register(ctx, a, program, current)
	if err != nil {
		return err
	}
	f.report(a.name, append(diagnostics, refusal...))
	return nil
}
