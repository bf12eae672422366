package sqlite

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store/sqlstore"
)

func TestTurns_ComeInTheOrderOfWaiting(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var turns turns
		first, err := turns.wait(t.Context(), sqlstore.Turn{})
		require.NoError(t, err)
		require.Nil(t, first, "there is nothing to join")
		var order []int
		for i := range 3 {
			go func() {
				if _, err := turns.wait(t.Context(), sqlstore.Turn{}); err != nil {
					t.Error(err)
				}
				order = append(order, i)
				turns.release()
			}()
			synctest.Wait()
		}
		turns.release()
		synctest.Wait()
		require.Equal(t, []int{0, 1, 2}, order)
	})
}

func TestTurns_GiveUpWhenPatienceOrContextEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var turns turns
		_, err := turns.wait(t.Context(), sqlstore.Turn{})
		require.NoError(t, err)
		began := time.Now()
		_, err = turns.wait(t.Context(), sqlstore.Turn{Patience: 5 * time.Second})
		require.Equal(t, monitor.CodeUnavailable, monitor.CodeOf(err))
		require.Equal(t, 5*time.Second, time.Since(began))

		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		_, err = turns.wait(ctx, sqlstore.Turn{})
		require.ErrorIs(t, err, context.Canceled)
		_, err = turns.wait(ctx, sqlstore.Turn{})
		require.ErrorIs(t, err, context.Canceled, "nor does it begin to wait")

		turns.release()
		_, err = turns.wait(t.Context(), sqlstore.Turn{})
		require.NoError(t, err, "those who gave up are not waited for")
	})
}

func TestTurns_PassAGroupOnlyToWhomMayJoin(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var turns turns
		_, err := turns.wait(t.Context(), sqlstore.Turn{})
		require.NoError(t, err)
		open := &group{began: time.Now(), done: make(chan struct{})}
		require.False(t, turns.pass(open), "nobody waits")

		granted := make(chan *group, 2)
		wait := func(turn sqlstore.Turn) {
			joined, err := turns.wait(t.Context(), turn)
			if err != nil {
				t.Error(err)
			}
			granted <- joined
		}
		go wait(sqlstore.Turn{Alone: true})
		synctest.Wait()
		require.False(t, turns.pass(open), "who waits wants to be alone")
		turns.release()
		require.Nil(t, <-granted)

		go wait(sqlstore.Turn{})
		synctest.Wait()
		open.members = groupMembers
		require.False(t, turns.pass(open), "it is full")
		open.members = 1
		require.True(t, turns.pass(open))
		require.Same(t, open, <-granted)
	})
}
