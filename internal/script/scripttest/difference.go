package scripttest

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/script"
)

const (
	// shownDifferences is how many differences between two values are told.
	shownDifferences = 5
	// longText is from how many bytes on it is told where two texts differ.
	longText = 60
	// excerptBefore and excerptAfter are how many characters are shown around that.
	excerptBefore, excerptAfter = 15, 40
)

// comparison finds out where inside of two unequal values they differ.
type comparison struct {
	scope *script.Scope
	// found says of the first differences where and what they are; count is of all.
	found []string
	count int
	err   error
}

// compare tells of unequal values, which both are at a path, in what they differ.
// Interpreted code cannot compare what is nested deeper than a few levels.
func (c *comparison) compare(path string, actual, expected starlark.Value) {
	switch actual := actual.(type) {
	case *starlark.Dict:
		if expected, ok := expected.(*starlark.Dict); ok {
			c.dicts(path, actual, expected)
			return
		}
	case starlark.String:
		if expected, ok := expected.(starlark.String); ok && max(len(actual), len(expected)) > longText {
			c.texts(path, string(actual), string(expected))
			return
		}
	case starlark.Indexable:
		if expected, ok := expected.(starlark.Indexable); ok && actual.Type() == expected.Type() {
			c.lists(path, actual, expected)
			return
		}
	}
	c.add(path, ": %s is not %s", actual, expected)
}

func (c *comparison) dicts(path string, actual, expected *starlark.Dict) {
	for key, y := range expected.Entries() {
		step := fmt.Sprintf("%s[%s]", path, keyText(key))
		switch x, has, err := actual.Get(key); {
		case err != nil: // it is a key, so this cannot be
		case !has:
			c.add(step, ", which is missing")
		case !equal(x, y):
			c.compare(step, x, y)
		}
	}
	for key := range actual.Entries() {
		if _, has, err := expected.Get(key); err == nil && !has {
			c.add(fmt.Sprintf("%s[%s]", path, keyText(key)), ", which is not expected")
		}
	}
}

// keyText shows a key: a tuple may hold others many times over.
func keyText(key starlark.Value) string {
	if text, ok := key.(starlark.String); ok {
		return cut(text.String(), longText)
	}
	return script.Brief(key)
}

func (c *comparison) lists(path string, actual, expected starlark.Indexable) {
	for i := range max(actual.Len(), expected.Len()) {
		step := fmt.Sprintf("%s[%d]", path, i)
		switch {
		case i >= actual.Len():
			c.add(step, ", which is missing")
		case i >= expected.Len():
			c.add(step, ", which is not expected")
		case !equal(actual.Index(i), expected.Index(i)):
			c.compare(step, actual.Index(i), expected.Index(i))
		}
	}
}

// texts shows of long texts where they begin to differ.
func (c *comparison) texts(path, actual, expected string) {
	same := 0
	for same < min(len(actual), len(expected)) && actual[same] == expected[same] {
		same++
	}
	for same > 0 && same < len(actual) && !utf8.RuneStart(actual[same]) {
		same--
	}
	line := 1 + strings.Count(actual[:same], "\n")
	column := 1 + utf8.RuneCountInString(actual[strings.LastIndexByte(actual[:same], '\n')+1:same])
	path = strings.TrimSpace(fmt.Sprintf("%s line %d column %d", path, line, column))
	c.add(path, ": %s is not %s", starlark.String(excerpt(actual, same)), starlark.String(excerpt(expected, same)))
}

// excerpt is what stands around a place in a text.
func excerpt(text string, at int) string {
	before, after := []rune(text[:at]), []rune(text[at:])
	shown := string(before[max(0, len(before)-excerptBefore):]) + string(after[:min(len(after), excerptAfter)])
	if len(before) > excerptBefore {
		shown = "..." + shown
	}
	if len(after) > excerptAfter {
		shown += "..."
	}
	return shown
}

// add notes a difference; the values of format are shown as code writes them.
func (c *comparison) add(path, format string, values ...starlark.Value) {
	c.count++
	if len(c.found) == shownDifferences || c.err != nil {
		return
	}
	var texts []string
	if texts, c.err = shown(c.scope, shownPart, values...); c.err != nil {
		return
	}
	arguments := make([]any, len(texts))
	for i, text := range texts {
		arguments[i] = text
	}
	c.found = append(c.found, path+fmt.Sprintf(format, arguments...))
}

// differences says how two unequal values differ: within the first line of a
// message if in one place, else in lines of their own. It is empty if they differ
// as a whole.
func differences(s *script.Scope, actual, expected starlark.Value) (string, error) {
	c := comparison{scope: s}
	c.compare("", actual, expected)
	switch {
	case c.err != nil:
		return "", c.err
	case c.count == 1 && strings.HasPrefix(c.found[0], ":"):
		return "", nil
	case c.count == 1:
		return " at " + c.found[0], nil
	}
	text := fmt.Sprintf(" in %d places\n  at ", c.count) + strings.Join(c.found, "\n  at ")
	if more := c.count - len(c.found); more > 0 {
		text += fmt.Sprintf("\n  and %d more", more)
	}
	return text, nil
}

func equal(x, y starlark.Value) bool {
	same, err := starlark.Equal(x, y)
	return err == nil && same
}

// cut shortens a text for a message.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "..."
}
