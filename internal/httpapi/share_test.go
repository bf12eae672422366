package httpapi

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"
)

func TestShares_JoinsOnlyReadsThatBeginLater(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newShares()
		stored, reads := "old", 0
		release := make(chan struct{})
		read := func(context.Context) (*ready, error) {
			reads++
			seen := stored
			<-release
			return &ready{text: []byte(seen)}, nil
		}
		results := make([]chan string, 5)
		ask := func(i int) {
			results[i] = make(chan string, 1)
			go func() {
				answer, err := s.get(t.Context(), "list", read)
				if err != nil {
					answer = &ready{text: []byte(err.Error())}
				}
				results[i] <- string(answer.text)
			}()
			synctest.Wait()
		}
		ask(0)
		stored = "new"
		for i := range 4 {
			ask(i + 1)
		}
		close(release)
		require.Equal(t, "old", <-results[0])
		for i := range 4 {
			require.Equal(t, "new", <-results[i+1], "it asked after the change")
		}
		s.wait()
		require.Equal(t, 2, reads, "the four shared one")
		require.Empty(t, s.running)
	})
}

func TestShares_WhoGoesAwayTakesNobodyAlong(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newShares()
		release := make(chan struct{})
		read := func(ctx context.Context) (*ready, error) {
			<-release
			return &ready{text: []byte("there")}, ctx.Err()
		}
		gone := errors.New("gone")
		ctx, leave := context.WithCancelCause(t.Context())
		first := make(chan error, 1)
		go func() {
			_, err := s.get(ctx, "list", read)
			first <- err
		}()
		synctest.Wait()
		second := make(chan error, 1)
		go func() {
			_, err := s.get(t.Context(), "list", read)
			second <- err
		}()
		synctest.Wait()
		leave(gone)
		require.ErrorIs(t, <-first, gone)
		close(release)
		require.NoError(t, <-second)
		s.wait()
	})
}

func TestShares_OthersListsAreNotHeldUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newShares()
		release := make(chan struct{})
		go func() {
			_, _ = s.get(t.Context(), "slow", func(context.Context) (*ready, error) {
				<-release
				return nil, nil
			})
		}()
		synctest.Wait()
		answer, err := s.get(t.Context(), "quick", func(context.Context) (*ready, error) { return &ready{text: []byte("x")}, nil })
		require.NoError(t, err)
		require.Equal(t, "x", string(answer.text))
		close(release)
		s.wait()
	})
}
