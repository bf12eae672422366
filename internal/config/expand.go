package config

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

var (
	reference = regexp.MustCompile(`\$?\$\{[^}]*\}?`)
	wellNamed = regexp.MustCompile(`^\$\{[A-Za-z_][A-Za-z0-9_]*\}$`)
)

// errNotSet is a variable that has no value.
var errNotSet = errors.New("is not set in the environment")

// oneLine is several errors, told in one line.
type oneLine []error

func (o oneLine) Error() string {
	texts := make([]string, len(o))
	for i, err := range o {
		texts[i] = err.Error()
	}
	return strings.Join(texts, "; ")
}

func (o oneLine) Unwrap() []error { return o }

// expand replaces each ${NAME} in a text by the variable's value, and tells
// whether there was one. $${ stands for ${ itself.
func (e environment) expand(text string) (expanded string, found bool, err error) {
	var problems oneLine
	expanded = reference.ReplaceAllStringFunc(text, func(match string) string {
		if strings.HasPrefix(match, "$$") {
			return match[1:]
		}
		found = true
		value, problem := e.resolve(match)
		if problem != nil {
			problems = append(problems, problem)
		}
		return value
	})
	if len(problems) > 0 {
		return "", true, problems
	}
	return expanded, found, nil
}

func (e environment) resolve(match string) (string, error) {
	if !wellNamed.MatchString(match) {
		return "", fmt.Errorf("%s cannot be read: write ${NAME}, or $${ for ${ itself", match)
	}
	name := match[2 : len(match)-1]
	value, ok, err := e.lookup(name)
	if err != nil {
		return "", err
	}
	if !ok {
		return "", fmt.Errorf("%s %w", name, errNotSet)
	}
	return value, nil
}
