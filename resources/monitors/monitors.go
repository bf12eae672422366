// Package monitors holds the monitors that come with vedette.
//
// It must not know how monitors are loaded or run.
package monitors

import (
	"embed"
	"io/fs"
	"path"

	"github.com/vedettehq/vedette/internal/monitor"
)

//go:embed example
var folders embed.FS

// Examples are monitors of the sample shop, by name: one for each thing that a
// monitor can do.
func Examples() map[string]monitor.Files {
	examples := map[string]monitor.Files{}
	err := fs.WalkDir(folders, "example", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := folders.ReadFile(name)
		if err != nil {
			return err
		}
		folder, file := path.Split(name)
		folder = path.Base(folder)
		if examples[folder] == nil {
			examples[folder] = monitor.Files{}
		}
		examples[folder][file] = string(text)
		return nil
	})
	if err != nil {
		panic("monitors: read what is compiled in: " + err.Error()) // it cannot be
	}
	return examples
}
