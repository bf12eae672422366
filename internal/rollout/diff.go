package rollout

import (
	"context"
	"fmt"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/patch"
)

// Difference is how two states of a monitor differ.
type Difference struct {
	Monitor string `json:"monitor"`
	// From and To are versions; 0 is one that there is not, or the folder.
	From int `json:"from_version"`
	To   int `json:"to_version"`
	// Dir is the folder that is compared with; empty for two versions.
	Dir     string         `json:"dir"`
	Changes []patch.Change `json:"changes"`
}

// DiffFolders tells how folders differ from the versions of one number, or from
// the current ones if that is 0. A monitor that is not stored differs by all of its
// files. The error is a [*Broken] if the code in any of them has mistakes.
func (r *Rollout) DiffFolders(ctx context.Context, dirs []string, version int) ([]Difference, error) {
	folders, err := r.read(dirs)
	if err != nil {
		return nil, err
	}
	stored, err := r.all(ctx)
	if err != nil {
		return nil, err
	}
	differences := make([]Difference, len(folders))
	for i, f := range folders {
		r.progress("comparing "+f.Name, i, len(folders))
		m := stored[f.Name]
		d := Difference{Monitor: f.Name, Dir: f.Dir, From: version, Changes: []patch.Change{}}
		if version == 0 && m != nil {
			d.From = m.Version
		}
		if m == nil || version != 0 || m.Hash != f.Files.Hash() {
			files, err := r.filesOf(ctx, f.Name, d.From)
			if err != nil {
				return nil, err
			}
			d.Changes = patch.Between(f.Name, files, f.Files)
		}
		differences[i] = d
	}
	return differences, nil
}

// DiffVersions tells how two versions of a stored monitor differ. If to is 0 it is
// the current one; if from is 0 it is the one before.
func (r *Rollout) DiffVersions(ctx context.Context, name string, from, to int) (Difference, error) {
	d := Difference{Monitor: name, From: from, To: to}
	if to == 0 {
		m, err := r.server.Monitor(ctx, name)
		if err != nil {
			return d, err
		}
		d.To = m.Version
	}
	if from == 0 {
		d.From = d.To - 1
	}
	before, err := r.filesOf(ctx, name, d.From)
	if err != nil {
		return d, err
	}
	after, err := r.filesOf(ctx, name, d.To)
	if err != nil {
		return d, err
	}
	d.Changes = patch.Between(name, before, after)
	return d, nil
}

// filesOf reads the files of a version; there are none in version 0.
func (r *Rollout) filesOf(ctx context.Context, name string, number int) (monitor.Files, error) {
	if number == 0 {
		return monitor.Files{}, nil
	}
	version, err := r.server.Version(ctx, name, number)
	if err != nil {
		return nil, fmt.Errorf("read version %d of %s: %w", number, name, err)
	}
	return version.Files, nil
}
