package catalog

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

const (
	// sharedFolder beside the monitors' folders has files that they may load.
	sharedFolder = "shared"
	// maxDepth is how deep folders inside of a monitor's may be nested: enough, and
	// an end for links that lead in a circle.
	maxDepth = 4
)

// content is what a monitor's folder holds.
type content struct {
	// files also has those of shared/, as candidates.
	files       monitor.Files
	diagnostics monitor.Diagnostics
}

// ReadMonitor reads the folder of one monitor, with the shared/ beside it as
// candidates, and tells its name. The error is that the folder cannot be read at
// all; what is wrong with single files are diagnostics.
func ReadMonitor(folder string) (name string, files monitor.Files, diagnostics monitor.Diagnostics, err error) {
	absolute, err := filepath.Abs(folder)
	if err != nil {
		return "", nil, nil, fmt.Errorf("find %s: %w", folder, err)
	}
	r, err := openReader(filepath.Dir(absolute))
	if err != nil {
		return "", nil, nil, err
	}
	defer r.close()
	name = filepath.Base(absolute)
	if info, err := r.root.Stat(name); err != nil {
		return "", nil, nil, fmt.Errorf("read %s: %w", folder, cause(err))
	} else if !info.IsDir() {
		return "", nil, nil, fmt.Errorf("%s is a file: a monitor is a folder", folder)
	}
	shared := r.shared()
	c := r.monitor(name, shared)
	for _, d := range shared.diagnostics {
		d.Severity = monitor.SeverityWarning
		c.diagnostics = append(c.diagnostics, d)
	}
	return name, c.files, c.diagnostics, nil
}

// Locate gives the path of a file, as diagnostics name it, of the monitor in a
// folder: shared files are beside the folder.
func Locate(folder, file string) string {
	if shared, ok := strings.CutPrefix(file, monitor.SharedPrefix); ok {
		return filepath.Join(filepath.Dir(folder), sharedFolder, shared)
	}
	return filepath.Join(folder, file)
}

// Combine puts what was found in reading a folder before what was found in
// compiling it. That a file is missing which could not be read is left out.
func Combine(reading, compiling monitor.Diagnostics) monitor.Diagnostics {
	all := slices.Clone(reading)
	for _, d := range compiling {
		unread := d.Line == 0 && slices.ContainsFunc(reading, func(r monitor.Diagnostic) bool { return r.File == d.File })
		if !unread {
			all = append(all, d)
		}
	}
	return all
}

// reader reads folders of monitors. It cannot be led out of their common root,
// whatever links there are.
type reader struct {
	root *os.Root
	// folders are the ones that were read, relative to the root.
	folders []string
}

func openReader(folder string) (*reader, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("read folder %s: %w", folder, cause(err))
	}
	return &reader{root: root}, nil
}

func (r *reader) close() { _ = r.root.Close() }

// names lists the folders in the root that are monitors, or would be.
func (r *reader) names() ([]string, error) {
	entries, err := r.list(".")
	if err != nil {
		return nil, err
	}
	var names []string
	for _, entry := range entries {
		name := entry.Name()
		if isIgnored(name) || name == sharedFolder {
			continue
		}
		if info, err := r.root.Stat(name); err == nil && !info.IsDir() {
			continue
		}
		names = append(names, name)
	}
	return names, nil
}

// shared reads what monitors may load from beside them. It is no mistake if there
// is no such folder.
func (r *reader) shared() content {
	c := content{files: monitor.Files{}}
	if _, err := r.root.Stat(sharedFolder); errors.Is(err, fs.ErrNotExist) {
		return c
	}
	r.readInto(&c, sharedFolder, monitor.SharedPrefix, 0)
	return c
}

// monitor reads one monitor's folder. A shared file that cannot be read is missing
// for those monitors that load it, and for no other.
func (r *reader) monitor(name string, shared content) content {
	c := content{files: monitor.Files{}}
	for file, text := range shared.files {
		c.files[file] = text
	}
	r.readInto(&c, name, "", 0)
	return c
}

// readInto reads a folder and those in it; prefix leads the names of its files.
func (r *reader) readInto(c *content, folder, prefix string, depth int) {
	entries, err := r.list(folder)
	if err != nil {
		c.refuse(cmp.Or(prefix, monitor.CodeFile), "%v", cause(err))
		return
	}
	for _, entry := range entries {
		if isIgnored(entry.Name()) {
			continue
		}
		where, name := path.Join(folder, entry.Name()), prefix+entry.Name()
		info, err := r.root.Stat(where)
		switch {
		case err != nil:
			c.refuse(name, "%v", cause(err))
		case info.IsDir() && depth == maxDepth:
			c.refuse(name, "folders are nested more than %d deep", maxDepth)
		case info.IsDir():
			r.readInto(c, where, name+"/", depth+1)
		case !info.Mode().IsRegular():
			c.refuse(name, "is not a regular file")
		case info.Size() > script.MaxFileBytes:
			c.refuse(name, "has %d bytes: at most %d are allowed", info.Size(), script.MaxFileBytes)
		case len(c.files) > 2*script.MaxFiles:
			// The compiler says that there are too many; no need to read them all.
			return
		default:
			r.readFile(c, where, name)
		}
	}
}

func (r *reader) readFile(c *content, where, name string) {
	file, err := r.root.Open(where)
	if err != nil {
		c.refuse(name, "%v", cause(err))
		return
	}
	defer func() { _ = file.Close() }()
	// It may have grown since it was measured.
	text, err := io.ReadAll(io.LimitReader(file, script.MaxFileBytes+1))
	if err != nil {
		c.refuse(name, "%v", cause(err))
		return
	}
	c.files[name] = string(text)
}

func (r *reader) list(folder string) ([]fs.DirEntry, error) {
	r.folders = append(r.folders, folder)
	return fs.ReadDir(r.root.FS(), folder)
}

func (c *content) isMonitor() bool {
	_, ok := c.files[monitor.CodeFile]
	return ok
}

func (c *content) refuse(file, format string, args ...any) {
	c.diagnostics = append(c.diagnostics, monitor.Diagnostic{
		File: file, Message: fmt.Sprintf(format, args...), Severity: monitor.SeverityError,
	})
}

// isIgnored tells whether a file is one of or for an editor, of version control,
// or of the way in which a volume is mounted.
func isIgnored(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "__pycache__") ||
		strings.HasSuffix(name, "~") || strings.HasSuffix(name, ".pyi")
}

// cause leaves out what was done to which file: whoever reads the diagnostic sees
// that.
func cause(err error) error {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		return pathError.Err
	}
	return err
}
