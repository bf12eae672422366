package storetest

import (
	"time"

	"github.com/stretchr/testify/require"
)

var leases = map[string]func(*fixture){
	"Lease_R78_OneHolderAtATime":     leaseOneHolder,
	"Lease_R78_ReleasedOnlyByHolder": leaseReleased,
	"Clock_R77_TellsTheStoresTime":   clockTells,
}

func (f *fixture) acquire(name, holder string) bool {
	f.Helper()
	had, err := f.store.AcquireLease(f.Context(), name, holder, f.now, f.now.Add(time.Minute))
	require.NoError(f, err)
	return had
}

func leaseOneHolder(f *fixture) {
	require.True(f, f.acquire("folder", me))
	require.False(f, f.acquire("folder", other))
	require.True(f, f.acquire("clean_old_events", other))
	f.pass(59 * time.Second)
	require.True(f, f.acquire("folder", me), "extended")
	f.pass(59 * time.Second)
	require.False(f, f.acquire("folder", other))
	f.pass(time.Second)
	require.True(f, f.acquire("folder", other), "expired")
	require.False(f, f.acquire("folder", me))
}

func leaseReleased(f *fixture) {
	require.True(f, f.acquire("folder", me))
	require.NoError(f, f.store.ReleaseLease(f.Context(), "folder", other))
	require.False(f, f.acquire("folder", other))
	require.NoError(f, f.store.ReleaseLease(f.Context(), "folder", me))
	require.True(f, f.acquire("folder", other))
}

func clockTells(f *fixture) {
	offset, err := f.store.Sync(f.Context())
	require.NoError(f, err)
	require.Less(f, offset.Abs(), time.Minute, "the server of a test runs beside it")
	first := f.store.Now()
	require.Equal(f, time.UTC, first.Location())
	require.WithinDuration(f, time.Now().Add(offset), first, time.Second)
	require.False(f, f.store.Now().Before(first))
	require.Zero(f, first.Nanosecond()%1000, "as finely as it can be stored")
	require.NoError(f, f.store.Ping(f.Context()))
}
