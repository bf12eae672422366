package controller_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/vedettehq/vedette/internal/controller"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/queue"
	"github.com/vedettehq/vedette/internal/queue/memory"
	"github.com/vedettehq/vedette/internal/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var errAway = monitor.Errorf(monitor.CodeUnavailable, "the database is away")

// fakeStore is what a store does for controllers, as far as they can see.
type fakeStore struct {
	mu     sync.Mutex
	away   bool
	offset time.Duration
	// due are executions that the next claims return.
	due    []int64
	claims int
	// unreadable comes along with what is claimed.
	unreadable error
	zones      []string
	// lost are executions that the next sweep ends, and own is who asked for it.
	lost   []store.Lost
	own    string
	sweeps int
	// events and executions are when old rows were made.
	events, executions []time.Time
	leases             map[string]lease
	// silences are when silences are over.
	silences []time.Time
}

type lease struct {
	holder  string
	expires time.Time
}

func (s *fakeStore) locked(do func()) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.away {
		return errAway
	}
	do()
	return nil
}

func (s *fakeStore) Now() time.Time { return time.Now().Add(s.offset) }

func (s *fakeStore) Sync(context.Context) (offset time.Duration, err error) {
	err = s.locked(func() { offset = s.offset })
	return offset, err
}

func (s *fakeStore) ClaimDue(_ context.Context, _ time.Time, _ *time.Location, limit int) (claimed []int64, err error) {
	err = s.locked(func() {
		s.claims++
		count := min(limit, len(s.due))
		claimed, s.due = s.due[:count], s.due[count:]
	})
	return claimed, errors.Join(err, s.unreadable)
}

func (s *fakeStore) EndLost(_ context.Context, _ time.Time, own string) (lost []store.Lost, err error) {
	err = s.locked(func() {
		s.sweeps++
		s.own = own
		lost, s.lost = s.lost, nil
	})
	return lost, err
}

func (s *fakeStore) Reschedule(_ context.Context, _ time.Time, zone *time.Location) (int, error) {
	return 0, s.locked(func() { s.zones = append(s.zones, zone.String()) })
}

func (s *fakeStore) CleanEvents(_ context.Context, before time.Time, limit int) (int, error) {
	return s.clean(&s.events, before, limit)
}

func (s *fakeStore) CleanExecutions(_ context.Context, before time.Time, limit int) (int, error) {
	return s.clean(&s.executions, before, limit)
}

func (s *fakeStore) clean(rows *[]time.Time, before time.Time, limit int) (removed int, err error) {
	err = s.locked(func() {
		var kept []time.Time
		for _, row := range *rows {
			if row.Before(before) && removed < limit {
				removed++
			} else {
				kept = append(kept, row)
			}
		}
		*rows = kept
	})
	return removed, err
}

func (s *fakeStore) AcquireLease(_ context.Context, name, holder string, now, until time.Time) (held bool, err error) {
	err = s.locked(func() {
		current := s.leases[name]
		if held = current.holder == holder || !current.expires.After(now); held {
			s.leases[name] = lease{holder, until}
		}
	})
	return held, err
}

func (s *fakeStore) ReleaseLease(_ context.Context, name, holder string) error {
	return s.locked(func() {
		if s.leases[name].holder == holder {
			delete(s.leases, name)
		}
	})
}

func (s *fakeStore) EndSilences(_ context.Context, now time.Time, limit int) (int, error) {
	return s.clean(&s.silences, now, limit)
}

func (s *fakeStore) Status(context.Context, time.Time) (store.Status, error) {
	return store.Status{
		Monitors: 3, ActiveAlerts: map[monitor.Priority]int{monitor.High: 5}, AcknowledgedAlerts: map[monitor.Priority]int{monitor.High: 2},
		OldestDueAt: s.Now().Add(-3 * time.Second),
	}, s.locked(func() {})
}

// with looks at the store or changes it while a controller works with it.
func (s *fakeStore) with(do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	do()
}

// fixture is a controller with what it works with.
type fixture struct {
	store *fakeStore
	queue queue.Queue
	log   *syncBuffer
	deps  controller.Deps
}

func newFixture() *fixture {
	f := &fixture{store: &fakeStore{leases: map[string]lease{}}, queue: memory.New(memory.Config{}), log: &syncBuffer{}}
	f.deps = controller.Deps{
		Store:      f.store,
		Queue:      f.queue,
		Logger:     slog.New(slog.NewTextHandler(f.log, nil)),
		Registerer: prometheus.NewRegistry(),
	}
	return f
}

// start runs a controller until the function that it returns is called.
func (f *fixture) start(t *testing.T, config controller.Config) (*controller.Controller, func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	c := controller.New(f.deps, config)
	ended := make(chan error)
	go func() { ended <- c.Run(ctx) }()
	return c, func() {
		cancel()
		require.NoError(t, <-ended)
	}
}

func (f *fixture) received(t *testing.T) []int64 {
	t.Helper()
	got, err := f.queue.Receive(t.Context(), queue.Executions, 1_000_000, 0)
	require.NoError(t, err)
	ids := make([]int64, len(got))
	for i, d := range got {
		ids[i] = d.Message.ID
	}
	return ids
}

// brokenQueue refuses to send.
type brokenQueue struct{ queue.Queue }

func (brokenQueue) Send(context.Context, ...queue.Message) error { return errors.New("no queue") }

// syncBuffer is a log that can be read while it is written.
type syncBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

func cron(t *testing.T, expression string) monitor.Cron {
	t.Helper()
	c, err := monitor.ParseCron(expression, time.UTC)
	require.NoError(t, err)
	return c
}

// after lets the bubble's clock run on, and what is due by then be done.
func after(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}
