package catalog

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/store"
)

// stored makes a store that has these codes as versions 1, 2, ...
func stored(t *testing.T, codes ...string) *fakeStore {
	t.Helper()
	s := newFakeStore()
	for _, code := range codes {
		_, _, err := s.Register(t.Context(), store.Registration{Name: "orders", Files: monitor.Files{monitor.CodeFile: code}}, time.Now())
		require.NoError(t, err)
	}
	return s
}

func TestGet_CompilesOnceForAllWhoWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, compiler := stored(t, orders), newCompiler()
		c := New(s, compiler, Config{})
		s.mu.Lock() // nobody can read the version yet
		got := make(chan *script.Program)
		for range 10 {
			go func() {
				program, err := c.Get(t.Context(), 1)
				if err != nil {
					program = nil
				}
				got <- program
			}()
		}
		s.mu.Unlock()
		first := <-got
		require.NotNil(t, first)
		for range 9 {
			require.Same(t, first, <-got)
		}
		require.Equal(t, 1, compiler.count)
	})
}

func TestGet_KeepsThoseUsedLast(t *testing.T) {
	t.Parallel()
	s, compiler := stored(t, orders, orders+"#2", orders+"#3"), newCompiler()
	c := New(s, compiler, Config{MaxPrograms: 2})
	for _, id := range []int64{1, 2, 1, 3, 1, 1} {
		_, err := c.Get(t.Context(), id)
		require.NoError(t, err)
	}
	require.Equal(t, 3, compiler.count)
	_, err := c.Get(t.Context(), 2)
	require.NoError(t, err)
	require.Equal(t, 4, compiler.count, "2 had to make room")
}

func TestGet_RemembersForAWhileThatAVersionDoesNotCompile(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		compiler := newCompiler()
		c := New(stored(t, "undefined_name()\nanother_name()"), compiler, Config{KeepErrors: 10 * time.Second})
		for range 3 {
			_, err := c.Get(t.Context(), 1)
			require.Equal(t, monitor.CodeInvalid, monitor.CodeOf(err))
			require.ErrorContains(t, err, "version 1 of orders: monitor.star: ")
			require.ErrorContains(t, err, "more error")
		}
		require.Equal(t, 1, compiler.count)

		<-time.After(10 * time.Second)
		_, err := c.Get(t.Context(), 1)
		require.Error(t, err)
		require.Equal(t, 2, compiler.count)
	})
}

func TestGet_DoesNotRememberThatTheStoreWasAway(t *testing.T) {
	t.Parallel()
	s := stored(t, orders)
	s.err = monitor.Errorf(monitor.CodeUnavailable, "away")
	c := New(s, newCompiler(), Config{})
	_, err := c.Get(t.Context(), 1)
	require.Equal(t, monitor.CodeUnavailable, monitor.CodeOf(err))

	s.err = nil
	_, err = c.Get(t.Context(), 1)
	require.NoError(t, err)
}

func TestGet_WhoeverGoesDoesNotTakeItFromTheOthers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := stored(t, orders)
		c := New(s, newCompiler(), Config{})
		ctx, cancel := context.WithCancel(t.Context())
		s.mu.Lock()
		gone, stays := make(chan error), make(chan error)
		go func() {
			_, err := c.Get(ctx, 1)
			gone <- err
		}()
		cancel()
		require.ErrorIs(t, <-gone, context.Canceled)
		go func() {
			_, err := c.Get(t.Context(), 1)
			stays <- err
		}()
		s.mu.Unlock()
		require.NoError(t, <-stays)
	})
}

func TestRegister_R76_StoresWhatTheCodeDeclares(t *testing.T) {
	t.Parallel()
	s, compiler := newFakeStore(), newCompiler()
	zone := time.FixedZone("here", 3600)
	c := New(s, compiler, Config{Zone: zone})
	registered, err := c.Register(t.Context(), store.Registration{
		Name: "orders",
		Files: monitor.Files{
			monitor.CodeFile:       `load("//shared/money.star", "cents")` + orders,
			"//shared/money.star":  "def cents(x):\n    return x * 100\n",
			"//shared/unused.star": "",
			monitor.ReadmeFile:     "Orders.",
		},
		Author: "ada",
	})
	require.NoError(t, err)
	require.True(t, registered.New)
	v := registered.Version
	require.Equal(t, []monitor.EventName{monitor.IssueCreated}, v.Declaration.Reactions)
	require.Equal(t, "id", v.Declaration.Options.ModelIDKey)
	require.Equal(t, "ada", v.Author)
	require.Contains(t, v.Files, "//shared/money.star")
	require.Contains(t, v.Files, monitor.ReadmeFile)
	require.NotContains(t, v.Files, "//shared/unused.star")

	_, err = c.Get(t.Context(), v.ID)
	require.NoError(t, err)
	require.Equal(t, 1, compiler.count, "what was compiled to be registered is at hand")
}

func TestRegister_RefusesWhatDoesNotCompile(t *testing.T) {
	t.Parallel()
	s := newFakeStore()
	registered, err := New(s, newCompiler(), Config{}).Register(t.Context(), store.Registration{
		Name: "orders", Files: monitor.Files{monitor.CodeFile: "monitor()"},
	})
	require.Equal(t, monitor.CodeInvalid, monitor.CodeOf(err))
	require.True(t, registered.Diagnostics.HasErrors())
	require.Empty(t, s.versions)
}
