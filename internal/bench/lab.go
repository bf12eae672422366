package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/vedettehq/vedette/internal/testenv"
)

// envPostgres is the address of a server to measure on, with a role that may
// create databases. Without it a server is started, with its default settings.
const envPostgres = "VEDETTE_BENCH_POSTGRES"

// lab is what measurements share.
type lab struct {
	sizes sizes
	// kinds are the stores to measure on.
	kinds []string
	// dir holds all files and is removed in the end.
	dir string
	// admin is a database of the server, once one is needed.
	admin  string
	server *testenv.Server
	// binary is the path of the built binary, once it is needed.
	binary string
	// made counts databases and folders, to give each its own name.
	made int
}

func newLab(kinds []string, sizes sizes) *lab {
	return &lab{sizes: sizes, kinds: kinds, admin: os.Getenv(envPostgres)}
}

func (l *lab) open() (err error) {
	l.dir, err = os.MkdirTemp("", "vedette-bench-")
	return err
}

func (l *lab) close() error {
	var err error
	if l.server != nil {
		err = l.server.Stop()
	}
	return errors.Join(err, os.RemoveAll(l.dir))
}

// folder makes a new empty folder.
func (l *lab) folder() (string, error) {
	l.made++
	folder := filepath.Join(l.dir, fmt.Sprint("folder", l.made))
	return folder, os.Mkdir(folder, 0o700)
}

// build builds the binary the first time it is asked for.
func (l *lab) build(ctx context.Context) (string, error) {
	if l.binary != "" {
		return l.binary, nil
	}
	var err error
	l.binary, err = l.sizes.build(ctx, l.dir)
	return l.binary, err
}

// postgres starts the server the first time it is asked for.
func (l *lab) postgres(ctx context.Context) (admin string, err error) {
	if l.admin != "" {
		return l.admin, nil
	}
	l.server, err = testenv.StartPostgres(ctx, testenv.Durable)
	if err != nil {
		return "", fmt.Errorf("start a PostgreSQL server to measure on (or name one in %s): %w", envPostgres, err)
	}
	l.admin = l.server.URL
	return l.admin, nil
}
