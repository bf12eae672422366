package catalog

import (
	"log/slog"
	"maps"
	"path/filepath"
	"slices"
	"sync"

	"github.com/vedettehq/vedette/internal/monitor"
)

// problems has the findings by folder. It is safe for concurrent use.
type problems struct {
	mu     sync.Mutex
	byName map[string]monitor.Diagnostics
}

func (p *problems) all() map[string]monitor.Diagnostics {
	p.mu.Lock()
	defer p.mu.Unlock()
	return maps.Clone(p.byName)
}

// set tells whether the findings are other ones than before.
func (p *problems) set(name string, diagnostics monitor.Diagnostics) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if slices.Equal(p.byName[name], diagnostics) {
		return false
	}
	if p.byName == nil {
		p.byName = map[string]monitor.Diagnostics{}
	}
	p.byName[name] = diagnostics
	if len(diagnostics) == 0 {
		delete(p.byName, name)
	}
	return true
}

// keep forgets the findings of all other names.
func (p *problems) keep(wanted func(name string) bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	maps.DeleteFunc(p.byName, func(name string, _ monitor.Diagnostics) bool { return !wanted(name) })
}

// report notes the findings in a folder, and logs them when they change: a line
// for each, led by the file's path.
func (f *Folder) report(name string, diagnostics monitor.Diagnostics) {
	if !f.problems.set(name, diagnostics) {
		return
	}
	for _, d := range diagnostics {
		severity := d.Severity
		d.File = Locate(filepath.Join(f.config.Path, name), d.File)
		logger := f.logger.With(slog.String("monitor", name), slog.String("problem", d.String()))
		if severity == monitor.SeverityError {
			logger.Error("monitor not loaded: what was registered before keeps running")
		} else {
			logger.Warn("monitor has a problem")
		}
	}
}
