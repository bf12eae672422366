package catalog

import (
	"context"
	"log/slog"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/store"
)

// register makes what arrived the monitor's current version, unless it is or was
// one already. That the store refuses it is a finding; the error is that the
// store is away.
func (f *Folder) register(ctx context.Context, a arrival, program *script.Program, current store.Current) (monitor.Diagnostics, error) {
	hash := program.Files().Hash()
	if current.Hash == hash && current.Source == a.source {
		f.brought[a.name] = hash
		return nil, nil
	}
	older, err := f.isOlder(ctx, a.name, hash, current)
	switch {
	case err != nil:
		return refused(ctx, err)
	case older:
		f.older[a.name] = hash
		return finding(monitor.SeverityWarning, "this is an earlier version of the monitor, which is not brought back by itself: restore that version, or change a file"), nil
	}
	version, isNew, err := f.catalog.register(ctx, program, store.Registration{
		Name: a.name, Source: a.source, Author: string(a.source),
	})
	if err != nil {
		return refused(ctx, err)
	}
	f.brought[a.name] = hash
	if isNew {
		f.logger.InfoContext(ctx, "monitor registered", slog.String("monitor", a.name),
			slog.Int("version", version.Number), slog.String("source", string(a.source)))
	}
	return nil, nil
}

// isOlder tells whether content is an earlier version that must not come back by
// itself: the same folder may stand in an older image that starts beside a newer
// one, and must not undo what came after it (R78). An author who takes an edit
// back is another matter: then what is current is what this very folder brought,
// and its content has changed since.
func (f *Folder) isOlder(ctx context.Context, name, hash string, current store.Current) (bool, error) {
	if current.Hash == hash || current.Hash != "" && current.Hash == f.brought[name] {
		return false, nil
	}
	return f.catalog.store.HasHash(ctx, name, hash)
}

// restored has content looked at again that was an earlier version, and that
// somebody has made current since. It tells whether there is any.
func (f *Folder) restored(current map[string]store.Current) bool {
	found := false
	for name, hash := range f.older {
		if current[name].Hash == hash {
			delete(f.seen, name)
			found = true
		}
	}
	return found
}

// refused tells refusals, which stay what they are until the content changes,
// from a store that is away.
func refused(ctx context.Context, err error) (monitor.Diagnostics, error) {
	if monitor.CodeOf(err) == monitor.CodeUnavailable || ctx.Err() != nil {
		return nil, err
	}
	return finding(monitor.SeverityError, err.Error()), nil
}

func (c *Catalog) current(ctx context.Context) (map[string]store.Current, error) {
	list, err := c.store.Current(ctx)
	if err != nil {
		return nil, err
	}
	byName := make(map[string]store.Current, len(list))
	for _, current := range list {
		byName[current.Monitor] = current
	}
	return byName, nil
}

func finding(severity monitor.Severity, message string) monitor.Diagnostics {
	return monitor.Diagnostics{{File: monitor.CodeFile, Message: message, Severity: severity}}
}
