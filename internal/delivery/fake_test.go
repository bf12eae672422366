package delivery_test

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/goleak"

	"github.com/vedettehq/vedette/internal/delivery"
	"github.com/vedettehq/vedette/internal/monitor"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fakeStore has open deliveries. Those that were settled are in settled.
type fakeStore struct {
	mu        sync.Mutex
	open      []monitor.Delivery
	taken     map[int64]monitor.Delivery
	settled   []settlement
	settleErr error
	variables map[string]monitor.Data
}

type settlement struct {
	id      int64
	failure string
	retryAt time.Time
}

func (s *fakeStore) Now() time.Time { return time.Now() }

func (s *fakeStore) TakeDeliveries(_ context.Context, _ string, except []int64, limit int, now time.Time) ([]monitor.Delivery, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []monitor.Delivery
	s.open = slices.DeleteFunc(s.open, func(d monitor.Delivery) bool {
		id := d.Event.MonitorID
		if len(found) == limit || slices.Contains(except, id) || d.DueAt.After(now) || len(found) > 0 && found[0].Event.MonitorID != id {
			return false
		}
		found = append(found, d)
		s.taken[d.ID] = d
		return true
	})
	return found, nil
}

func (s *fakeStore) SettleDelivery(_ context.Context, id int64, _, failure string, retryAt, _ time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.settleErr != nil {
		return s.settleErr
	}
	s.settled = append(s.settled, settlement{id, failure, retryAt})
	d := s.taken[id]
	delete(s.taken, id)
	if !retryAt.IsZero() {
		d.Attempts++
		d.DueAt = retryAt
		s.open = append(s.open, d)
	}
	return nil
}

func (s *fakeStore) Variables(context.Context, int64) (map[string]monitor.Data, error) {
	return s.variables, nil
}

func (s *fakeStore) SetVariables(_ context.Context, _ int64, values map[string]monitor.Data, _ time.Time) error {
	s.variables = values
	return nil
}

// add opens a delivery for a monitor.
func (s *fakeStore) add(id, monitorID int64) {
	s.open = append(s.open, monitor.Delivery{
		ID:     id,
		Target: monitor.TargetReactions,
		Event:  monitor.EventRecord{ID: 100 + id, Name: monitor.IssueCreated, MonitorID: monitorID, MonitorName: "orders"},
	})
}

// targetFunc is a target that is one function.
type targetFunc func(ctx context.Context, d monitor.Delivery) error

func (f targetFunc) Deliver(ctx context.Context, d monitor.Delivery) error { return f(ctx, d) }

// newDeliverer makes one whose only target is the function.
func newDeliverer(t *testing.T, config delivery.Config, target targetFunc) (*delivery.Deliverer, *fakeStore) {
	t.Helper()
	store := &fakeStore{taken: map[int64]monitor.Delivery{}}
	targets := map[string]delivery.Target{monitor.TargetReactions: target}
	return delivery.New(store, targets, slog.New(slog.DiscardHandler), prometheus.NewRegistry(), config), store
}
