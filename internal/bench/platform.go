package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/vedettehq/vedette/internal/catalog"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/plugins"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/lib"
	"github.com/vedettehq/vedette/internal/store"
)

// platform is a store with monitors in it, and nothing that moves.
type platform struct {
	store   store.Database
	catalog *catalog.Catalog
	// ahead is how far claims look into the future: each of them one minute
	// further, so that what is due every second is due.
	ahead time.Duration
}

// poolSize is a connection for each worker, as for the floor.
const poolSize = floorConnections

// openPlatform opens and migrates the store.
func openPlatform(ctx context.Context, where place) (*platform, error) {
	open, err := plugins.Stores().Get(where.store)
	if err != nil {
		return nil, err
	}
	db, err := open(ctx, monitor.NewSecret(where.address), store.Config{PoolSize: poolSize})
	if err != nil {
		return nil, err
	}
	if err := db.Up(ctx, 0); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &platform{store: db, catalog: catalog.New(db, newCompiler(), catalog.Config{})}, nil
}

func newCompiler() *script.Compiler { return script.NewCompiler(lib.All(), script.Config{}) }

func (p *platform) close() error { return p.store.Close() }

// register registers a monitor.
func (p *platform) register(ctx context.Context, name, code string) error {
	_, err := p.catalog.Register(ctx, store.Registration{
		Name: name, Files: monitor.Files{monitor.CodeFile: code}, Source: monitor.SourceAPI, Author: "bench",
	})
	return err
}

// disable keeps a monitor from being due.
func (p *platform) disable(ctx context.Context, name string) error {
	off := false
	_, err := p.store.Change(ctx, store.Scope{Monitor: name}, p.store.Now(), func(monitor.Snapshot) (monitor.Plan, error) {
		return monitor.Plan{Actor: "bench", Monitor: &monitor.MonitorChange{Enabled: &off}}, nil
	})
	return err
}

// claim queues everything that is due by a minute after the claim before. It has
// to be n executions.
func (p *platform) claim(ctx context.Context, n int) ([]int64, error) {
	if _, err := p.store.Sync(ctx); err != nil {
		return nil, err
	}
	p.ahead += time.Minute
	ids, err := p.store.ClaimDue(ctx, p.store.Now().Add(p.ahead), time.UTC, n+1)
	if err == nil && len(ids) != n {
		err = fmt.Errorf("%d executions were claimed, not %d", len(ids), n)
	}
	return ids, err
}
