package storetest

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/store"
)

var idempotency = map[string]func(*fixture){
	"Keys_AreTakenOnceAndRemembered":   keysRemembered,
	"Keys_BelongToWhoSentThem":         keysOfSeveral,
	"Keys_OfProcessesThatAreGone":      keysStale,
	"Keys_AreFreeWithoutAnAnswer":      keysFreed,
	"Keys_ExpireAndAreCleaned":         keysExpire,
	"Keys_OneOfManyAtTheSameTimeGetIt": keysConcurrent,
}

// claimKey takes a key with the limits that the API has.
func (f *fixture) claimKey(k store.Key) *store.Answered {
	f.Helper()
	before, err := f.store.ClaimKey(f.Context(), k, f.now.Add(-time.Minute), f.now.Add(-24*time.Hour))
	require.NoError(f, err)
	return before
}

func (f *fixture) key(who, key, fingerprint string) store.Key {
	return store.Key{Who: who, Key: key, Fingerprint: fingerprint, TakenAt: f.now}
}

func keysRemembered(f *fixture) {
	k := f.key("ada", "k", "drop 7")
	require.Nil(f, f.claimKey(k))
	require.Equal(f, &store.Answered{Fingerprint: "drop 7"}, f.claimKey(f.key("ada", "k", "drop 8")), "it is under way")
	answer := store.Answer{Status: 200, Headers: `{"Content-Type":"application/json"}`, Body: "{\"a\":\"\\u0000ü\"}\n"}
	require.NoError(f, f.store.KeepAnswer(f.Context(), k, answer))
	f.pass(time.Hour)
	require.Equal(f, &store.Answered{Fingerprint: "drop 7", Answer: &answer}, f.claimKey(f.key("ada", "k", "drop 7")))
	require.NoError(f, f.store.KeepAnswer(f.Context(), k, store.Answer{Status: 409, Headers: "{}", Body: "other"}))
	require.NoError(f, f.store.FreeKey(f.Context(), k))
	require.Equal(f, &answer, f.claimKey(f.key("ada", "k", "drop 7")).Answer, "what was answered stays")
}

func keysOfSeveral(f *fixture) {
	require.Nil(f, f.claimKey(f.key("ada", "k", "x")))
	require.Nil(f, f.claimKey(f.key("bob", "k", "x")))
	require.Nil(f, f.claimKey(f.key("ada", "l", "x")))
}

func keysStale(f *fixture) {
	gone := f.key("ada", "k", "x")
	require.Nil(f, f.claimKey(gone))
	f.pass(time.Minute)
	require.NotNil(f, f.claimKey(f.key("ada", "k", "x")))
	f.pass(time.Second)
	again := f.key("ada", "k", "y")
	require.Nil(f, f.claimKey(again))
	require.NoError(f, f.store.KeepAnswer(f.Context(), gone, store.Answer{Status: 200, Headers: "{}", Body: "late"}))
	require.NoError(f, f.store.FreeKey(f.Context(), gone))
	require.Equal(f, &store.Answered{Fingerprint: "y"}, f.claimKey(f.key("ada", "k", "y")), "the one that was gone has no say any more")
}

func keysFreed(f *fixture) {
	k := f.key("ada", "k", "x")
	require.Nil(f, f.claimKey(k))
	require.NoError(f, f.store.FreeKey(f.Context(), k))
	require.Nil(f, f.claimKey(f.key("ada", "k", "y")))
}

func keysExpire(f *fixture) {
	for _, key := range []string{"a", "b", "c"} {
		k := f.key("ada", key, "x")
		require.Nil(f, f.claimKey(k))
		require.NoError(f, f.store.KeepAnswer(f.Context(), k, store.Answer{Status: 200, Headers: "{}", Body: "x"}))
	}
	f.pass(24 * time.Hour)
	require.NotNil(f, f.claimKey(f.key("ada", "a", "x")))
	f.pass(time.Second)
	require.Nil(f, f.claimKey(f.key("ada", "a", "y")), "whatever it was for")
	clean := func(limit int) int {
		removed, err := f.store.CleanKeys(f.Context(), f.now.Add(-24*time.Hour), limit)
		require.NoError(f, err)
		return removed
	}
	require.Equal(f, 1, clean(1))
	require.Equal(f, 1, clean(5))
	require.Zero(f, clean(5))
	require.NotNil(f, f.claimKey(f.key("ada", "a", "y")))
}

func keysConcurrent(f *fixture) {
	var group sync.WaitGroup
	var taken atomic.Int32
	for range 8 {
		group.Go(func() {
			before, err := f.store.ClaimKey(f.Context(), f.key("ada", "k", "x"), f.now.Add(-time.Minute), f.now.Add(-time.Hour))
			if err == nil && before == nil {
				taken.Add(1)
			}
		})
	}
	group.Wait()
	require.EqualValues(f, 1, taken.Load())
}
