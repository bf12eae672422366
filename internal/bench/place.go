package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/vedettehq/vedette/internal/bench/floor"
	"github.com/vedettehq/vedette/internal/testenv"
)

// place is where a work is measured: an application database, and one of the
// same kind beside it for the floor.
type place struct {
	store string
	// address is of the application database, as in DATABASE_APPLICATION.
	address string
	floor   floor.DB
}

// kinds are the stores that there are.
var kinds = []string{"sqlite", "postgres"}

// each measures a work on each store, on empty databases of its own.
func (l *lab) each(ctx context.Context, measure func(place) ([]figure, error)) ([]figure, error) {
	var figures []figure
	for _, kind := range l.kinds {
		found, err := l.in(ctx, kind, measure)
		if err != nil {
			return nil, fmt.Errorf("on %s: %w", kind, err)
		}
		for i := range found {
			found[i].store = kind
		}
		figures = append(figures, found...)
	}
	return figures, nil
}

// in measures on one kind of store.
func (l *lab) in(ctx context.Context, kind string, measure func(place) ([]figure, error)) (figures []figure, err error) {
	open := l.sqlite
	if kind == "postgres" {
		open = l.databases
	}
	where, remove, err := open(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, where.floor.Close(), remove()) }()
	return measure(where)
}

// floorConnections is how many connections the floor may use: as many as there
// are workers.
const floorConnections = 16

func (l *lab) sqlite(context.Context) (where place, remove func() error, err error) {
	folder, err := l.folder()
	if err != nil {
		return where, nil, err
	}
	db, err := floor.OpenSQLite(filepath.Join(folder, "floor.db"), floorConnections)
	where = place{store: "sqlite", address: "sqlite://" + filepath.Join(folder, "vedette.db"), floor: db}
	return where, func() error { return os.RemoveAll(folder) }, err
}

func (l *lab) databases(ctx context.Context) (where place, remove func() error, err error) {
	admin, err := l.postgres(ctx)
	if err != nil {
		return where, nil, err
	}
	l.made++
	ours, bare := fmt.Sprintf("bench_%d_%d", os.Getpid(), l.made), fmt.Sprintf("bench_floor_%d_%d", os.Getpid(), l.made)
	for _, name := range []string{ours, bare} {
		if err := testenv.Exec(ctx, admin, "create database "+name); err != nil {
			return where, nil, err
		}
	}
	remove = func() error {
		// Also when the measurement was interrupted.
		ctx := context.WithoutCancel(ctx)
		return errors.Join(
			testenv.Exec(ctx, admin, "drop database if exists "+ours+" with (force)"),
			testenv.Exec(ctx, admin, "drop database if exists "+bare+" with (force)"),
		)
	}
	db, err := floor.OpenPostgres(ctx, testenv.WithDatabase(admin, bare), floorConnections)
	where = place{store: "postgres", address: testenv.WithDatabase(admin, ours), floor: db}
	return where, remove, err
}
