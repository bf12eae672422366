package httpapi

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
	"github.com/go-chi/chi/v5"

	"github.com/vedettehq/vedette/internal/acting"
	"github.com/vedettehq/vedette/internal/dashboard"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/telemetry"
)

// api is what all operations share.
type api struct {
	store     Store
	desk      *acting.Desk
	problems  func() map[string]monitor.Diagnostics
	databases Databases
	receivers Receivers
	catalog   Catalog
	origins   Origins
	trier     Trier
	tester    Tester
	health    *health
	access    *access
	metrics   *metrics
	shares    *shares
	kept      kept
	feed      *feed
	streams   StreamConfig
	logger    *slog.Logger
	build     telemetry.Build
	startedAt time.Time
	huma      huma.API
	// zone is that of crons which do not say theirs.
	zone *time.Location
	// monitorsReadOnly is that nobody may change what monitors there are.
	monitorsReadOnly bool
	// testBuiltins are what only tests of monitors can call.
	testBuiltins []script.Builtin
	// tries has an element for each try that is under way, and for each run of tests.
	tries chan struct{}
}

// newAPI makes everything that is served, with its handler.
func newAPI(deps Deps, config Config, health *health) (*api, http.Handler, error) {
	feed := newFeed(deps.Store, deps.Logger)
	a := &api{
		store:     heard{deps.Store, feed},
		desk:      acting.New(heard{deps.Store, feed}, deps.Logger),
		problems:  deps.Problems,
		databases: deps.Databases,
		receivers: deps.Receivers,
		catalog:   deps.Catalog,
		origins:   deps.Origins,
		trier:     deps.Trier,
		tester:    deps.Tester,
		health:    health,
		metrics:   newMetrics(deps.Registry),
		shares:    newShares(),
		feed:      feed,
		streams:   config.Streams.withDefaults(),
		logger:    deps.Logger,
		build:     deps.Build,
		startedAt: deps.Store.Now(),

		zone:             cmp.Or(config.Zone, time.UTC),
		monitorsReadOnly: config.MonitorsReadOnly,
		testBuiltins:     deps.TestBuiltins,
		tries:            make(chan struct{}, maxTries),
	}
	a.access = newAccess(deps.Store, config, deps.Logger, a.metrics)
	if a.receivers == nil {
		a.receivers = noReceivers{}
	}
	if a.problems == nil {
		a.problems = func() map[string]monitor.Diagnostics { return nil }
	}
	handler, err := a.router(config)
	return a, handler, err
}

// run does what goes on beside requests, until ctx ends.
func (a *api) run(ctx context.Context) {
	var group sync.WaitGroup
	group.Go(func() { a.feed.run(ctx) })
	group.Go(func() { a.access.keys.run(ctx) })
	group.Go(func() { a.cleanKeys(ctx) })
	group.Wait()
}

// wait waits for the work that is left when the requests have ended.
func (a *api) wait() { a.shares.wait() }

// router puts together what is served, behind what each request passes first.
func (a *api) router(config Config) (http.Handler, error) {
	router := chi.NewRouter()
	router.Use(a.named, a.observed, a.recovered, hardened, readable, compressed)
	if config.Auth != AuthNone {
		router.Use(a.sameMachine)
	}
	router.Use(sameOrigin)
	router.NotFound(notFound)
	router.MethodNotAllowed(methodNotAllowed(router))

	a.health.register(router)
	if config.Dashboard {
		files := dashboard.Handler()
		router.Method(http.MethodGet, "/", files)
		router.Method(http.MethodGet, "/assets/*", files)
	}
	a.huma = humachi.New(router, humaConfig(a.build))
	a.huma.UseMiddleware(secretive, a.bounded, a.authorize, a.once, a.repeatable)
	a.registerOperations()
	return router, a.serveDocument(router)
}

// registerOperations adds what the API can do, and with it what its document says.
func (a *api) registerOperations() {
	a.registerStatus()
	a.registerSummary()
	a.registerActivity()
	a.registerLanguage()
	a.registerTemplate()
	a.registerSessions()
	a.registerTokens()
	a.registerMonitors()
	a.registerMonitorActions()
	a.registerRegistration()
	a.registerVersions()
	a.registerValidate()
	a.registerTry()
	a.registerTests()
	a.registerAlerts()
	a.registerAlertActions()
	a.registerIssues()
	a.registerExecutions()
	a.registerEvents()
	a.registerQueries(a.databases)
	a.registerStream()
	a.registerDeliveries()
	a.registerReceivers()
	a.registerNotifications()
	a.registerSilences()
}

// humaConfig is without what huma would add by itself: a link to a schema in each
// answer, and a page of documentation that is loaded from elsewhere.
func humaConfig(build telemetry.Build) huma.Config {
	format := huma.Format{Marshal: writeJSON, Unmarshal: readJSON}
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI:    "3.1.0",
			Servers:    []*huma.Server{{URL: "/", Description: "The server that gave this document."}},
			Components: &huma.Components{SecuritySchemes: securitySchemes},
			Info: &huma.Info{
				Title:       "vedette",
				Version:     build.Version,
				Description: "See monitors, alerts, issues, executions and events, and act on them. Lists come in parts: next_cursor, given as cursor, asks for the next one.",
			},
		},
		Formats:                      map[string]huma.Format{"application/json": format, "json": format},
		DefaultFormat:                "application/json",
		RejectUnknownQueryParameters: true,
		Transformers:                 []huma.Transformer{withoutValues},
	}
}

// writeJSON leaves <, > and & as they are: answers are never part of a page.
func writeJSON(w io.Writer, answer any) error {
	if shared, ok := answer.(interface{ encoded() *ready }); ok {
		return writeReady(w, shared.encoded())
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(answer)
}
