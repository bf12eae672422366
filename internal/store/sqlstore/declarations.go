package sqlstore

import (
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// declarationsKept bounds what is remembered; beyond it, all is forgotten and
// read again.
const declarationsKept = 10_000

// declarations remembers what versions declare, by the version's id: versions
// never change, and lists of monitors would spend most of their time on decoding
// the same ones again.
type declarations struct {
	mu    sync.RWMutex
	known map[int64]monitor.Declaration
}

func (d *declarations) get(versionID int64) (monitor.Declaration, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	declaration, ok := d.known[versionID]
	return declaration, ok
}

func (d *declarations) put(versionID int64, declaration monitor.Declaration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.known == nil || len(d.known) >= declarationsKept {
		d.known = make(map[int64]monitor.Declaration)
	}
	d.known[versionID] = declaration
}

// declare fills in the declarations of views, and reads those not known yet.
func (s *Store) declare(ctx context.Context, views []store.MonitorView) error {
	missing := make(map[int64][]*store.MonitorView)
	for i := range views {
		view := &views[i]
		var ok bool
		if view.Declaration, ok = s.declarations.get(view.Monitor.VersionID); !ok {
			missing[view.Monitor.VersionID] = append(missing[view.Monitor.VersionID], view)
		}
	}
	for some := range slices.Chunk(slices.Sorted(maps.Keys(missing)), batchRows) {
		ids, err := s.idRows(some)
		if err != nil {
			return err
		}
		if err := s.database.Read(ctx, s.query(func(scan Scan) error {
			var id int64
			var text string
			if err := scan(&id, &text); err != nil {
				return err
			}
			var declaration monitor.Declaration
			if err := decodeDeclaration(text, id, &declaration); err != nil {
				return err
			}
			s.declarations.put(id, declaration)
			for _, view := range missing[id] {
				view.Declaration = declaration
			}
			return nil
		}, `select v.id, v.declaration from monitor_versions v where v.id in (select r.id from {rows $1 r id bigint}) order by v.id`, ids)); err != nil {
			return err
		}
	}
	return nil
}
