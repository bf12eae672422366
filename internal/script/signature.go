package script

import (
	"fmt"
	"slices"
	"strings"

	"go.starlark.net/starlark"
)

// signature is what a builtin's line of Python says: the one source for checking
// calls, for editors and for documentation.
type signature struct {
	name       string
	parameters []parameter
	// positional counts the parameters that may be given by position.
	positional int
	// rest and keywords are the names of *args and **kwargs, if there are any.
	rest, keywords string
}

type parameter struct {
	name     string
	required bool
}

// parseSignature reads "name(a: str, b: int = 1, *args, **kwargs) -> result".
// Signatures are part of the program, so a wrong one is a bug.
func parseSignature(text string) *signature {
	name, rest, ok := strings.Cut(text, "(")
	end := strings.LastIndex(rest, ")")
	if !ok || end < 0 {
		panic("script: malformed signature: " + text)
	}
	s := &signature{name: name}
	keywordOnly := false
	for _, part := range splitTopLevel(rest[:end]) {
		switch {
		case strings.HasPrefix(part, "**"):
			s.keywords = parameterName(part[2:])
		case strings.HasPrefix(part, "*"):
			s.rest = parameterName(part[1:])
			keywordOnly = true
		default:
			s.parameters = append(s.parameters, parameter{parameterName(part), !strings.Contains(part, "=")})
			if !keywordOnly {
				s.positional++
			}
		}
	}
	return s
}

// splitTopLevel cuts a parameter list at the commas outside of brackets.
func splitTopLevel(list string) []string {
	var parts []string
	depth, start := 0, 0
	for i, c := range list {
		switch c {
		case '[', '(':
			depth++
		case ']', ')':
			depth--
		case ',':
			if depth == 0 {
				parts = append(parts, strings.TrimSpace(list[start:i]))
				start = i + 1
			}
		}
	}
	if last := strings.TrimSpace(list[start:]); last != "" {
		parts = append(parts, last)
	}
	return parts
}

func parameterName(part string) string {
	if end := strings.IndexAny(part, ":="); end >= 0 {
		part = part[:end]
	}
	return strings.TrimSpace(part)
}

func (s *signature) index(name string) int {
	return slices.IndexFunc(s.parameters, func(p parameter) bool { return p.name == name })
}

// bind sorts a call's arguments into the parameters.
func (s *signature) bind(args starlark.Tuple, kwargs []starlark.Tuple) (*Args, error) {
	a := &Args{signature: s, values: make([]starlark.Value, len(s.parameters))}
	copied := copy(a.values[:s.positional], args)
	a.Rest = args[copied:]
	fits := len(a.Rest) == 0 || s.rest != ""
	for _, pair := range kwargs {
		name, _ := starlark.AsString(pair[0])
		switch i := s.index(name); {
		case i >= 0 && a.values[i] == nil:
			a.values[i] = pair[1]
		case i < 0 && s.keywords != "":
			a.Keywords = append(a.Keywords, pair)
		default:
			fits = false
		}
	}
	for i, p := range s.parameters {
		fits = fits && (!p.required || a.values[i] != nil)
	}
	if fits {
		return a, nil
	}
	names := make([]string, len(kwargs))
	for i, pair := range kwargs {
		names[i], _ = starlark.AsString(pair[0])
	}
	a.errs = s.mismatches(len(args), names, false)
	return a, a.Err()
}

// mismatch is something wrong with the arguments of a call.
type mismatch struct {
	// argument is the keyword at fault, or empty.
	argument string
	message  string
}

// mismatches finds what is wrong with a call by just its shape. An open call has
// *args or **kwargs whose content is unknown: then nothing is missing.
func (s *signature) mismatches(positional int, keywords []string, open bool) []mismatch {
	var found []mismatch
	if positional > s.positional && s.rest == "" {
		found = append(found, mismatch{"", s.tooMany(positional)})
	}
	given := make([]bool, len(s.parameters))
	for i := range min(positional, s.positional) {
		given[i] = true
	}
	for _, keyword := range keywords {
		i := s.index(keyword)
		switch {
		case i < 0 && s.keywords == "":
			message := fmt.Sprintf("%s() got an unexpected keyword argument %q%s", s.name, keyword, DidYouMean(keyword, s.names()))
			found = append(found, mismatch{keyword, message})
		case i >= 0 && given[i]:
			found = append(found, mismatch{keyword, fmt.Sprintf("%s() got multiple values for argument %q", s.name, keyword)})
		case i >= 0:
			given[i] = true
		}
	}
	for i, p := range s.parameters {
		if p.required && !given[i] && !open {
			found = append(found, mismatch{"", fmt.Sprintf("%s() is missing the argument %q", s.name, p.name)})
		}
	}
	return found
}

func (s *signature) tooMany(given int) string {
	switch s.positional {
	case 0:
		return fmt.Sprintf("%s() takes its arguments by name only (%d given by position)", s.name, given)
	case 1:
		return fmt.Sprintf("%s() takes at most 1 argument by position (%d given)", s.name, given)
	}
	return fmt.Sprintf("%s() takes at most %d arguments by position (%d given)", s.name, s.positional, given)
}

func (s *signature) names() []string {
	names := make([]string, len(s.parameters))
	for i, p := range s.parameters {
		names[i] = p.name
	}
	return names
}
