package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// lease is how long a process is believed to be alive with [killedConfiguration].
const lease = 3 * time.Second

const killedConfiguration = `
http_server: {address: "%s"}
executor: {heartbeat: 1s}
`

// slowCode is a monitor that is always running.
const slowCode = `"""A query that never ends."""

monitor(model_id_key = "n", search_cron = "* * * * * *", solvable = False)

def search():
    return query("numbers", "with recursive c(n) as (select 1 union all select n + 1 from c) select n from c where n < 0")
`

// measureKilled measures how long it takes from the hard end of the process that
// runs a monitor until that monitor is running again: in the same place after a
// new start, or in another process that was there all along.
func measureKilled(ctx context.Context, l *lab) ([]figure, error) {
	return l.each(ctx, func(where place) ([]figure, error) {
		folder, err := l.folder()
		if err != nil {
			return nil, err
		}
		numbers, err := emptyDatabase(ctx, filepath.Join(folder, "numbers.db"))
		if err != nil {
			return nil, err
		}
		env := []string{"DATABASE_APPLICATION=" + where.address, "DATABASE_NUMBERS=" + numbers}
		first, err := l.serve(ctx, killedConfiguration, env...)
		if err != nil {
			return nil, err
		}
		second, err := l.serve(ctx, killedConfiguration, env...)
		if err != nil {
			return nil, err
		}
		if err := writeMonitor(first.config.Dir, "slow", slowCode); err != nil {
			return nil, err
		}
		took, err := takeOver(ctx, where, first, second)
		return []figure{{
			work: fmt.Sprintf("killed hard to running again, lease %s", lease),
			ours: duration(took), target: atMost(duration(lease + 5*time.Second)),
		}}, err
	})
}

func takeOver(ctx context.Context, where place, first, second *served) (took time.Duration, err error) {
	// Only one process can use a file; on a server the second one is waiting.
	alone := where.store == "sqlite"
	if !alone {
		if err := migrate(ctx, where); err != nil {
			return 0, err
		}
	}
	if _, err := first.start(ctx); err != nil {
		return 0, err
	}
	before, err := first.awaitRunning(ctx, 0)
	if err != nil {
		return 0, errors.Join(err, first.Kill())
	}
	if !alone {
		if _, err := second.start(ctx); err != nil {
			return 0, errors.Join(err, first.Kill())
		}
	}
	killed := time.Now()
	if err := first.Kill(); err != nil {
		return 0, err
	}
	if alone {
		if _, err := second.start(ctx); err != nil {
			return 0, err
		}
	}
	// A stop in order would wait for the query.
	defer func() { err = errors.Join(err, second.Kill()) }()
	_, err = second.awaitRunning(ctx, before)
	return time.Since(killed), err
}

// awaitRunning waits for a running execution that is younger than the given one,
// and returns its id.
func (s *served) awaitRunning(ctx context.Context, after int64) (int64, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, startLimit, errors.New("no execution is running after "+startLimit.String()))
	defer cancel()
	for {
		running, err := list[execution](ctx, http.DefaultClient, s.URL()+"/api/v1/executions?status=running")
		if err != nil {
			return 0, err
		}
		for _, execution := range running {
			if execution.ID > after {
				return execution.ID, nil
			}
		}
		if err := pause(ctx, 5*time.Millisecond); err != nil {
			return 0, fmt.Errorf("%w; it wrote:\n%s", err, s.Log())
		}
	}
}

func migrate(ctx context.Context, where place) error {
	p, err := openPlatform(ctx, where)
	if err != nil {
		return err
	}
	return p.close()
}

func writeMonitor(dir, name, code string) error {
	folder := filepath.Join(dir, "monitors", name)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "monitor.star"), []byte(code), 0o600)
}

// emptyDatabase makes an SQLite database and returns its address.
func emptyDatabase(ctx context.Context, path string) (string, error) {
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		return "", err
	}
	_, err = db.ExecContext(ctx, "create table unused (id integer)")
	return "sqlite://" + path, errors.Join(err, db.Close())
}
