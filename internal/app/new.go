package app

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script/scripttest"
	monitortemplate "github.com/vedettehq/vedette/resources/monitor_template"
)

// stubFile tells editors what monitors can call. It is not part of the monitor.
const stubFile = "vedette.pyi"

// NewMonitor makes a folder with a monitor to start from, named like the folder,
// and lists what it wrote. It never overwrites anything.
func NewMonitor(dir string) ([]string, error) {
	name := filepath.Base(filepath.Clean(dir))
	if err := monitor.CheckName(name); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return nil, fmt.Errorf("make the folder: %w", err)
	}
	switch err := os.Mkdir(dir, 0o755); {
	case errors.Is(err, fs.ErrExist):
		return nil, fmt.Errorf("%s is already there: choose another name", dir)
	case err != nil:
		return nil, fmt.Errorf("make the folder: %w", err)
	}
	files := monitortemplate.Files(name)
	files[stubFile] = scripttest.Stub()
	var written []string
	for _, file := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(dir, file)
		if err := os.WriteFile(path, []byte(files[file]), 0o644); err != nil {
			return written, fmt.Errorf("write the monitor: %w", err)
		}
		written = append(written, path)
	}
	return written, nil
}
