package run

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// Databases are the databases that monitors can query, by name. Each is opened
// when it is first needed. It is safe for concurrent use.
type Databases struct {
	byName  map[string]*database
	metrics *databaseMetrics
}

var _ Querier = (*Databases)(nil)

// database is one of them.
type database struct {
	open func() (datasource.Source, error)

	mu     sync.Mutex
	source datasource.Source
	closed bool
}

// NewDatabases names the databases and says how to open each. A nil registerer
// leaves its metrics unseen.
func NewDatabases(open map[string]func() (datasource.Source, error), registerer prometheus.Registerer) *Databases {
	d := &Databases{byName: make(map[string]*database, len(open)), metrics: newDatabaseMetrics(registerer)}
	for name, function := range open {
		d.byName[name] = &database{open: function}
	}
	return d
}

// Names lists the databases, sorted.
func (d *Databases) Names() []string { return slices.Sorted(maps.Keys(d.byName)) }

// Query runs a statement on the database it names. Errors are *monitor.Failure.
func (d *Databases) Query(ctx context.Context, q monitor.Query) (monitor.Rows, error) {
	source, err := d.source(q.Database)
	if err != nil {
		return nil, err
	}
	start := time.Now()
	rows, err := source.Query(ctx, q)
	d.metrics.observe(q.Database, time.Since(start), err)
	return rows, err
}

// source opens the database of a name, unless it is open.
func (d *Databases) source(name string) (datasource.Source, error) {
	named, ok := d.byName[name]
	if !ok {
		return nil, d.unknown(name)
	}
	source, err := named.get()
	if err != nil {
		return nil, &monitor.Failure{
			Kind:    monitor.FailureConnection,
			Message: fmt.Sprintf("open database %q: %v", name, err),
		}
	}
	return source, nil
}

// Close closes those that were opened. No query may be under way.
func (d *Databases) Close() error {
	var errs []error
	for _, name := range d.Names() {
		if err := d.byName[name].close(); err != nil {
			errs = append(errs, fmt.Errorf("close database %q: %w", name, err))
		}
	}
	return errors.Join(errs...)
}

// get opens the source unless it is open. A source that cannot be opened is
// tried again by the next query: what is wrong with it may be mended meanwhile.
func (d *database) get() (datasource.Source, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return nil, errors.New("it is closed: the process is stopping")
	}
	if d.source == nil {
		source, err := d.open()
		if err != nil {
			return nil, err
		}
		d.source = source
	}
	return d.source, nil
}

func (d *database) close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
	if d.source == nil {
		return nil
	}
	return d.source.Close()
}

func (d *Databases) unknown(name string) error {
	message := fmt.Sprintf("there is no database %q: none is configured (DATABASE_<NAME> names one)", name)
	if names := d.Names(); len(names) > 0 {
		message = fmt.Sprintf("there is no database %q%s: there is %s", name, script.DidYouMean(name, names), strings.Join(names, ", "))
	}
	return &monitor.Failure{Kind: monitor.FailureQuery, Message: message}
}
