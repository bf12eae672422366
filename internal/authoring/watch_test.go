package authoring

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/fsnotify/fsnotify"
	"github.com/stretchr/testify/require"
)

// watched is a folder that is being watched; each round sends its context.
type watched struct {
	dir    string
	rounds chan context.Context
	stop   func()
	ended  chan error
}

func watch(t *testing.T) *watched {
	t.Helper()
	w := &watched{dir: filepath.Join(t.TempDir(), "orders"), rounds: make(chan context.Context), ended: make(chan error, 1)}
	write(t, filepath.Join(w.dir, "monitor.star"), "1")
	ctx, cancel := context.WithCancel(t.Context())
	w.stop = cancel
	go func() {
		w.ended <- Watch(ctx, w.dir, func(round context.Context) {
			select {
			case w.rounds <- round:
				// As one who is still at it when the next save comes.
				<-round.Done()
			case <-round.Done():
			}
		})
	}()
	t.Cleanup(func() {
		cancel()
		require.NoError(t, <-w.ended)
	})
	return w
}

func TestWatch_EachSaveIsARound(t *testing.T) {
	t.Parallel()
	w := watch(t)
	first := <-w.rounds
	require.NoError(t, first.Err())

	write(t, filepath.Join(w.dir, "monitor.star"), "2")
	second := <-w.rounds
	require.Error(t, first.Err(), "what a save overtakes ends")

	// As editors save: beside, and then in place of the file.
	write(t, filepath.Join(w.dir, ".monitor.star.swp"), "3")
	require.NoError(t, os.Rename(filepath.Join(w.dir, ".monitor.star.swp"), filepath.Join(w.dir, "monitor.star")))
	<-w.rounds
	require.Error(t, second.Err())
}

func TestWatch_SeesFoldersThatCome(t *testing.T) {
	t.Parallel()
	w := watch(t)
	<-w.rounds
	write(t, filepath.Join(w.dir, "sql", "search.sql"), "select 1")
	<-w.rounds
	write(t, filepath.Join(w.dir, "sql", "search.sql"), "select 2")
	<-w.rounds
	require.NoError(t, os.RemoveAll(filepath.Join(w.dir, "sql")))
	<-w.rounds
}

func TestWatch_SeesSharedFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "orders", "monitor.star"), "1")
	write(t, filepath.Join(dir, "shared", "money.star"), "1")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	rounds := 0
	require.NoError(t, Watch(ctx, filepath.Join(dir, "orders"), func(context.Context) {
		if rounds++; rounds == 2 {
			cancel()
			return
		}
		write(t, filepath.Join(dir, "shared", "money.star"), "2")
	}))
	require.Equal(t, 2, rounds)
}

func TestWatch_WaitsForAFolderThatWasTakenAway(t *testing.T) {
	t.Parallel()
	w := watch(t)
	<-w.rounds
	require.NoError(t, os.RemoveAll(w.dir))
	<-w.rounds
	write(t, filepath.Join(w.dir, "monitor.star"), "2")
	<-w.rounds
	write(t, filepath.Join(w.dir, "monitor.star"), "3")
	<-w.rounds

	// As by a checkout of another branch.
	require.NoError(t, os.Rename(w.dir, w.dir+"_other"))
	<-w.rounds
	require.NoError(t, os.Rename(w.dir+"_other", w.dir))
	<-w.rounds
	write(t, filepath.Join(w.dir, "monitor.star"), "4")
	<-w.rounds

	// A shared folder that comes later is seen as well.
	write(t, filepath.Join(filepath.Dir(w.dir), "shared", "money.star"), "1")
	<-w.rounds
	write(t, filepath.Join(filepath.Dir(w.dir), "shared", "money.star"), "2")
	<-w.rounds
}

func TestWatch_OtherMonitorsDoNotMatter(t *testing.T) {
	t.Parallel()
	w := &watcher{dir: "/m/orders", parent: "/m", shared: "/m/shared"}
	for name, matters := range map[string]bool{
		"/m/orders": true, "/m/shared": true, "/m/orders/monitor.star": true, "/m/shared/sql/a.sql": true,
		"/m/letters": false, "/m": false, "/m/orders/.monitor.star.swp": false,
	} {
		require.Equal(t, matters, w.matters(fsnotify.Event{Name: name, Op: fsnotify.Write}), name)
	}
}

func TestWatch_NoSuchFolder(t *testing.T) {
	t.Parallel()
	err := Watch(t.Context(), filepath.Join(t.TempDir(), "none"), func(context.Context) {})
	require.ErrorIs(t, err, os.ErrNotExist)
	require.ErrorContains(t, err, "none")
}

func TestMatters(t *testing.T) {
	t.Parallel()
	for name, ignored := range map[string]bool{
		"monitor.star": false, "search.sql": false, ".monitor.star.swp": true, "monitor.star~": true, "__pycache__": true,
	} {
		require.Equal(t, ignored, isIgnored(name), name)
	}
}
