package rollout

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Shared is a file of shared/ that is not what the monitors have stored which load
// it: each monitor has a copy of its own.
type Shared struct {
	// File is its name, as code loads it.
	File string
	// Monitors are those given that get the new one.
	Monitors []string
	// Others load it too and were not given: they keep what they have.
	Others []string
}

// sharing collects which monitors a change of shared files touches.
type sharing struct {
	reader Reader
	given  []string
	// touched has the monitors by file.
	touched map[string][]string
	// beside are the folders beside those with touched files.
	beside map[string]bool
}

func newSharing(reader Reader, given []string) *sharing {
	return &sharing{reader: reader, given: given, touched: map[string][]string{}, beside: map[string]bool{}}
}

// note looks at a monitor that differs. One that is new changes no shared file.
func (s *sharing) note(differs *step) {
	if differs.match == "" {
		return
	}
	for _, file := range differs.item.Files {
		if strings.HasPrefix(file, monitor.SharedPrefix) {
			s.touched[file] = append(s.touched[file], differs.item.Monitor)
			s.beside[filepath.Dir(filepath.Clean(differs.folder.Dir))] = true
		}
	}
}

func (s *sharing) list() []Shared {
	var list []Shared
	for _, file := range slices.Sorted(maps.Keys(s.touched)) {
		list = append(list, Shared{File: file, Monitors: s.touched[file]})
	}
	for dir := range s.beside {
		found, _, err := findIn(dir)
		if err != nil {
			// What was read a moment ago has gone: there is nobody left to tell of.
			continue
		}
		for _, other := range found {
			if slices.ContainsFunc(s.given, func(given string) bool { return samePath(given, other) }) {
				continue
			}
			folder := s.reader.Folder(other)
			for i := range list {
				if _, loads := folder.Files[list[i].File]; loads {
					list[i].Others = append(list[i].Others, folder.Name)
				}
			}
		}
	}
	return list
}

func samePath(a, b string) bool {
	x, errX := filepath.Abs(a)
	y, errY := filepath.Abs(b)
	return errX == nil && errY == nil && x == y
}
