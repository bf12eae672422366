package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/vedettehq/vedette/internal/e2e/process"
	"github.com/vedettehq/vedette/internal/testenv"
)

// lab is what trials share. It is safe for concurrent use once it is open.
type lab struct {
	// binary is what is run; it is built if it is empty at first.
	binary   string
	progress io.Writer
	// dir holds all files and is removed in the end.
	dir string
	// sources is the server of the databases that monitors query. No trial touches
	// it.
	sources string
	own     *testenv.Server

	mu sync.Mutex
	// skewed is the binary whose clock can be off, once it is needed.
	skewed string
	// earlier is what there was before the newest migration, once it is needed.
	earlier *previous
	made    int
	began   time.Time
}

func (l *lab) open(ctx context.Context) (err error) {
	l.began = time.Now()
	if l.dir, err = os.MkdirTemp("", "vedette-chaos-"); err != nil {
		return err
	}
	if l.binary == "" {
		l.log("building the binary")
		if l.binary, err = process.Build(ctx, l.dir); err != nil {
			return errors.Join(err, l.close())
		}
	}
	if l.sources = os.Getenv(testenv.EnvPostgres); l.sources != "" {
		return nil
	}
	if l.own, err = testenv.StartPostgres(ctx, testenv.Fast); err != nil {
		return errors.Join(fmt.Errorf("start a PostgreSQL server: %w", err), l.close())
	}
	l.sources = l.own.URL
	return nil
}

func (l *lab) close() error {
	var err error
	if l.own != nil {
		err = l.own.Stop()
	}
	return errors.Join(err, os.RemoveAll(l.dir))
}

// folder makes a new empty folder.
func (l *lab) folder() (string, error) {
	folder := filepath.Join(l.dir, fmt.Sprint("folder", l.next()))
	return folder, os.Mkdir(folder, 0o700)
}

// next is a number that nobody else has.
func (l *lab) next() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.made++
	return l.made
}

// log tells what is going on. That nobody can be told stops no trial.
func (l *lab) log(format string, arguments ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, _ = fmt.Fprintf(l.progress, "%7.1f s  %s\n", time.Since(l.began).Seconds(), fmt.Sprintf(format, arguments...))
}

// withClock builds, once, the binary whose clock can be off.
func (l *lab) withClock(ctx context.Context) (string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.skewed != "" {
		return l.skewed, nil
	}
	var err error
	l.skewed, err = buildSkewed(ctx, l.dir)
	return l.skewed, err
}
