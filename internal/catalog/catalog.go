// Package catalog knows the code of monitors: it compiles stored versions for
// those who run them, registers new ones, and reads the folder and the built-in
// examples from which monitors come.
//
// It must not know what a program does when it is called, nor when.
package catalog

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/store"
)

// Store is what the catalog needs of the store.
type Store interface {
	Now() time.Time
	store.Versions
}

// Compiler makes programs of files; *script.Compiler is one.
type Compiler interface {
	// Compile gives a program unless one of the diagnostics is an error.
	Compile(name string, files monitor.Files) (*script.Program, monitor.Diagnostics)
}

// Config bounds the catalog. Zero fields take the defaults.
type Config struct {
	// Zone is the time zone in which crons are meant. Default: UTC.
	Zone *time.Location
	// MaxPrograms is how many compiled versions are kept. Default: 10,000.
	MaxPrograms int
	// KeepErrors is for how long a version that did not compile is not tried again.
	// Default: 10s.
	KeepErrors time.Duration
}

// Catalog turns versions into programs. It is safe for concurrent use.
type Catalog struct {
	store    Store
	compiler Compiler
	config   Config
	compiled *cache
	// loading has the versions that are being compiled for whoever waits for them.
	loading singleflight.Group
}

// New makes a catalog.
func New(store Store, compiler Compiler, config Config) *Catalog {
	if config.Zone == nil {
		config.Zone = time.UTC
	}
	if config.MaxPrograms <= 0 {
		config.MaxPrograms = 10_000
	}
	if config.KeepErrors <= 0 {
		config.KeepErrors = 10 * time.Second
	}
	return &Catalog{store: store, compiler: compiler, config: config, compiled: newCache(config.MaxPrograms)}
}

// loadTimeout bounds the reading of a version, which goes on for the others when
// whoever asked first has gone.
const loadTimeout = 30 * time.Second

// Get gives the program of a version. It is an error with CodeInvalid if the
// version does not compile, as one made by another release may.
func (c *Catalog) Get(ctx context.Context, versionID int64) (*script.Program, error) {
	if found, ok := c.compiled.get(versionID); ok {
		return found.program, found.err
	}
	loaded := c.loading.DoChan(strconv.FormatInt(versionID, 10), func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), loadTimeout)
		defer cancel()
		return c.load(ctx, versionID)
	})
	select {
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case result := <-loaded:
		if result.Err != nil {
			return nil, result.Err
		}
		return result.Val.(*script.Program), nil
	}
}

// load compiles a version. That it does not compile is remembered for a while;
// that the store could not be read is not.
func (c *Catalog) load(ctx context.Context, versionID int64) (*script.Program, error) {
	// Somebody else may have compiled it since the caller looked.
	if found, ok := c.compiled.get(versionID); ok {
		return found.program, found.err
	}
	version, err := c.store.Version(ctx, versionID)
	if err != nil {
		return nil, fmt.Errorf("read version %d: %w", versionID, err)
	}
	program, diagnostics := c.compiler.Compile(version.MonitorName, version.Files)
	if diagnostics.HasErrors() {
		err := fmt.Errorf("version %d of %s: %w", version.Number, version.MonitorName, Invalid(diagnostics))
		c.compiled.put(versionID, entry{err: err, until: time.Now().Add(c.config.KeepErrors)})
		return nil, err
	}
	c.compiled.put(versionID, entry{program: program})
	return program, nil
}

// Registered is what became of a registration.
type Registered struct {
	Version monitor.Version
	// New is false if the files are those of the current version already.
	New bool
	// Diagnostics are all findings, of which none is an error if it succeeded.
	Diagnostics monitor.Diagnostics
}

// Register compiles the files and stores what the code declares with them (R76);
// the registration's Declaration and Zone are filled in, and its Files are cut
// down to those that belong to the version. It is an error with CodeInvalid if
// they do not compile.
func (c *Catalog) Register(ctx context.Context, r store.Registration) (Registered, error) {
	program, diagnostics := c.Check(r.Name, r.Files)
	if program == nil {
		return Registered{Diagnostics: diagnostics}, Invalid(diagnostics)
	}
	version, isNew, err := c.register(ctx, program, r)
	return Registered{Version: version, New: isNew, Diagnostics: diagnostics}, err
}

func (c *Catalog) register(ctx context.Context, program *script.Program, r store.Registration) (monitor.Version, bool, error) {
	r.Files, r.Declaration, r.Zone = program.Files(), program.Declaration(), c.config.Zone
	version, isNew, err := c.store.Register(ctx, r, c.store.Now())
	if err != nil {
		return version, false, err // it says what was registered
	}
	c.compiled.put(version.ID, entry{program: program})
	return version, isNew, nil
}

// Invalid sums up diagnostics that prevent a version, as an error with CodeInvalid.
func Invalid(diagnostics monitor.Diagnostics) error {
	var first monitor.Diagnostic
	count := 0
	for _, d := range diagnostics {
		if d.Severity != monitor.SeverityError {
			continue
		}
		if count == 0 {
			first = d
		}
		count++
	}
	switch count {
	case 1:
		return monitor.Errorf(monitor.CodeInvalid, "%s", first)
	case 2:
		return monitor.Errorf(monitor.CodeInvalid, "%s (and 1 more error)", first)
	}
	return monitor.Errorf(monitor.CodeInvalid, "%s (and %d more errors)", first, count-1)
}
