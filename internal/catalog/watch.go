package catalog

import (
	"context"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// maxSettle is for how long changes that follow each other can put off a look.
const maxSettle = 2 * time.Second

// watcher waits for changes below a folder. Without help of the operating system
// it waits for the next look only.
type watcher struct {
	logger  *slog.Logger
	notify  *fsnotify.Watcher // nil if there is none
	watched map[string]bool
}

func newWatcher(logger *slog.Logger) *watcher {
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		logger.Warn("changes of monitors are only seen at the next look", slog.Any("error", err))
	}
	return &watcher{logger: logger, notify: notify, watched: map[string]bool{}}
}

// add watches the folders below path as well, and tells whether any of them was
// not watched before. Folders that are gone are forgotten.
func (w *watcher) add(path string, folders []string) (more bool) {
	if w.notify == nil {
		return false
	}
	now := make(map[string]bool, len(folders))
	for _, folder := range folders {
		where := filepath.Join(path, folder)
		if w.watched[where] {
			now[where] = true
			continue
		}
		if err := w.notify.Add(where); err != nil {
			w.logger.Warn("changes of a folder are only seen at the next look", slog.String("folder", where), slog.Any("error", err))
			// Not tried again, and not complained about, at each look.
			now[where] = true
			continue
		}
		now[where], more = true, true
	}
	w.watched = now
	return more
}

// wait returns when something has changed and then settled, when rescan has
// passed, or when ctx ends.
func (w *watcher) wait(ctx context.Context, settle, rescan time.Duration) {
	var events chan fsnotify.Event
	var errs chan error
	if w.notify != nil {
		events, errs = w.notify.Events, w.notify.Errors
	}
	look := time.NewTimer(rescan)
	defer look.Stop()
	var latest time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
			return
		case err := <-errs:
			// Events were lost: there is no knowing what changed.
			w.logger.Warn("changes may have been missed: looking at everything", slog.Any("error", err))
			return
		case event := <-events:
			if event.Op == fsnotify.Chmod {
				continue
			}
			if latest.IsZero() {
				latest = time.Now().Add(maxSettle)
			}
			look.Reset(min(settle, time.Until(latest)))
		}
	}
}

func (w *watcher) close() {
	if w.notify == nil {
		return
	}
	if err := w.notify.Close(); err != nil {
		w.logger.Warn("close the watcher of monitors", slog.Any("error", err))
	}
}
