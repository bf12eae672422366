package editor

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/vedettehq/vedette/internal/catalog"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/patch"
	"github.com/vedettehq/vedette/internal/script/lib"
)

// workspace is a temporary folder with the folder of one monitor in it, and shared/
// beside that if it has files from there.
type workspace struct {
	// top is the temporary folder, and root where in it the monitor's folder is now.
	top, root string
	moves     int
	name      string
}

// stubFile tells editors what monitors can call. It is not part of the monitor.
const stubFile = "vedette.pyi"

// newWorkspace makes one, readable by nobody else.
func newWorkspace(name string, files monitor.Files) (*workspace, error) {
	if err := monitor.CheckName(name); err != nil {
		return nil, err
	}
	top, err := os.MkdirTemp("", "vedette-edit-")
	if err != nil {
		return nil, fmt.Errorf("make a folder to edit in: %w", err)
	}
	w := &workspace{top: top, root: filepath.Join(top, "0"), name: name}
	if err := w.fill(files); err != nil {
		w.remove()
		return nil, err
	}
	return w, nil
}

func (w *workspace) fill(files monitor.Files) error {
	if err := os.Mkdir(w.root, 0o700); err != nil {
		return fmt.Errorf("make a folder to edit in: %w", err)
	}
	if err := w.write(files); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(w.dir(), stubFile), []byte(lib.Stub()), 0o600); err != nil {
		return fmt.Errorf("write what editors read: %w", err)
	}
	read, _, err := w.read()
	if err != nil {
		return err
	}
	// A name that folders cannot have, or that is passed over in them.
	if changes := patch.Between(w.name, files, read); len(changes) > 0 {
		return fmt.Errorf("%s cannot be edited as a folder: its file %q would be lost", w.name, changes[0].File)
	}
	return nil
}

// dir is the monitor's folder.
func (w *workspace) dir() string { return filepath.Join(w.root, w.name) }

// paths lists the monitor's own files, the code first.
func (w *workspace) paths(files monitor.Files) []string {
	var paths []string
	for _, file := range patch.Names(files) {
		if !strings.HasPrefix(file, monitor.SharedPrefix) {
			paths = append(paths, filepath.Join(w.dir(), filepath.FromSlash(file)))
		}
	}
	return paths
}

// write makes the folder have just these files. It cannot be led out of it.
func (w *workspace) write(files monitor.Files) error {
	root, err := os.OpenRoot(w.root)
	if err != nil {
		return fmt.Errorf("open the folder to edit in: %w", err)
	}
	defer func() { _ = root.Close() }()
	old, _, err := w.read()
	if err == nil {
		for file := range old {
			if _, stays := files[file]; !stays {
				if err := root.Remove(patch.Path(w.name, file)); err != nil {
					return fmt.Errorf("remove %s: %w", file, err)
				}
			}
		}
	}
	for file, text := range files {
		where := patch.Path(w.name, file)
		if err := root.MkdirAll(path.Dir(where), 0o700); err != nil {
			return fmt.Errorf("write %s: %w", file, err)
		}
		if err := root.WriteFile(where, []byte(text), 0o600); err != nil {
			return fmt.Errorf("write %s: %w", file, err)
		}
	}
	return nil
}

// read reads what is there now. Files that cannot be are diagnostics.
func (w *workspace) read() (monitor.Files, []client.Diagnostic, error) {
	_, files, found, err := catalog.ReadMonitor(w.dir())
	if err != nil {
		return nil, nil, err
	}
	var diagnostics []client.Diagnostic
	for _, d := range found {
		diagnostics = append(diagnostics, client.Diagnostic{File: d.File, Line: d.Line, Column: d.Column, Message: d.Message, Severity: string(monitor.SeverityError)})
	}
	return files, diagnostics, nil
}

// move gives the folder another path, as editors go to where one was in a file
// when they know its path: comments on top of it would go unseen.
func (w *workspace) move() error {
	w.moves++
	root := filepath.Join(w.top, strconv.Itoa(w.moves))
	if err := os.Rename(w.root, root); err != nil {
		return fmt.Errorf("move what is edited: %w", err)
	}
	w.root = root
	return nil
}

// remove takes everything away. What cannot be removed is in a temporary folder,
// and the system's to clean up.
func (w *workspace) remove() { _ = os.RemoveAll(w.top) }
