package rollout

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
)

// sharedFolder beside the monitors' folders has files that they may load.
const sharedFolder = "shared"

// Folder is a monitor as it stands in its folder.
type Folder struct {
	Dir  string
	Name string
	// Files are those that its version would have, with what it loads from shared/.
	Files monitor.Files
	// Diagnostics name files by their path. With an error among them there are no
	// Files.
	Diagnostics monitor.Diagnostics
}

// Reader reads the folder of a monitor.
type Reader interface {
	// Folder reads and compiles one folder. What is wrong with it are diagnostics.
	Folder(dir string) Folder
}

// Find lists the folders of monitors: each of dirs is one, or holds some. Folders
// among those that are no monitors are strays: perhaps a file has a wrong name.
func Find(dirs []string) (found, strays []string, err error) {
	for _, dir := range dirs {
		if is, err := isMonitor(dir); err != nil {
			return nil, nil, err
		} else if is {
			found = append(found, dir)
			continue
		}
		inside, others, err := findIn(dir)
		if err != nil {
			return nil, nil, err
		}
		if len(inside) == 0 {
			return nil, nil, fmt.Errorf("%s is no monitor and holds none: a monitor is a folder with a %s", dir, monitor.CodeFile)
		}
		found, strays = append(found, inside...), append(strays, others...)
	}
	return unique(found, strays)
}

func findIn(dir string) (found, others []string, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", dir, cause(err))
	}
	for _, entry := range entries {
		path := filepath.Join(dir, entry.Name())
		// Links to folders are followed, as the server does.
		info, err := os.Stat(path)
		if err != nil || !info.IsDir() || strings.HasPrefix(entry.Name(), ".") || entry.Name() == sharedFolder {
			continue
		}
		is, err := isMonitor(path)
		switch {
		case err != nil:
			return nil, nil, err
		case is:
			found = append(found, path)
		default:
			others = append(others, path)
		}
	}
	return found, others, nil
}

func isMonitor(dir string) (bool, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return false, fmt.Errorf("read %s: %w", dir, cause(err))
	}
	if !info.IsDir() {
		return false, fmt.Errorf("%s is a file: a monitor is a folder", dir)
	}
	_, err = os.Stat(filepath.Join(dir, monitor.CodeFile))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return true, nil
}

// unique leaves out folders that were named twice, and refuses two folders of one
// name.
func unique(found, strays []string) (folders, others []string, err error) {
	byName := map[string]string{}
	for _, dir := range found {
		absolute, err := filepath.Abs(dir)
		if err != nil {
			return nil, nil, fmt.Errorf("find %s: %w", dir, err)
		}
		name := filepath.Base(absolute)
		switch other, known := byName[name]; {
		case !known:
			byName[name] = absolute
			folders = append(folders, dir)
		case other != absolute:
			return nil, nil, fmt.Errorf("%s and %s are the same monitor, %q: name one of them", other, absolute, name)
		}
	}
	slices.Sort(strays)
	return folders, slices.Compact(strays), nil
}

func cause(err error) error {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		return pathError.Err
	}
	return err
}
