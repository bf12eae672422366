package rollout

import (
	"context"
	"fmt"

	"github.com/vedettehq/vedette/internal/catalog"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/patch"
)

// Plan is what a rollout would do.
type Plan struct {
	// Warnings are findings that prevent nothing, by path.
	Warnings monitor.Diagnostics
	// Shared are the files of shared/ that differ.
	Shared []Shared
	// ByHand are monitors that pruning leaves alone, as they never came from a folder.
	ByHand []string
	steps  []step
}

// step is what is to be done with one monitor.
type step struct {
	item   Item
	folder Folder
	// match is the ETag of what was compared with; empty for a new monitor.
	match string
}

// Items lists what would become of the monitors: first those with folders, then
// those without.
func (p *Plan) Items() []Item {
	items := make([]Item, len(p.steps))
	for i := range p.steps {
		items[i] = p.steps[i].item
	}
	return items
}

// Deletions counts the monitors that would be deleted.
func (p *Plan) Deletions() int {
	count := 0
	for i := range p.steps {
		if p.steps[i].item.Outcome == Deleted {
			count++
		}
	}
	return count
}

// Plan compares folders with what is stored, and changes nothing. The error is a
// [*Broken] if the code in any of them has mistakes, in the eyes of this program
// or of the server.
func (r *Rollout) Plan(ctx context.Context, dirs []string) (*Plan, error) {
	folders, err := r.read(dirs)
	if err != nil {
		return nil, err
	}
	stored, err := r.all(ctx)
	if err != nil {
		return nil, err
	}
	plan := &Plan{}
	var broken Broken
	shared := newSharing(r.reader, dirs)
	for i := range folders {
		r.progress("comparing "+folders[i].Name, i, len(folders))
		s, err := r.compare(ctx, folders[i], stored[folders[i].Name])
		if err != nil {
			return nil, err
		}
		plan.steps = append(plan.steps, s)
		shared.note(&s)
		found, err := r.validate(ctx, &s)
		if err != nil {
			return nil, err
		}
		broken.Diagnostics = append(broken.Diagnostics, found...)
	}
	if broken.Diagnostics.HasErrors() {
		return nil, &broken
	}
	plan.Warnings, plan.Shared = broken.Diagnostics, shared.list()
	return plan, r.planPrune(ctx, plan, stored)
}

// read reads all folders, and refuses them all if one has mistakes.
func (r *Rollout) read(dirs []string) ([]Folder, error) {
	folders := make([]Folder, len(dirs))
	var broken Broken
	for i, dir := range dirs {
		r.progress("reading "+dir, i, len(dirs))
		folders[i] = r.reader.Folder(dir)
		broken.Diagnostics = append(broken.Diagnostics, folders[i].Diagnostics...)
	}
	if broken.Diagnostics.HasErrors() {
		return nil, &broken
	}
	return folders, nil
}

// compare says what is to be done with a folder; m is nil if no monitor of its
// name is stored.
func (r *Rollout) compare(ctx context.Context, f Folder, m *client.Monitor) (step, error) {
	s := step{folder: f, item: Item{Monitor: f.Name, Dir: f.Dir, Files: []string{}, Diagnostics: []client.Diagnostic{}}}
	if m == nil {
		s.item.Outcome, s.item.Files = Created, patch.Names(f.Files)
		return s, nil
	}
	s.item.Version, s.match = m.Version, m.ETag
	if f.Files.Hash() == m.Hash {
		s.item.Outcome = Unchanged
		return s, nil
	}
	version, err := r.server.Version(ctx, m.Name, m.Version)
	if err != nil {
		return s, fmt.Errorf("read version %d of %s: %w", m.Version, m.Name, err)
	}
	s.item.Outcome = Changed
	for _, change := range patch.Between(f.Name, version.Files, f.Files) {
		s.item.Files = append(s.item.Files, change.File)
	}
	if r.options.Force {
		return s, nil
	}
	origin, err := r.provenanceOf(ctx, m)
	if err != nil {
		return s, err
	}
	if !origin.known {
		s.item.refuse(Conflict, "%s", origin.drifted(m))
	}
	return s, nil
}

// validate asks the server what is to be said of code that differs: it may have
// other settings than this program, and other receivers.
func (r *Rollout) validate(ctx context.Context, s *step) (monitor.Diagnostics, error) {
	if s.item.Outcome == Unchanged {
		return nil, nil
	}
	validity, err := r.server.Validate(ctx, client.Draft{Name: s.folder.Name, Files: s.folder.Files})
	if err != nil {
		return nil, fmt.Errorf("validate %s: %w", s.folder.Name, err)
	}
	found := make(monitor.Diagnostics, len(validity.Diagnostics))
	for i, d := range validity.Diagnostics {
		found[i] = located(s.folder.Dir, d)
	}
	return found.Strict(), nil
}

// located names the file of a server's finding by its path.
func located(dir string, d client.Diagnostic) monitor.Diagnostic {
	return monitor.Diagnostic{
		File: catalog.Locate(dir, d.File), Line: d.Line, Column: d.Column,
		Message: d.Message, Severity: monitor.Severity(d.Severity), Code: monitor.DiagnosticCode(d.Code),
	}
}
