package controller_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/controller"
)

func TestTick_R73_ClaimsUntilNothingIsLeft(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture()
		for id := range int64(25) {
			f.store.due = append(f.store.due, id)
		}
		_, stop := f.start(t, controller.Config{Batch: 10})
		synctest.Wait()
		f.store.with(func() { require.Equal(t, 3, f.store.claims, "25 in batches of 10, in one tick") })
		require.Len(t, f.received(t), 25)

		f.store.with(func() { f.store.due = []int64{77} })
		after(1500 * time.Millisecond)
		require.Equal(t, []int64{77}, f.received(t), "claimed by the next tick")
		stop()
	})
}

func TestTick_R73_ALostMessageIsHarmless(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture()
		f.deps.Queue = brokenQueue{f.queue}
		f.store.due = []int64{1}
		_, stop := f.start(t, controller.Config{})
		after(1500 * time.Millisecond)
		f.store.with(func() { require.Equal(t, 2, f.store.claims, "the next tick goes on") })
		require.Contains(t, f.log.String(), "no queue")
		stop()
	})
}

func TestTick_R73_RingsForWhatWasClaimedBesideACronThatCannotBeRead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture()
		f.store.due, f.store.unreadable = []int64{1, 2, 3}, errors.New("no such cron")
		_, stop := f.start(t, controller.Config{Batch: 2})
		after(2500 * time.Millisecond)
		require.ElementsMatch(t, []int64{1, 2, 3}, f.received(t))
		require.Contains(t, f.log.String(), "no such cron")
		stop()
	})
}

func TestTick_GoesOnWhenTheStoreIsBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture()
		f.store.due, f.store.away = []int64{1}, true
		_, stop := f.start(t, controller.Config{Lost: cron(t, "* * * * * *")})
		after(time.Minute)
		require.Equal(t, 1, strings.Count(f.log.String(), errAway.Error()), "logged when it begins and not at every turn")

		f.store.with(func() { f.store.away = false })
		after(1500 * time.Millisecond)
		require.Equal(t, []int64{1}, f.received(t))
		stop()
	})
}

func TestRun_R76_ReschedulesForTheZoneBeforeItClaims(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	synctest.Test(t, func(t *testing.T) {
		f := newFixture()
		f.store.away = true
		_, stop := f.start(t, controller.Config{Zone: zone})
		after(10 * time.Second)
		f.store.with(func() { require.Zero(t, f.store.claims) })

		f.store.with(func() { f.store.away = false })
		after(1500 * time.Millisecond)
		f.store.with(func() {
			require.Equal(t, []string{"Europe/Berlin"}, f.store.zones)
			require.Positive(t, f.store.claims)
		})
		stop()
	})
}

func TestTick_R77_WarnsOnceWhenTheClocksDiffer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture()
		f.store.offset = -90 * time.Second
		_, stop := f.start(t, controller.Config{})
		after(10 * time.Second)
		require.Equal(t, 1, strings.Count(f.log.String(), "offset=-1m30s"))
		stop()
	})
}

func TestTick_R70_IsAtTheWholeSecondAtWhichCronsAreDue(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		after(700 * time.Millisecond)
		f := newFixture()
		_, stop := f.start(t, controller.Config{})
		synctest.Wait()
		f.store.with(func() { f.store.due = []int64{1} })
		after(310 * time.Millisecond)
		require.Equal(t, []int64{1}, f.received(t), "ten milliseconds after the second, not a whole tick after the start")
		stop()
	})
}
