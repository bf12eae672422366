package rollout

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/patch"
)

// Export writes a monitor's files below dir, as folders that can be applied again:
// its own, and shared/ beside that. It overwrites nothing: if a file is there with
// other content it writes none at all. It lists what it wrote.
func Export(dir, name string, files monitor.Files) (written []string, err error) {
	if err := monitor.CheckName(name); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("make the folder: %w", err)
	}
	// Names that come from elsewhere cannot lead out of it.
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the folder: %w", err)
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	missing, err := missingIn(root, name, files)
	if err != nil {
		return nil, err
	}
	for _, file := range missing {
		where := patch.Path(name, file)
		if err := root.MkdirAll(path.Dir(where), 0o755); err != nil {
			return written, fmt.Errorf("write %s: %w", file, err)
		}
		if err := root.WriteFile(where, []byte(files[file]), 0o644); err != nil {
			return written, fmt.Errorf("write %s: %w", file, err)
		}
		written = append(written, filepath.Join(dir, filepath.FromSlash(where)))
	}
	return written, nil
}

// missingIn lists the files that are not there yet.
func missingIn(root *os.Root, name string, files monitor.Files) ([]string, error) {
	var missing []string
	for _, file := range patch.Names(files) {
		where := patch.Path(name, file)
		text, err := root.ReadFile(where)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			missing = append(missing, file)
		case err != nil:
			return nil, fmt.Errorf("write %s: %w", file, err)
		case string(text) != files[file]:
			return nil, monitor.Errorf(monitor.CodeConflict, "%s is there with other content: nothing was written", filepath.Join(root.Name(), filepath.FromSlash(where)))
		}
	}
	return missing, nil
}
