package controller_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/controller"
)

func TestSilences_R82_AreSeenToOnceNobodyTakesThemForBeingInForce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture()
		for range 250 {
			f.store.silences = append(f.store.silences, time.Now().Add(500*time.Millisecond))
		}
		f.store.silences = append(f.store.silences, time.Now().Add(time.Hour))
		_, stop := f.start(t, controller.Config{})
		after(1400 * time.Millisecond)
		f.store.with(func() { require.Len(t, f.store.silences, 251) })
		after(700 * time.Millisecond)
		f.store.with(func() { require.Len(t, f.store.silences, 1, "all of them in one tick") })
		require.Contains(t, f.log.String(), "silences=50")
		stop()
	})
}

func TestSilences_GoOnWhenTheStoreIsBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture()
		f.store.silences = []time.Time{time.Now()}
		_, stop := f.start(t, controller.Config{})
		synctest.Wait()
		f.store.with(func() { f.store.away = true })
		after(time.Minute)
		f.store.with(func() {
			require.Len(t, f.store.silences, 1)
			f.store.away = false
		})
		after(1500 * time.Millisecond)
		f.store.with(func() { require.Empty(t, f.store.silences) })
		stop()
	})
}
