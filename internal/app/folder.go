package app

import (
	"github.com/vedettehq/vedette/internal/catalog"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/rollout"
)

var _ rollout.Reader = (*Author)(nil)

// Folder reads and compiles a folder, and gives the files that a version of it
// would have.
func (a *Author) Folder(dir string) rollout.Folder {
	name, files, diagnostics, err := catalog.ReadMonitor(dir)
	if err != nil {
		return rollout.Folder{Dir: dir, Diagnostics: monitor.Diagnostics{{File: dir, Message: err.Error(), Severity: monitor.SeverityError}}}
	}
	folder := rollout.Folder{Dir: dir, Name: name}
	program, found := a.compiler.Compile(name, files)
	folder.Diagnostics = catalog.Combine(diagnostics, found)
	for i := range folder.Diagnostics {
		folder.Diagnostics[i].File = catalog.Locate(dir, folder.Diagnostics[i].File)
	}
	if !folder.Diagnostics.HasErrors() {
		folder.Files = program.Files()
	}
	return folder
}
