package datasourcetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func testRowLimit(t *testing.T, d Driver) {
	f := d.fixture(t, generous)
	require.Len(t, f.query(t, d.Numbers(1000)), 1000)
	require.Contains(t, f.fails(t, monitor.FailureQuery, d.Numbers(1001)), "more rows than the limit of 1000")
	require.Contains(t, f.fails(t, monitor.FailureQuery, d.Numbers(1_000_000_000)), "more rows than the limit of 1000", "it does not read to the end")

	own := monitor.Query{Database: "shop", SQL: d.Numbers(3), MaxRows: 2}
	_, err := f.source.Query(t.Context(), own)
	require.Contains(t, requireFailure(t, err, monitor.FailureQuery), "more rows than the limit of 2")
	own.MaxRows = 3
	rows, err := f.source.Query(t.Context(), own)
	require.NoError(t, err)
	require.Equal(t, monitor.Rows{`{"n":1}`, `{"n":2}`, `{"n":3}`}, rows)
}

func testByteLimit(t *testing.T, d Driver) {
	config := generous
	config.MaxBytes = 100
	f := d.fixture(t, config)
	require.Contains(t, f.fails(t, monitor.FailureQuery, d.Numbers(1000)), "more than 100 bytes")
}

func testTimeouts(t *testing.T, d Driver) {
	config := generous
	config.QueryTimeout = 150 * time.Millisecond
	f := d.fixture(t, config)
	for _, sql := range []string{d.Forever, d.LateForever} {
		require.Contains(t, f.fails(t, monitor.FailureTimeout, sql), "longer than 150ms (databases.query_timeout)")
		_, err := f.source.Query(t.Context(), monitor.Query{Database: "shop", SQL: sql, Timeout: 100 * time.Millisecond})
		require.Contains(t, requireFailure(t, err, monitor.FailureTimeout), "its timeout of 100ms")
	}
	f.requireIdle(t)
	require.Len(t, f.query(t, "select id from items"), 4)
}

func testCancel(t *testing.T, d Driver) {
	f := d.fixture(t, generous)
	for _, sql := range []string{d.Forever, d.LateForever} {
		ctx, cancel := context.WithCancelCause(t.Context())
		timer := time.AfterFunc(100*time.Millisecond, func() { cancel(errors.New("the process stops")) })
		_, err := f.source.Query(ctx, monitor.Query{Database: "shop", SQL: sql})
		timer.Stop()
		require.Contains(t, requireFailure(t, err, monitor.FailureCancelled), "the process stops")
	}
	f.requireIdle(t)

	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(&monitor.Failure{Kind: monitor.FailureLimit, Message: "execution_timeout of 60s"})
	_, err := f.source.Query(ctx, monitor.Query{Database: "shop", SQL: "select 1 as a"})
	require.Contains(t, requireFailure(t, err, monitor.FailureLimit), "execution_timeout of 60s")
}

// requireIdle requires that the server has stopped what was given up.
func (f *fixture) requireIdle(t *testing.T) {
	t.Helper()
	if f.Running != nil {
		require.Eventually(t, func() bool { return !f.Running(t) }, 10*time.Second, 10*time.Millisecond)
	}
}

func testAcquire(t *testing.T, d Driver) {
	config := generous
	config.MaxSize, config.AcquireTimeout = 1, 150*time.Millisecond
	f := d.fixture(t, config)
	ctx, cancel := context.WithCancel(t.Context())
	busy, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		close(busy)
		// It ends by cancel, which other tests are about; on a slow machine it may
		// itself not get the connection at once.
		for ctx.Err() == nil {
			_, _ = f.source.Query(ctx, monitor.Query{Database: "shop", SQL: d.Forever})
		}
	}()
	<-busy
	require.Eventually(t, func() bool {
		_, err := f.source.Query(t.Context(), monitor.Query{Database: "shop", SQL: "select 1 as a"})
		if err == nil {
			return false // the other one had not begun
		}
		require.Contains(t, requireFailure(t, err, monitor.FailureTimeout), "no connection within 150ms (databases.acquire_timeout)")
		return true
	}, 10*time.Second, time.Millisecond)
	cancel()
	<-done
	require.Eventually(t, func() bool {
		_, err := f.source.Query(t.Context(), monitor.Query{Database: "shop", SQL: "select 1 as a"})
		return err == nil
	}, 10*time.Second, time.Millisecond, "the place is free again")
}
