package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/vedettehq/vedette/internal/catalog"
	"github.com/vedettehq/vedette/internal/config"
	"github.com/vedettehq/vedette/internal/controller"
	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/delivery"
	"github.com/vedettehq/vedette/internal/executor"
	"github.com/vedettehq/vedette/internal/httpapi"
	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/queue"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/lib"
	"github.com/vedettehq/vedette/internal/script/scripttest"
	"github.com/vedettehq/vedette/resources/monitors"
)

// openQueue opens the queue, unless it could not reach the other role.
func (a *App) openQueue(ctx context.Context) error {
	driver, err := a.Plugins.Queues.Get(a.Config.ApplicationQueue.Type)
	if err != nil {
		return fmt.Errorf("application_queue.type: %w", err)
	}
	if !driver.Shared && a.Role != Controller|Executor {
		return fmt.Errorf("application_queue.type: the %q queue stays inside one process, so controller and executor cannot be separate: %s",
			a.Config.ApplicationQueue.Type, a.sharedQueues())
	}
	a.queue, err = driver.Open(ctx, queue.Config{
		Logger:     a.component("queue"),
		Registerer: a.Registry,
		Database:   a.Config.ApplicationDatabase.Address,
		SQS:        sqs(a.Config.ApplicationQueue),
	})
	if err != nil {
		return fmt.Errorf("open the application queue: %w", err)
	}
	a.cleanups.add("close the queue", a.queue.Close)
	return nil
}

// sqs is how the queue of that name is used.
func sqs(c config.ApplicationQueue) queue.SQS {
	return queue.SQS{
		Executions:      c.SQS.Executions,
		Deliveries:      c.SQS.Deliveries,
		CreateQueue:     c.SQS.CreateQueue,
		Region:          c.AWS.Region,
		AccessKeyID:     c.AWS.AccessKeyID,
		SecretAccessKey: c.AWS.SecretAccessKey,
		SessionToken:    c.AWS.SessionToken,
		Endpoint:        c.AWS.EndpointURL,
	}
}

// sharedQueues says what to do instead of using a queue that is not shared.
func (a *App) sharedQueues() string {
	var shared []string
	for _, name := range a.Plugins.Queues.Names() {
		if driver, err := a.Plugins.Queues.Get(name); err == nil && driver.Shared {
			shared = append(shared, name)
		}
	}
	if len(shared) == 0 {
		return "this binary has no other queue; use `vedette run`"
	}
	return "use one of " + strings.Join(shared, ", ") + ", or `vedette run`"
}

// openDatabase opens the store. The embedded one is nobody else's, so it is
// migrated; others are only checked.
func (a *App) openDatabase(ctx context.Context) error {
	db, err := OpenDatabase(ctx, a.Config, a.Plugins)
	if err != nil {
		return err
	}
	a.db = db
	a.cleanups.add("close the application database", db.Close)
	if isEmbedded(a.Config.ApplicationDatabase.Address) {
		if err := db.Up(ctx, 0); err != nil {
			return fmt.Errorf("migrate the application database: %w", err)
		}
	}
	return db.CheckSchema(ctx)
}

// isEmbedded tells whether a database is a file of this machine.
func isEmbedded(address monitor.Secret) bool {
	name, err := scheme(address)
	return err == nil && name == "sqlite"
}

// openSources names the databases that monitors query; each is connected to when
// it is first needed.
func (a *App) openSources(context.Context) error {
	databases, err := openSources(a.Config, a.Plugins, a.Registry)
	if err != nil {
		return err
	}
	a.databases = databases
	a.cleanups.add("close databases", databases.Close)
	return nil
}

func (a *App) makeCatalog(context.Context) error {
	a.catalog = catalog.New(a.audible(), newCompiler(a.Config), catalog.Config{Zone: a.Config.TimeZone})
	folder := catalog.FolderConfig{Path: a.Config.Monitors.Path}
	if a.Config.Monitors.LoadExamples {
		folder.Examples = monitors.Examples()
	}
	a.folder = catalog.NewFolder(a.catalog, a.component("catalog"), folder)
	return nil
}

