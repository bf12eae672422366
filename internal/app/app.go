package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/errgroup"

	"github.com/vedettehq/vedette/internal/catalog"
	"github.com/vedettehq/vedette/internal/config"
	"github.com/vedettehq/vedette/internal/controller"
	"github.com/vedettehq/vedette/internal/egress"
	"github.com/vedettehq/vedette/internal/executor"
	"github.com/vedettehq/vedette/internal/notifier"
	"github.com/vedettehq/vedette/internal/queue"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/telemetry"
)

// Role is what a process does. Roles are combined with |.
type Role uint8

// The roles.
const (
	Controller Role = 1 << iota
	Executor
)

func (r Role) has(role Role) bool { return r&role == role }

// Options are what an app is made of.
type Options struct {
	Config   config.Config
	Role     Role
	Plugins  Plugins
	Logger   *slog.Logger
	Registry *prometheus.Registry
	Build    telemetry.Build
}

// App is one process: the parts of its roles, wired.
type App struct {
	Options
	cleanups cleanups

	db        Database
	queue     queue.Queue
	catalog   *catalog.Catalog
	databases *run.Databases
	calls     *egress.Client
	folder    *catalog.Folder

	// parts run side by side until the app is stopped.
	parts []part

	// receivers are those of the configuration; notifier tells them.
	receivers []notifier.Receiver
	notifier  *notifier.Notifier

	executor   *executor.Executor
	controller *controller.Controller
}

// part is something that runs until its context ends.
type part struct {
	name string
	run  func(ctx context.Context) error
}

// New wires a process. Nothing runs until [App.Run], which also releases what New
// took hold of; if New fails, it releases that itself.
func New(ctx context.Context, options Options) (*App, error) {
	a := &App{Options: options}
	for _, step := range []func(context.Context) error{
		a.checkPlugins,
		a.openQueue,
		a.openDatabase,
		a.openShop,
		a.openSources,
		a.openHTTPClient,
		a.makeCatalog,
		a.openReceivers,
		a.makeNotifier,
		a.makeExecutor,
		a.makeController,
		a.makeServer,
	} {
		if err := step(ctx); err != nil {
			return nil, errors.Join(err, a.cleanups.run())
		}
	}
	return a, nil
}

// stopTimeout is how much longer than the executor's grace period parts may take
// to stop once they were asked to.
const stopTimeout = 10 * time.Second

// Run runs until ctx ends or a part fails, then stops the others in order:
// nothing more is taken, what is under way may finish for a while, and then
// everything is released.
func (a *App) Run(ctx context.Context) error {
	a.Logger.InfoContext(ctx, "vedette starts", slog.String("version", a.Build.Version))
	group, ctx := errgroup.WithContext(ctx)
	for _, p := range a.parts {
		group.Go(func() error {
			if err := p.run(ctx); err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
			return nil
		})
	}
	stopped := make(chan struct{})
	context.AfterFunc(ctx, func() { a.announceStop(stopped) })
	err := group.Wait()
	close(stopped)
	err = errors.Join(err, a.cleanups.run())
	a.Logger.Info("vedette stopped")
	return err
}

// announceStop says that the process is stopping, and if that takes long, that
// it still is.
func (a *App) announceStop(stopped <-chan struct{}) {
	a.Logger.Info("stopping: runs in progress may finish; a second signal ends at once")
	select {
	case <-stopped:
	case <-time.After(a.Config.Executor.GracePeriod + stopTimeout):
		a.Logger.Warn("stopping takes long: something does not return")
	}
}
