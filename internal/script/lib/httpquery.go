package lib

import (
	"net/url"
	"slices"
	"strings"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/script"
)

// headersArgument reads headers: a dict of texts, of which each is used once
// whatever its case.
func headersArgument(s *script.Scope, a *script.Args) map[string]string {
	headers := map[string]string{}
	total := int64(0)
	lower := map[string]bool{}
	for _, item := range dictArgument(a, "headers") {
		name, named := starlark.AsString(item[0])
		value, isText := starlark.AsString(item[1])
		switch {
		case !named || !isText:
			a.Refuse("headers", "must be a dict of strings, but holds %s: %s", script.Describe(item[0]), script.Describe(item[1]))
		case lower[strings.ToLower(name)]:
			a.Refuse("headers", "has %q twice", name)
		default:
			lower[strings.ToLower(name)] = true
			headers[name] = value
			total += int64(len(name) + len(value))
		}
		if err := s.Reserve(total); err != nil {
			a.Note("headers", "%v", err)
			break
		}
	}
	return headers
}

// queryArguments reads params: each value is a string, a number, True or False, or
// a list of such. None leaves a parameter out.
func queryArguments(s *script.Scope, a *script.Args) [][2]string {
	var query [][2]string
	total := int64(0)
	for _, item := range dictArgument(a, "params") {
		name, ok := starlark.AsString(item[0])
		if !ok {
			a.Refuse("params", "must have strings as keys, but has %s", script.Describe(item[0]))
			continue
		}
		for _, value := range valuesOf(item[1]) {
			text, given, ok := parameterText(value)
			if !ok {
				a.Refuse("params", "cannot hold %s (%q): only strings, numbers, True, False, and lists of them", script.Describe(value), name)
			}
			if given {
				query = append(query, [2]string{name, text})
				total += escapedBytes * int64(len(name)+len(text))
			}
			if err := s.Reserve(total); err != nil {
				a.Note("params", "%v", err)
				return nil
			}
		}
	}
	return query
}

// escapedBytes is how many bytes a URL may have for one of a text.
const escapedBytes = 3

// valuesOf are the elements of a list, or a value by itself.
func valuesOf(value starlark.Value) []starlark.Value {
	switch list := value.(type) {
	case *starlark.List:
		return slices.Collect(list.Elements())
	case starlark.Tuple:
		return list
	}
	return []starlark.Value{value}
}

// parameterText is a value as a URL has it; None is not given at all.
func parameterText(value starlark.Value) (text string, given, ok bool) {
	switch value := value.(type) {
	case starlark.NoneType:
		return "", false, true
	case starlark.String:
		return string(value), true, true
	case starlark.Bool:
		return strings.ToLower(value.String()), true, true
	case starlark.Int, starlark.Float:
		return value.String(), true, true
	}
	return "", false, false
}

// withQuery adds parameters to a URL, in their order. What is wrong with the URL
// is for the host to say.
func withQuery(text string, query [][2]string) string {
	if len(query) == 0 {
		return text
	}
	parts := make([]string, len(query))
	for i, parameter := range query {
		parts[i] = url.QueryEscape(parameter[0]) + "=" + url.QueryEscape(parameter[1])
	}
	text, fragment, hasFragment := strings.Cut(text, "#")
	separator := "?"
	switch _, before, has := strings.Cut(text, "?"); {
	case has && before == "":
		separator = ""
	case has:
		separator = "&"
	}
	text += separator + strings.Join(parts, "&")
	if hasFragment {
		text += "#" + fragment
	}
	return text
}

// dictArgument gives the entries of a dict, in order.
func dictArgument(a *script.Args, name string) []starlark.Tuple {
	if !a.Has(name) {
		return nil
	}
	dict, ok := a.Value(name).(*starlark.Dict)
	if !ok {
		a.Refuse(name, "must be a dict, not %s", script.Describe(a.Value(name)))
		return nil
	}
	return dict.Items()
}
