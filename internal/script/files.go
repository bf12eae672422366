package script

import (
	"maps"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/vedettehq/vedette/internal/monitor"
)

const (
	// MaxFileBytes is the most that a file of a monitor may have.
	MaxFileBytes = 1 << 20
	// MaxFiles is the most files that a monitor's folder may have.
	MaxFiles = 200
	// MaxBytes is the most that the files of a monitor may have together, with those
	// that it loads: each version is stored whole, and may travel in one request.
	MaxBytes = 4 << 20
)

func isShared(name string) bool { return strings.HasPrefix(name, monitor.SharedPrefix) }

// folderFiles lists the names of the files of the monitor's own folder.
func folderFiles(files monitor.Files) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(files)), isShared)
}

// checkFiles looks at the files of the monitor's folder as such. Shared files are
// looked at when they are loaded.
func checkFiles(files monitor.Files, found *findings) {
	names := folderFiles(files)
	if len(names) > MaxFiles {
		found.fileErrorf(monitor.CodeFile, "the folder has %d files: at most %d are allowed", len(names), MaxFiles)
	}
	for _, name := range names {
		if path.Clean(name) != name || path.IsAbs(name) || strings.HasPrefix(name, "..") {
			found.fileErrorf(name, "the name of a file is a path inside of the monitor's folder")
		}
		checkText(name, files[name], found)
	}
	if _, ok := files[monitor.CodeFile]; !ok {
		found.fileErrorf(monitor.CodeFile, "there is no such file: a monitor's code is in %s", monitor.CodeFile)
	}
}

// checkSize looks at what a version would hold.
func checkSize(files monitor.Files, found *findings) {
	total := 0
	for _, text := range files {
		total += len(text)
	}
	if total > MaxBytes {
		found.fileErrorf(monitor.CodeFile, "the files have %d bytes together: at most %d are allowed", total, MaxBytes)
	}
}

// checkText tells whether a file can be stored as text.
func checkText(name, text string, found *findings) bool {
	bad := strings.IndexByte(text, 0)
	what := "has the character U+0000 in it"
	if !utf8.ValidString(text) {
		bad = invalidByte(text)
		what = "is not UTF-8 text"
	}
	switch {
	case len(text) > MaxFileBytes:
		found.fileErrorf(name, "the file has %s: at most %s are allowed", bytesText(int64(len(text))), bytesText(MaxFileBytes))
	case bad >= 0:
		line := 1 + strings.Count(text[:bad], "\n")
		column := 1 + bad - (strings.LastIndexByte(text[:bad], '\n') + 1)
		found.add(monitor.Diagnostic{
			File: name, Line: line, Column: column, Message: "the file " + what, Severity: monitor.SeverityError,
		})
	default:
		return true
	}
	return false
}

// invalidByte finds the first byte that is not part of valid UTF-8.
func invalidByte(text string) int {
	for i, r := range text {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(text[i:]); size == 1 {
				return i
			}
		}
	}
	return -1
}
