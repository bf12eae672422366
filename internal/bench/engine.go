package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/vedettehq/vedette/internal/config"
	"github.com/vedettehq/vedette/internal/delivery"
	"github.com/vedettehq/vedette/internal/executor"
	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/queue"
	"github.com/vedettehq/vedette/internal/queue/memory"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
)

// engine is the platform without its clockwork: a real store and a real
// executor, to which the measurement says what is due.
type engine struct {
	*platform
	queue  queue.Queue
	source *source
	// ended has an element for each execution that was committed or failed.
	ended chan error

	cancel  context.CancelFunc
	stopped chan error
	// log has what the executor warned of.
	log warnings
}

// newEngine opens the store and starts an executor.
func newEngine(ctx context.Context, where place, concurrency int) (*engine, error) {
	p, err := openPlatform(ctx, where)
	if err != nil {
		return nil, err
	}
	e := &engine{
		platform: p,
		queue:    memory.New(memory.Config{}),
		source:   &source{},
		ended:    make(chan error),
		stopped:  make(chan error, 1),
	}
	e.start(ctx, concurrency)
	return e, nil
}

// limits are those that the platform has without any configuration.
func limits() script.Limits {
	defaults := config.Default().Executor
	return script.Limits{MaxSteps: uint64(defaults.MaxSteps), MaxMemory: int64(defaults.MaxMemory) * 8}
}

// heartbeat is rare enough that a slow machine loses time and not its lease.
const heartbeat = time.Minute

func (e *engine) start(ctx context.Context, concurrency int) {
	logger := slog.New(slog.NewTextHandler(&e.log, &slog.HandlerOptions{Level: slog.LevelWarn}))
	registry := prometheus.NewRegistry()
	x := executor.New(executor.Deps{
		Store:      &watched{Database: e.store, ended: e.ended},
		Queue:      e.queue,
		Programs:   e.catalog,
		Runner:     run.New(e.source, logger, registry, run.Config{Script: limits(), Plan: lifecycle.Limits{}}),
		Deliverer:  delivery.New(e.store, nil, logger, registry, delivery.Config{}),
		Logger:     logger,
		Registerer: registry,
	}, executor.Config{Concurrency: concurrency, Heartbeat: heartbeat})
	running, cancel := context.WithCancel(ctx)
	e.cancel = cancel
	go func() { e.stopped <- x.Run(running) }()
}

// close stops the executor and closes the store.
func (e *engine) close() error {
	e.cancel()
	return errors.Join(<-e.stopped, e.queue.Close(), e.platform.close())
}

// performLimit is how long the executions of one measurement may take.
const performLimit = 3 * time.Minute

// perform has queued executions run and returns how long that took, from the
// bell to the last commit.
func (e *engine) perform(ctx context.Context, executions []int64) (time.Duration, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, performLimit, errors.New("not all executions ended within "+performLimit.String()))
	defer cancel()
	return timed(func() error {
		if err := e.queue.Send(ctx, messages(executions)...); err != nil {
			return err
		}
		for range executions {
			select {
			case err := <-e.ended:
				if err != nil {
					return err
				}
			case <-ctx.Done():
				return fmt.Errorf("%w; the executor warned:\n%s", context.Cause(ctx), e.log.String())
			}
		}
		return nil
	})
}

// messages are the bells for executions.
func messages(executions []int64) []queue.Message {
	messages := make([]queue.Message, len(executions))
	for i, id := range executions {
		messages[i] = queue.Message{Lane: queue.Executions, ID: id}
	}
	return messages
}