func (a *App) makeExecutor(context.Context) error {
	if !a.Role.has(Executor) {
		return nil
	}
	runner := run.New(outside(a.Config, a.databases, a.calls), a.component("monitor"), a.Registry, runConfig(a.Config))
	reactions := delivery.NewReactions(a.db, run.NewReactor(runner, a.catalog))
	deliverer := delivery.New(a.db, map[string]delivery.Target{monitor.TargetReactions: reactions},
		a.component("delivery"), a.Registry, delivery.Config{})
	a.executor = executor.New(executor.Deps{
		Store:      a.db,
		Queue:      a.queue,
		Programs:   a.catalog,
		Runner:     runner,
		Deliverer:  deliverer,
		Notifier:   a.notifier,
		Logger:     a.component("executor"),
		Registerer: a.Registry,
	}, executor.Config{
		Concurrency:         a.Config.Executor.Concurrency,
		DeliveryConcurrency: a.Config.Executor.DeliveryConcurrency,
		Heartbeat:           a.Config.Executor.Heartbeat,
		GracePeriod:         a.Config.Executor.GracePeriod,
	})
	a.parts = append(a.parts, part{"executor", a.executor.Run})
	return nil
}

func (a *App) makeController(context.Context) error {
	if !a.Role.has(Controller) {
		return nil
	}
	c := a.Config.Controller
	zone := a.Config.TimeZone
	lost, err1 := monitor.ParseCron(c.Procedures.ExecutionsLost.Schedule, zone)
	events, err2 := monitor.ParseCron(c.Procedures.CleanOldEvents.Schedule, zone)
	executions, err3 := monitor.ParseCron(c.Procedures.CleanOldExecutions.Schedule, zone)
	if err := errors.Join(err1, err2, err3); err != nil {
		return fmt.Errorf("controller.procedures: %w", err)
	}
	deps := controller.Deps{
		Store:      a.audible(),
		Queue:      a.queue,
		Folder:     a.folder,
		Chats:      a.chats(),
		Logger:     a.component("controller"),
		Registerer: a.Registry,
	}
	if a.executor != nil {
		deps.OwnExecutor = a.executor.ID
	}
	a.controller = controller.New(deps, controller.Config{
		Tick:            c.Tick,
		Batch:           c.Batch,
		Zone:            zone,
		Lost:            lost,
		CleanEvents:     controller.Cleaning{Cron: events, Keep: c.Procedures.CleanOldEvents.Keep},
		CleanExecutions: controller.Cleaning{Cron: executions, Keep: c.Procedures.CleanOldExecutions.Keep},
	})
	a.parts = append(a.parts, part{"controller", a.controller.Run})
	return nil
}

// makeServer listens already, so that a port in use is told before anything runs.
func (a *App) makeServer(ctx context.Context) error {
	c := a.Config.HTTPServer
	deps := httpapi.Deps{
		Store:     a.audible(),
		Databases: a.databases,
		Receivers: a.notifier,
		Checks:    a.checks(),
		Problems:  a.folder.Problems,
		Catalog:   a.catalog,
		Origins:   a.folder,
		Trier:     newTrial(a.Config, newCompiler(a.Config), outside(a.Config, a.databases, a.calls), a.db.Now),
		Tester:    newTester(a.Config),
		Registry:  a.Registry,
		Logger:    a.component("http"),
		Build:     a.Build,

		TestBuiltins: scripttest.Builtins(),
	}
	server, err := httpapi.New(deps, httpapi.Config{
		Address:       c.Address,
		HealthAddress: c.HealthAddress,
		HealthOnly:    !a.Role.has(Controller),
		Dashboard:     c.Dashboard,
		Auth:          httpapi.Auth(c.Auth),
		AdminToken:    c.AdminToken,
		Zone:          a.Config.TimeZone,

		MonitorsReadOnly: !c.MonitorRegister,
	})
	if err != nil {
		return err
	}
	if err := server.Listen(ctx); err != nil {
		return err
	}
	a.cleanups.add("close the HTTP server", server.Close)
	a.parts = append(a.parts, part{"http server", server.Run})
	return nil
}

