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

// expand replaces each ${NAME} in a text by the variable's value, and tells
// whether there was one. $${ stands for ${ itself.
func (e environment) expand(text string) (expanded string, found bool, err error) {
	var problems []string
	expanded = reference.ReplaceAllStringFunc(text, func(match string) string {
		if strings.HasPrefix(match, "$$") {
			return match[1:]
		}
		found = true
		value, problem := e.resolve(match)
		if problem != nil {
			problems = append(problems, problem.Error())
		}
		return value
	})
	if len(problems) > 0 {
		return "", true, errors.New(strings.Join(problems, "; "))
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
		return "", fmt.Errorf("%s is not set in the environment", name)
	}
	return value, nil
}
