package authoring

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
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
// it overtakes; work never runs twice at a time.
func Watch(ctx context.Context, dir string, work func(context.Context)) (err error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch %s: %w", dir, err)
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	for ctx.Err() == nil {
		// Folders may have been added: each round looks for them. This comes before
		// the work, so that no save during it is missed.
		if err := addFolders(w, dir); err != nil {
			return err
		}
		if err := workUntilSave(ctx, w, work); err != nil {
			return err
		}
	}
	return nil
}

// workUntilSave returns when something was saved or ctx has ended, and work too.
func workUntilSave(ctx context.Context, w *fsnotify.Watcher, work func(context.Context)) error {
	limited, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		work(limited)
	}()
	err := waitForSave(ctx, w)
	stop()
	<-done
	return err
}

func waitForSave(ctx context.Context, w *fsnotify.Watcher) error {
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
			if matters(event) {
				settled = time.After(settle)
			}
		}
	}
}

// matters tells saves from what editors do on the side.
func matters(event fsnotify.Event) bool {
	return event.Op != fsnotify.Chmod && !isIgnored(filepath.Base(event.Name))
}

func isIgnored(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.HasPrefix(name, "__pycache__")
}

func addFolders(w *fsnotify.Watcher, dir string) error {
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return fmt.Errorf("find %s: %w", dir, err)
	}
	if err := addTree(w, absolute); err != nil {
		return fmt.Errorf("watch %s: %w", dir, err)
	}
	shared := filepath.Join(filepath.Dir(absolute), sharedFolder)
	if err := addTree(w, shared); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("watch %s: %w", shared, err)
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
