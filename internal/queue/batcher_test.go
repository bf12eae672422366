package queue_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/vedettehq/vedette/internal/queue"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestBatcher_ServesThoseWhoWaitTogether(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var batches [][]int
		first := make(chan struct{})
		b := queue.NewBatcher(3, func(_ context.Context, items []int) []error {
			batches = append(batches, items)
			if len(batches) == 1 {
				<-first
			}
			return make([]error, len(items))
		})
		ended := make(chan error)
		for i := range 6 {
			go func() { ended <- b.Do(t.Context(), i) }()
			synctest.Wait()
		}
		close(first)
		for range 6 {
			require.NoError(t, <-ended)
		}
		b.Wait()
		require.Equal(t, [][]int{{0}, {1, 2, 3}, {4, 5}}, batches)
	})
}

func TestBatcher_TellsEachItsOwnError(t *testing.T) {
	t.Parallel()
	odd := errors.New("odd")
	b := queue.NewBatcher(10, func(_ context.Context, items []int) []error {
		errs := make([]error, len(items))
		for i, item := range items {
			if item%2 == 1 {
				errs[i] = odd
			}
		}
		return errs
	})
	require.NoError(t, b.Do(t.Context(), 2))
	require.ErrorIs(t, b.Do(t.Context(), 3), odd)
}

func TestBatcher_OneWhoLeavesDoesNotEndTheCallOfOthers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		b := queue.NewBatcher(10, func(ctx context.Context, items []int) []error {
			<-release
			errs := make([]error, len(items))
			for i := range errs {
				errs[i] = ctx.Err()
			}
			return errs
		})
		impatient, leave := context.WithCancel(t.Context())
		left, stayed := make(chan error), make(chan error)
		go func() { left <- b.Do(impatient, 1) }()
		synctest.Wait()
		go func() { stayed <- b.Do(t.Context(), 2) }()
		synctest.Wait()
		leave()
		require.ErrorIs(t, <-left, context.Canceled)
		close(release)
		require.NoError(t, <-stayed)
		b.Wait()
	})
}
