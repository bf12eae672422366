package shop

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the driver
)

// Config says how a shop trades.
type Config struct {
	// Seed decides what happens: the same seed and clock make the same trade. 0:
	// taken from the clock.
	Seed uint64
	// Now is the clock; nil: the machine's.
	Now func() time.Time
	// Every is the time between steps; 0: a second. The rates are meant for that.
	Every time.Duration
	// Logger is told of steps that failed; nil: nobody is.
	Logger *slog.Logger
}

// Shop is a shop that trades. Any number of processes may open the same one: they
// take turns.
type Shop struct {
	db     *sql.DB
	random *rand.Rand
	now    func() time.Time
	every  time.Duration
	logger *slog.Logger
}

// Open opens the shop at a path, and founds it with some days of history if there
// is none. A shop that another version of this package founded is founded anew:
// nothing in it is worth keeping.
func Open(ctx context.Context, path string, config Config) (*Shop, error) {
	if config.Now == nil {
		config.Now = time.Now
	}
	if config.Seed == 0 {
		config.Seed = uint64(config.Now().UnixNano())
	}
	if config.Every == 0 {
		config.Every = time.Second
	}
	if config.Logger == nil {
		config.Logger = slog.New(slog.DiscardHandler)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("make the shop's directory: %w", err)
	}
	// One connection: it only ever writes, and SQLite has one writer.
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+
		"?_busy_timeout=10000&_journal_mode=WAL&_synchronous=NORMAL&_foreign_keys=1&_txlock=immediate&_pragma=cache_size(-500)")
	if err != nil {
		return nil, fmt.Errorf("open the shop: %w", err)
	}
	db.SetMaxOpenConns(1)
	shop := &Shop{
		db: db, random: rand.New(rand.NewPCG(config.Seed, config.Seed^0x5109)),
		now: config.Now, every: config.Every, logger: config.Logger,
	}
	if err := shop.transact(ctx, shop.found); err != nil {
		return nil, errors.Join(fmt.Errorf("found the shop: %w", err), db.Close())
	}
	return shop, nil
}

// Close closes the database. Run must have returned.
func (s *Shop) Close() error { return s.db.Close() }

// Run trades, a step at a time, until ctx ends. A step that fails is not the end:
// the database may be busy or the disk full for a while.
func (s *Shop) Run(ctx context.Context) error {
	ticker := time.NewTicker(s.every)
	defer ticker.Stop()
	last := ""
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
		message := ""
		if err := s.step(ctx); err != nil && ctx.Err() == nil {
			message = err.Error()
		}
		if message != "" && message != last {
			s.logger.WarnContext(ctx, "the sample shop could not trade", "error", message)
		}
		last = message
	}
}

// step trades for one step, unless another process has just done so.
func (s *Shop) step(ctx context.Context) error {
	return s.transact(ctx, func(ctx context.Context, b *business) error {
		turn, err := b.takeTurn(ctx, s.every)
		if err != nil || !turn {
			return err
		}
		return b.trade(ctx)
	})
}

// transact does something with the business at one moment, wholly or not at all.
func (s *Shop) transact(ctx context.Context, do func(context.Context, *business) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	b := &business{tx: tx, random: s.random, now: s.now()}
	if err = do(ctx, b); err == nil {
		err = tx.Commit()
	} else if undoing := tx.Rollback(); !errors.Is(undoing, sql.ErrTxDone) {
		err = errors.Join(err, undoing)
	}
	if err != nil && ctx.Err() != nil {
		return ctx.Err() // the driver's own words for it say less
	}
	return err
}
