package patch

import (
	"maps"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Kind says what became of a file.
type Kind string

// The kinds.
const (
	Added   Kind = "added"
	Removed Kind = "removed"
	Changed Kind = "changed"
)

// Change is a file that is not as it was.
type Change struct {
	File string `json:"file"`
	Kind Kind   `json:"change"`
	// Patch is the unified diff, which patch(1) understands when it stands in the
	// folder that holds the monitors' folders.
	Patch string `json:"patch"`
}

// Between lists the files of the named monitor that differ, by name: its code
// first, as everything else depends on that.
func Between(name string, before, after monitor.Files) []Change {
	changes := []Change{}
	for _, file := range Names(before, after) {
		old, had := before[file]
		text, has := after[file]
		change := Change{File: file, Kind: Changed}
		switch {
		case had && has && old == text:
			continue
		case !had:
			change.Kind = Added
		case !has:
			change.Kind = Removed
		}
		change.Patch = unified(name, change, old, text)
		changes = append(changes, change)
	}
	return changes
}

// Names lists the names of all files, each once: the code first, those of shared/
// last.
func Names(several ...monitor.Files) []string {
	all := map[string]bool{}
	for _, files := range several {
		for file := range files {
			all[file] = true
		}
	}
	return slices.SortedFunc(maps.Keys(all), func(a, b string) int {
		if byRank := rank(a) - rank(b); byRank != 0 {
			return byRank
		}
		return strings.Compare(a, b)
	})
}

func rank(file string) int {
	switch {
	case file == monitor.CodeFile:
		return 0
	case strings.HasPrefix(file, monitor.SharedPrefix):
		return 2
	default:
		return 1
	}
}

// unified writes the diff of one file.
func unified(name string, c Change, before, after string) string {
	from, to := "a/"+Path(name, c.File), "b/"+Path(name, c.File)
	switch c.Kind {
	case Added:
		from = "/dev/null"
	case Removed:
		to = "/dev/null"
	case Changed:
	}
	if isBinary(before) || isBinary(after) {
		return "Binary files " + from + " and " + to + " differ\n"
	}
	if text := udiff.Unified(from, to, before, after); text != "" {
		return text
	}
	// An empty file that comes or goes has no lines to show.
	return "--- " + from + "\n+++ " + to + "\n"
}

// Path is where a file of the named monitor is, seen from the folder that holds the
// monitors' folders, with slashes.
func Path(name, file string) string {
	if shared, ok := strings.CutPrefix(file, "//"); ok {
		return shared
	}
	return name + "/" + file
}

// isBinary tells texts from what only looks like one.
func isBinary(text string) bool { return strings.ContainsRune(text, 0) }
