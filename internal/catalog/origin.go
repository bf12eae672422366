package catalog

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Origin is where the monitor of a name comes from if it does not come from
// people. The zero value says that it does.
type Origin struct {
	Source monitor.Source
	// Path is the folder that has it; empty for an example.
	Path string
}

// Origin tells what brings, or would bring, the monitor of a name, as of now: a
// folder with code in it, working or not, or an example. It looks by itself, since
// in a process that does not hold the folder's lease nobody else does.
func (f *Folder) Origin(name string) Origin {
	if monitor.CheckName(name) != nil {
		return Origin{}
	}
	if f.config.Path != "" && name != sharedFolder {
		path := filepath.Join(f.config.Path, name)
		_, err := os.Stat(filepath.Join(path, monitor.CodeFile))
		if err == nil || errors.Is(err, fs.ErrPermission) {
			return Origin{Source: monitor.SourceFolder, Path: path}
		}
	}
	if _, ok := f.config.Examples[name]; ok {
		return Origin{Source: monitor.SourceExample}
	}
	return Origin{}
}

// Holds tells whether the content that has the hash is what the name's origin has
// in it right now.
func (f *Folder) Holds(name, hash string) bool {
	var files monitor.Files
	switch origin := f.Origin(name); origin.Source {
	case monitor.SourceFolder:
		_, read, diagnostics, err := ReadMonitor(origin.Path)
		if err != nil || diagnostics.HasErrors() {
			return false
		}
		files = read
	case monitor.SourceExample:
		files = f.config.Examples[name]
	default:
		return false
	}
	program, diagnostics := f.catalog.compiler.Compile(name, files)
	return !diagnostics.HasErrors() && program.Files().Hash() == hash
}
