// Package plugin is a registry of named implementations of a port. A plugin is
// chosen by its name in the configuration, and is there if it was compiled in.
//
// It must not know which ports there are.
package plugin

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Set holds the implementations of one port by name. It is filled during
// initialisation and only read afterwards.
type Set[T any] struct {
	kind    string
	entries map[string]T
}

// NewSet makes an empty set; kind is what its members are called in errors.
func NewSet[T any](kind string) *Set[T] {
	return &Set[T]{kind: kind, entries: map[string]T{}}
}

// Register adds an implementation. Two of one name are a mistake in the build,
// so it panics.
func (s *Set[T]) Register(name string, implementation T) {
	if _, ok := s.entries[name]; ok {
		panic(fmt.Sprintf("%s %q is registered twice", s.kind, name))
	}
	s.entries[name] = implementation
}

// Get finds an implementation; the error lists what there is.
func (s *Set[T]) Get(name string) (T, error) {
	found, ok := s.entries[name]
	if !ok {
		return found, fmt.Errorf("no %s %q in this binary: there is %s", s.kind, name, strings.Join(s.Names(), ", "))
	}
	return found, nil
}

// Names lists what there is, sorted.
func (s *Set[T]) Names() []string { return slices.Sorted(maps.Keys(s.entries)) }
