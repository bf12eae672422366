package authoring

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	// settle is how long to wait after a change for those that belong to it: editors
	// write, rename and set times in turn.
	settle = 150 * time.Millisecond
	// sharedFolder beside the monitor has files that it may load.
	sharedFolder = "shared"
)

// Watch calls work at once and after each save in a monitor's folder, or in the
// shared one beside it, until ctx ends. A save ends the context of the work that
// it overtakes; work never runs twice at a time. A folder that is taken away is
// waited for, but one that was never there is an error.
func Watch(ctx context.Context, dir string, work func(context.Context)) (err error) {
	w, err := newWatcher(dir)
	if err != nil {
		return fmt.Errorf("watch %s: %w", dir, err)
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	for ctx.Err() == nil {
		// Folders may have been added: each round looks for them. This comes before
		// the work, so that no save during it is missed.
		if err := w.addFolders(); err != nil {
			return fmt.Errorf("watch %s: %w", dir, err)
		}
		if err := w.workUntilSave(ctx, work); err != nil {
			return err
		}
	}
	return nil
}

// watcher watches a monitor's folder, and the folder that both that and the shared
// one are in: they may come and go.
type watcher struct {
	*fsnotify.Watcher
	dir, parent, shared string
}

func newWatcher(dir string) (*watcher, error) {
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(absolute); err != nil {
		return nil, err
	}
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	parent := filepath.Dir(absolute)
	return &watcher{Watcher: w, dir: absolute, parent: parent, shared: filepath.Join(parent, sharedFolder)}, nil
}

// workUntilSave returns when something was saved or ctx has ended, and work too.
func (w *watcher) workUntilSave(ctx context.Context, work func(context.Context)) error {
	limited, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		work(limited)
	}()
	err := w.waitForSave(ctx)
	stop()
	<-done
	return err
}

func (w *watcher) waitForSave(ctx context.Context) error {
	var settled <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-settled:
			return nil
		case err := <-w.Errors:
			return fmt.Errorf("watch for changes: %w", err)
		case event := <-w.Events:
			if w.matters(event) {
				settled = time.After(settle)
			}
		}
	}
}

// matters tells saves from what editors do on the side, and from what happens to
// other monitors.
func (w *watcher) matters(event fsnotify.Event) bool {
	switch {
	case event.Op == fsnotify.Chmod || isIgnored(filepath.Base(event.Name)):
		return false
	case filepath.Dir(event.Name) == w.parent:
		return event.Name == w.dir || event.Name == w.shared
	default:
		return event.Name != w.parent
	}
}

func isIgnored(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.HasPrefix(name, "__pycache__")
}

func (w *watcher) addFolders() error {
	if err := w.Add(w.parent); err != nil {
		return err
	}
	for _, folder := range []string{w.dir, w.shared} {
		if err := addTree(w.Watcher, folder); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// addTree watches a folder and those in it.
func addTree(w *fsnotify.Watcher, root string) error {
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil && path != root && errors.Is(err, fs.ErrNotExist):
			return nil // removed while being looked at
		case err != nil:
			return err
		case !entry.IsDir():
			return nil
		case path != root && isIgnored(entry.Name()):
			return fs.SkipDir
		default:
			return w.Add(path)
		}
	})
}
