// Package monitortemplate holds the monitor that new ones start from.
//
// It must not know where the files of a new monitor are written.
package monitortemplate

import (
	"embed"
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
)

//go:embed files
var templates embed.FS

// placeholder stands in the files for the new monitor's name.
const placeholder = "{{name}}"

// Files are those of a new monitor of this name: code that is valid and finds
// something in the sample shop, tests that pass, and a README.
func Files(name string) monitor.Files {
	files := monitor.Files{}
	for _, file := range []string{monitor.CodeFile, monitor.TestFile, monitor.ReadmeFile} {
		text, err := templates.ReadFile("files/" + file)
		if err != nil {
			panic("monitortemplate: read what is compiled in: " + err.Error()) // it cannot be
		}
		files[file] = strings.ReplaceAll(string(text), placeholder, name)
	}
	return files
}
