package httpapi

import (
	"cmp"
	"context"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/vedettehq/vedette/internal/catalog"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/telemetry"
	"github.com/vedettehq/vedette/internal/trial"
)

// Store is what the API asks of the application database.
type Store interface {
	store.Reading
	store.Overview
	store.People
	store.History
	store.Trials
	store.Tokens
	store.Sessions
	store.Idempotency
	store.Redelivering
	store.Notices
	store.Silences
	// Now is the store's time (R77).
	Now() time.Time
}

// Catalog knows monitors' code.
type Catalog interface {
	// Check finds the mistakes in files; the program is nil if there are errors.
	Check(name string, files monitor.Files) (*script.Program, monitor.Diagnostics)
	// Register checks files and stores them as a version.
	Register(ctx context.Context, r store.Registration) (catalog.Registered, error)
}

// Origins tell which monitors do not come from people.
type Origins interface {
	Origin(name string) catalog.Origin
	// Holds tells whether content of this hash is what comes from there now.
	Holds(name, hash string) bool
}

// Trier runs monitors without writing what they find.
type Trier interface {
	Try(ctx context.Context, r trial.Request) (client.Preview, monitor.Diagnostics, error)
}

// Tester runs the tests that monitors bring along.
type Tester interface {
	// Test tells of mistakes in the report. The error is why tests did not end.
	Test(ctx context.Context, name string, files monitor.Files) (client.TestReport, error)
}

// Check tells whether a part is there without which the process cannot do its
// work: the database, the queue, the monitors.
type Check struct {
	Name string
	// Do is nil-error if the part is there. Its error is shown to whoever asks, so
	// it must not hold secrets. It is bounded by its context.
	Do func(ctx context.Context) error
}

// Registry takes metrics and gives them out.
type Registry interface {
	prometheus.Registerer
	prometheus.Gatherer
}

// Deps are what a server is made of.
type Deps struct {
	// Store may be nil if only health is served.
	Store  Store
	Checks []Check
	// Problems gives the findings in monitors' code that is not in force, by
	// monitor; nil: there are none.
	Problems func() map[string]monitor.Diagnostics
	// Catalog, Origins, Trier and Tester may be nil if only health is served.
	Catalog Catalog
	Origins Origins
	Trier   Trier
	Tester  Tester
	// TestBuiltins are what only tests of monitors can call.
	TestBuiltins []script.Builtin
	// Databases are those that monitors query; nil: there are none.
	Databases Databases
	// Receivers tell people of alerts; nil: nobody does.
	Receivers Receivers
	Registry  Registry
	Logger    *slog.Logger
	Build     telemetry.Build
}

// Auth says who may come in.
type Auth string

// The choices.
const (
	// AuthToken lets in who has a token. As long as there is none, only the machine
	// itself gets in, as administrator.
	AuthToken Auth = "token"
	// AuthNone lets in everybody who reaches the address, as administrator.
	AuthNone Auth = "none"
)

// Config says what is served, and where.
type Config struct {
	// Address is host:port. Port 0 takes any that is free.
	Address string
	// HealthAddress serves health and metrics a second time, to everybody who
	// reaches it; empty: not.
	HealthAddress string
	// HealthOnly serves nothing but health and metrics, as an executor does. They
	// need no access.
	HealthOnly bool
	Dashboard  bool
	Auth       Auth
	// MonitorsReadOnly refuses to make, change and delete monitors, to everybody.
	MonitorsReadOnly bool
	// AdminToken lets in the administrator "admin"; empty: there is none but those of
	// the store.
	AdminToken monitor.Secret
	Streams    StreamConfig
	// Zone is the time zone of crons that do not say theirs. Default: UTC.
	Zone *time.Location
	// Grace is how long requests may take to end when the server stops; 0: 10
	// seconds.
	Grace time.Duration
}

// StreamConfig bounds streams of events. Zero fields take the defaults.
type StreamConfig struct {
	// Most is how many may be open at a time. Default: 200.
	Most int
	// Heartbeat is after what time something is sent even if nothing happens, and
	// looked whether the listener may still listen. Default: 10 seconds.
	Heartbeat time.Duration
}

func (c StreamConfig) withDefaults() StreamConfig {
	c.Most = cmp.Or(c.Most, 200)
	c.Heartbeat = cmp.Or(c.Heartbeat, 10*time.Second)
	return c
}

// grace is how long requests may take to end unless the configuration says.
const grace = 10 * time.Second
