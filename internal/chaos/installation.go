package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"time"

	"github.com/vedettehq/vedette/internal/e2e/process"
	"github.com/vedettehq/vedette/internal/store/storetest"
	"github.com/vedettehq/vedette/internal/testenv"
)

// installation is a trial's platform: servers, processes, and what they look at.
type installation struct {
	trial
	lab    *lab
	dir    string
	random *rand.Rand
	// database is the address of the application database, and db is it from
	// outside.
	database string
	db       *sql.DB
	// postgres is its server, if it has one; sqs the stand-in, if that is the queue.
	postgres *testenv.Server
	sqs      *standIn
	// bell is the queue from outside; nil if that is inside a process.
	bell    bell
	source  *source
	members []*member
	watch   *watch
	canary  *canary
	// away are the times in which there was no controller.
	away []span
	// began is when every monitor had been run once.
	began time.Time
	// latest is how late anything was that nothing kept from being done.
	latest time.Duration
	// seen are the counters of all processes, by where they were read.
	seen map[string]counters
}

// install brings up everything but the processes.
func install(ctx context.Context, l *lab, t trial) (i *installation, err error) {
	i = &installation{trial: t, lab: l, random: rand.New(rand.NewPCG(t.seed, 0)), seen: map[string]counters{}}
	if i.dir, err = l.folder(); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, i.close(context.WithoutCancel(ctx)))
		}
	}()
	i.database = "sqlite://" + filepath.Join(i.dir, "vedette.db")
	if t.store == "postgres" {
		if i.postgres, err = testenv.StartPostgres(ctx, testenv.Crashable); err != nil {
			return nil, err
		}
		i.database = i.postgres.URL
	}
	if i.source, err = newSource(ctx, l, t.monitors); err != nil {
		return nil, err
	}
	if i.db, err = storetest.Connect(i.database); err != nil {
		return nil, err
	}
	if err := i.openQueue(ctx); err != nil {
		return nil, err
	}
	if err := i.writeMonitors(); err != nil {
		return nil, err
	}
	return i, i.makeMembers(ctx)
}

func (i *installation) openQueue(ctx context.Context) (err error) {
	switch i.queue {
	case "postgres":
		i.bell = tableBell{i.db}
	case "sqs":
		if i.sqs, err = startStandIn(ctx, i.lab.next()); err == nil {
			i.bell = i.sqs
		}
	}
	return err
}

// makeMembers prepares the processes: controllers first.
func (i *installation) makeMembers(ctx context.Context) error {
	role := "controller"
	if i.executors == 0 {
		role = "run"
	}
	for range i.controllers {
		if err := i.addMember(ctx, role); err != nil {
			return err
		}
	}
	for range i.executors {
		if err := i.addMember(ctx, "executor"); err != nil {
			return err
		}
	}
	return i.skewClocks(ctx)
}

// skewClocks puts the clocks of the second controller and the second executor off,
// in different directions.
func (i *installation) skewClocks(ctx context.Context) error {
	if !i.clocks {
		return nil
	}
	i.lab.log("%s: building the binary whose clock is off", i.name)
	binary, err := i.lab.withClock(ctx)
	if err != nil {
		return err
	}
	for _, skewed := range []struct {
		m    *member
		skew string
	}{{i.members[1], "-3h"}, {i.members[i.controllers+1], "2h"}} {
		skewed.m.config.Binary = binary
		skewed.m.config.Env = append(skewed.m.config.Env, envSkew+"="+skewed.skew)
	}
	return nil
}

// begin starts everything and waits until all monitors have been run.
func (i *installation) begin(ctx context.Context) error {
	if i.store == "postgres" {
		if err := i.members[0].migrate(ctx, i.members[0].config.Binary); err != nil {
			return err
		}
	}
	for _, m := range i.members {
		if err := m.start(); err != nil {
			return err
		}
	}
	for _, m := range i.members {
		if err := m.ready(ctx); err != nil {
			return err
		}
	}
	i.source.start(ctx)
	i.watch, i.canary = startWatch(ctx, i), startCanary(ctx)
	i.lab.log("%s: %d controllers, %d executors and %d monitors begin, seed %d", i.name, i.controllers, i.executors, i.monitors, i.seed)
	err := i.awaitFirstRuns(ctx)
	i.began = time.Now()
	return err
}

// awaitFirstRuns waits until each monitor has been run; its first run is due at
// once.
func (i *installation) awaitFirstRuns(ctx context.Context) error {
	return await(ctx, "the first run of each monitor", func(ctx context.Context) (string, error) {
		var ran int
		err := i.db.QueryRowContext(ctx, "select count(distinct monitor_id) from executions where status = 'succeeded'").Scan(&ran)
		if err != nil || ran == i.monitors {
			return "", err
		}
		return fmt.Sprintf("%d of %d monitors have been run", ran, i.monitors), nil
	})
}

// close ends and removes everything.
func (i *installation) close(ctx context.Context) error {
	var errs []error
	for _, m := range i.members {
		errs = append(errs, m.kill())
	}
	if i.watch != nil {
		i.watch.stop()
		i.canary.stop()
	}
	if i.source != nil {
		errs = append(errs, i.source.close(ctx))
	}
	if i.db != nil {
		errs = append(errs, i.db.Close())
	}
	if i.sqs != nil {
		errs = append(errs, i.sqs.stop())
	}
	if i.postgres != nil {
		errs = append(errs, i.postgres.Stop())
	}
	return errors.Join(errs...)
}

// testimony is the end of what each process wrote, for when something is wrong.
func (i *installation) testimony() error {
	var text strings.Builder
	for _, m := range i.members {
		fmt.Fprintf(&text, "\n%s wrote:\n%s", m.name, process.Tail(m.log(), 15))
	}
	return errors.New(text.String())
}
