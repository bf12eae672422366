package delivery_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/delivery"
	"github.com/vedettehq/vedette/internal/monitor"
)

// fakeReactor remembers what it was asked.
type fakeReactor struct {
	versionID int64
	variables map[string]monitor.Data
	set       map[string]monitor.Data
	err       error
}

func (r *fakeReactor) React(_ context.Context, versionID int64, _ *monitor.EventRecord, variables map[string]monitor.Data, _ time.Time) (map[string]monitor.Data, error) {
	r.versionID, r.variables = versionID, variables
	return r.set, r.err
}

func TestReactions_R81_TheCurrentVersionReactsAndItsVariablesAreKept(t *testing.T) {
	t.Parallel()
	store := &fakeStore{variables: map[string]monitor.Data{"seen": "1"}}
	reactor := &fakeReactor{set: map[string]monitor.Data{"seen": "2"}}
	d := monitor.Delivery{VersionID: 5, Event: monitor.EventRecord{VersionID: 3, MonitorID: 7}}

	require.NoError(t, delivery.NewReactions(store, reactor).Deliver(t.Context(), d))
	require.EqualValues(t, 5, reactor.versionID)
	require.Equal(t, map[string]monitor.Data{"seen": "1"}, reactor.variables)
	require.Equal(t, map[string]monitor.Data{"seen": "2"}, store.variables)
}

func TestReactions_R81_AFailureKeepsNoVariables(t *testing.T) {
	t.Parallel()
	store := &fakeStore{variables: map[string]monitor.Data{"seen": "1"}}
	reactor := &fakeReactor{set: map[string]monitor.Data{"seen": "2"}, err: errors.New("no")}

	require.Error(t, delivery.NewReactions(store, reactor).Deliver(t.Context(), monitor.Delivery{}))
	require.Equal(t, map[string]monitor.Data{"seen": "1"}, store.variables)
}
