package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"time"

	"github.com/vedettehq/vedette/internal/pause"
	"github.com/vedettehq/vedette/internal/store/storetest"
	"github.com/vedettehq/vedette/internal/testenv"
)

// source is the database that monitors query. Somebody changes it all the time,
// and writes down when.
type source struct {
	address  string
	db       *sql.DB
	remove   func(context.Context) error
	monitors int

	end   context.CancelFunc
	ended chan error
}

// A problem is seen by one monitor. Each time that it is open is an episode.
const sourceSchema = `
	create table problems (id bigint generated always as identity primary key, monitor int not null, state text not null, amount int not null);
	create index problems_monitor on problems (monitor, state);
	create table episodes (problem bigint not null, monitor int not null, opened_at timestamptz not null, closed_at timestamptz);
	create index episodes_problem on episodes (problem)`

// The changes. A problem of a ledger stays open.
const (
	openSQL = `with p as (insert into problems (monitor, state, amount) values ($1, 'open', 1) returning id, monitor)
		insert into episodes (problem, monitor, opened_at) select id, monitor, clock_timestamp() from p`
	fixSQL = `with p as (update problems set state = 'fixed' where id = (
			select id from problems where monitor = $1 and state = 'open' order by random() limit 1) returning id)
		update episodes set closed_at = clock_timestamp() from p where problem = p.id and closed_at is null`
	reopenSQL = `with p as (update problems set state = 'open' where id = (
			select id from problems where monitor = $1 and state = 'fixed' order by random() limit 1) returning id, monitor)
		insert into episodes (problem, monitor, opened_at) select id, monitor, clock_timestamp() from p`
	changeSQL = `update problems set amount = amount + 1 where monitor = $1 and state = 'open'`
)

// newSource makes the database, with a problem for each monitor.
func newSource(ctx context.Context, l *lab, monitors int) (*source, error) {
	name := fmt.Sprintf("chaos_%d_%d", os.Getpid(), l.next())
	if err := testenv.Exec(ctx, l.sources, "create database "+name); err != nil {
		return nil, err
	}
	s := &source{address: testenv.WithDatabase(l.sources, name), monitors: monitors, remove: func(ctx context.Context) error {
		return testenv.Exec(ctx, l.sources, "drop database "+name+" with (force)")
	}}
	var err error
	if s.db, err = storetest.Connect(s.address); err != nil {
		return nil, err
	}
	if _, err := s.db.ExecContext(ctx, sourceSchema); err != nil {
		return nil, errors.Join(err, s.close(ctx))
	}
	for n := range monitors {
		if _, err := s.db.ExecContext(ctx, openSQL, n); err != nil {
			return nil, errors.Join(err, s.close(ctx))
		}
	}
	return s, nil
}

// changePause is how often something changes.
const changePause = 20 * time.Millisecond

// start has problems come, change and be solved until rest.
func (s *source) start(ctx context.Context) {
	ctx, s.end = context.WithCancel(context.WithoutCancel(ctx))
	s.ended = make(chan error, 1)
	go func() {
		for pause.For(ctx, changePause) == nil {
			if err := s.change(ctx); err != nil && ctx.Err() == nil {
				s.ended <- err
				return
			}
		}
		s.ended <- nil
	}()
}

func (s *source) change(ctx context.Context) error {
	monitor := rand.IntN(s.monitors)
	statement := []string{openSQL, fixSQL, fixSQL, reopenSQL, changeSQL}[rand.IntN(5)]
	if isLedger(monitor) {
		statement = openSQL
	}
	_, err := s.db.ExecContext(ctx, statement, monitor)
	return err
}

// rest has nothing more change.
func (s *source) rest() error {
	if s.end == nil {
		return nil
	}
	s.end()
	s.end = nil
	return <-s.ended
}

func (s *source) close(ctx context.Context) error {
	return errors.Join(s.rest(), s.db.Close(), s.remove(ctx))
}

// episode is a time in which a problem was open; a zero closed means until now.
type episode struct{ opened, closed time.Time }

// episodes are those of all problems, by the problem's id as a model id.
func (s *source) episodes(ctx context.Context) (found map[string][]episode, err error) {
	rows, err := s.db.QueryContext(ctx, `select problem::text, opened_at, closed_at from episodes order by opened_at`)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	found = map[string][]episode{}
	for rows.Next() {
		var id string
		var e episode
		var closed sql.NullTime
		if err := rows.Scan(&id, &e.opened, &closed); err != nil {
			return nil, err
		}
		e.closed = closed.Time
		found[id] = append(found[id], e)
	}
	return found, rows.Err()
}