// checks are what has to be there for the process to be ready.
func (a *App) checks() []httpapi.Check {
	checks := []httpapi.Check{{Name: "database", Do: a.db.Ping}, {Name: "queue", Do: a.queue.Ping}}
	if a.controller == nil {
		return checks
	}
	return append(checks, httpapi.Check{Name: "monitors", Do: func(context.Context) error {
		if !a.controller.MonitorsLoaded() {
			return errors.New("the monitors have not been read yet")
		}
		return nil
	}})
}

func (a *App) component(name string) *slog.Logger {
	return a.Logger.With(slog.String("component", name))
}

// newCompiler makes the compiler that everything in a server uses: it knows what
// the configuration has.
func newCompiler(c config.Config) *script.Compiler {
	known := compilerConfig(c)
	known.Auths = append([]string{}, slices.Sorted(maps.Keys(c.HTTPClient.Auth))...)
	known.Secrets = append([]string{}, slices.Sorted(maps.Keys(c.Secrets))...)
	known.Databases = databaseNames(c)
	return script.NewCompiler(lib.All(), known)
}

// newAuthorsCompiler makes the compiler of who writes monitors. What the
// configuration here has nothing of is there on the server, for all it knows.
func newAuthorsCompiler(c config.Config) *script.Compiler {
	known := compilerConfig(c)
	known.Auths = slices.Sorted(maps.Keys(c.HTTPClient.Auth))
	known.Secrets = slices.Sorted(maps.Keys(c.Secrets))
	known.Databases = databaseNames(c)
	return script.NewCompiler(lib.All(), known)
}

// databaseNames are those of the databases that monitors query; nil if there are
// none: a controller that tries nothing needs none to store what queries them.
func databaseNames(c config.Config) []string { return slices.Sorted(maps.Keys(withShop(c))) }

func compilerConfig(c config.Config) script.Config {
	return script.Config{
		Settings:  c.Monitors.Settings,
		Receivers: slices.Sorted(maps.Keys(c.Receivers)),
	}
}

// runConfig bounds executions, what is tried, and tests alike.
func runConfig(c config.Config) run.Config {
	return run.Config{
		RoutineTimeout:  c.Executor.MonitorTimeout,
		ReactionTimeout: c.Executor.ReactionTimeout,
		LogQueries:      c.Databases.LogQueryMetrics,
		Script: script.Limits{
			MaxSteps:  uint64(c.Executor.MaxSteps),
			MaxMemory: int64(c.Executor.MaxMemory),
		},
		Plan: lifecycle.Limits{
			MaxIssuesCreation: c.MaxIssuesCreation,
			SaveEvents:        lifecycle.SaveEvents(c.SaveEvents),
		},
	}
}

// openSources names the databases that monitors query.
func openSources(c config.Config, plugins Plugins, registerer prometheus.Registerer) (*run.Databases, error) {
	open := make(map[string]func() (datasource.Source, error), len(c.Databases.Addresses))
	for name, address := range c.Databases.Addresses {
		variable := "DATABASE_" + strings.ToUpper(name)
		kind, err := scheme(address)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", variable, err)
		}
		opener, err := plugins.Databases.Get(kind)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", variable, err)
		}
		bounds := datasource.Config{
			MaxSize:        c.Databases.Pool(name).MaxSize,
			AcquireTimeout: c.Databases.AcquireTimeout,
			QueryTimeout:   c.Databases.QueryTimeout,
			MaxRows:        c.Databases.MaxRows,
			MaxBytes:       int(c.Executor.MaxMemory),
		}
		open[name] = func() (datasource.Source, error) { return opener(address, bounds) }
	}
	return run.NewDatabases(open, registerer), nil
}
