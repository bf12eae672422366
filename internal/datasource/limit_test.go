package datasource_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/monitor"
)

var limits = datasource.Config{MaxSize: 5, AcquireTimeout: 10 * time.Second, QueryTimeout: 30 * time.Second, MaxRows: 100, MaxBytes: 1000}

func TestLimits_EachNamesItself(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		acquire, cancelAcquire := limits.AcquireContext(t.Context())
		defer cancelAcquire()
		query, cancelQuery := limits.QueryContext(t.Context(), monitor.Query{})
		defer cancelQuery()
		own, cancelOwn := limits.QueryContext(t.Context(), monitor.Query{Timeout: 2 * time.Second})
		defer cancelOwn()

		<-own.Done()
		requireFailure(t, datasource.Ended(own), monitor.FailureTimeout, "its timeout of 2s")
		<-acquire.Done()
		requireFailure(t, datasource.Ended(acquire), monitor.FailureTimeout, "no connection within 10s (databases.acquire_timeout): all 5")
		<-query.Done()
		requireFailure(t, datasource.Ended(query), monitor.FailureTimeout, "longer than 30s (databases.query_timeout)")
	})
}

func TestLimits_ZeroDoesNotBound(t *testing.T) {
	t.Parallel()
	ctx, cancel := datasource.Config{}.QueryContext(t.Context(), monitor.Query{})
	defer cancel()
	_, bounded := ctx.Deadline()
	require.False(t, bounded)
}

func TestEnded_ACancellationIsNoTimeout(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("the lease was lost"))
	requireFailure(t, datasource.Ended(ctx), monitor.FailureCancelled, "the lease was lost")

	ctx, cancel = context.WithCancelCause(t.Context())
	cancel(&monitor.Failure{Kind: monitor.FailureLimit, Message: "execution_timeout"})
	requireFailure(t, datasource.Ended(ctx), monitor.FailureLimit, "execution_timeout")
}

func TestBounds_TheQuerysOwnCountBeforeTheConfigured(t *testing.T) {
	t.Parallel()
	require.Equal(t, datasource.Bounds{Rows: 100, Bytes: 1000}, limits.Bounds(monitor.Query{}))
	require.Equal(t, datasource.Bounds{Rows: 7, Bytes: 1000}, limits.Bounds(monitor.Query{MaxRows: 7}))
}

func TestNamed_LeadsWithTheDatabase(t *testing.T) {
	t.Parallel()
	failure := datasource.Failuref(monitor.FailureTimeout, "slow")
	requireFailure(t, datasource.Named("shop", failure), monitor.FailureTimeout, `database "shop": slow`)
	require.Equal(t, "slow", failure.Message, "the cause of a context is shared")
	requireFailure(t, datasource.Named("shop", errors.New("odd")), monitor.FailureQuery, `database "shop": odd`)
}
