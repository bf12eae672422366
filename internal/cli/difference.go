package cli

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Difference lists the fields in which two objects differ: how each was, and is.
func Difference(before, after json.RawMessage) []string {
	was, err1 := parseNode(before)
	is, err2 := parseNode(after)
	if err1 != nil || err2 != nil || was.kind != mappingNode || is.kind != mappingNode {
		return []string{valueOf(before) + " -> " + valueOf(after)}
	}
	var fields []string
	for i, name := range is.keys {
		to := is.children[i]
		at := slices.Index(was.keys, name)
		switch {
		case at < 0:
			fields = append(fields, fmt.Sprintf("%s: %s is new", oneLine(name), to.json()))
		case !monitor.Equal(monitor.Data(was.children[at].json()), monitor.Data(to.json())):
			fields = append(fields, fmt.Sprintf("%s: %s -> %s", oneLine(name), was.children[at].json(), to.json()))
		}
	}
	for i, name := range was.keys {
		if !slices.Contains(is.keys, name) {
			fields = append(fields, fmt.Sprintf("%s: %s is gone", oneLine(name), was.children[i].json()))
		}
	}
	return fields
}

// valueOf is a value on one line, as it would be written in code.
func valueOf(value json.RawMessage) string {
	n, err := parseNode(value)
	if err != nil {
		return oneLine(string(value))
	}
	return n.json()
}
