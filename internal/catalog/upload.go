package catalog

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

const (
	// MaxUploadFiles is the most files that may come at a time, with those that are
	// shared: the monitor's own may be half as many.
	MaxUploadFiles = 2 * script.MaxFiles
	// maxNameBytes is what file systems take as the name of a file or folder.
	maxNameBytes = 255
)

// Check compiles files that did not come from a folder, and finds all mistakes.
// What could not be in a folder is one: the version may be written into one later,
// and must be read from there as it is. An unknown receiver is another; in a folder
// it is not, since what a monitor finds is worth knowing even if it tells nobody. The
// program is nil if there are errors.
func (c *Catalog) Check(name string, files monitor.Files) (*script.Program, monitor.Diagnostics) {
	diagnostics := checkNames(name, files)
	program, found := c.compiler.Compile(name, files)
	diagnostics = Combine(diagnostics, found).Strict()
	if diagnostics.HasErrors() {
		return nil, diagnostics
	}
	return program, diagnostics
}

func checkNames(monitorName string, files monitor.Files) monitor.Diagnostics {
	var c content
	if monitorName == sharedFolder {
		c.refuse(monitor.CodeFile, "%q is the folder of what monitors share: give the monitor another name", sharedFolder)
	}
	if len(files) > MaxUploadFiles {
		c.refuse(monitor.CodeFile, "there are %d files: at most %d are read, with those that are shared", len(files), MaxUploadFiles)
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if problem := nameProblem(name); problem != "" {
			c.refuse(printable(name), "%s", problem)
		}
	}
	return c.diagnostics
}

// nameProblem tells why no file of a folder could have the name; empty if one could.
func nameProblem(name string) string {
	if !isPrintable(name) {
		return "the name of a file is text that can be printed"
	}
	if strings.Contains(name, `\`) {
		return "folders in the name of a file are separated by /"
	}
	folders := strings.Split(strings.TrimPrefix(name, monitor.SharedPrefix), "/")
	if len(folders)-1 > maxDepth {
		return fmt.Sprintf("folders are nested more than %d deep", maxDepth)
	}
	for _, folder := range folders {
		switch {
		case folder == "" || folder == "." || folder == "..":
			return "the name of a file is a path inside of the monitor's folder, or of " + monitor.SharedPrefix
		case isIgnored(folder):
			return "a file of this name is left out when a folder is read: give it another name"
		case len(folder) > maxNameBytes:
			return fmt.Sprintf("the name has %d bytes: at most %d are allowed", len(folder), maxNameBytes)
		}
	}
	return ""
}

func isPrintable(name string) bool {
	return utf8.ValidString(name) && !strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) })
}

// printable is a name as it can be shown: quoted if it has something in it that
// cannot, and short.
func printable(name string) string {
	const most = (maxDepth + 2) * maxNameBytes
	if len(name) > most {
		name = strings.ToValidUTF8(name[:most], "") + "..."
	}
	if !isPrintable(name) {
		return strconv.Quote(name)
	}
	return name
}
