package cli

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

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

// FieldsInCode shows an object's members as name=value as in code: who looks at
// what their code found has to see whether 7 is a text.
func FieldsInCode(object json.RawMessage) string {
	members, err := parseNode(object)
	if err != nil || members.kind != mappingNode {
		return oneLine(string(object))
	}
	texts := make([]string, len(members.keys))
	for i, name := range members.keys {
		texts[i] = oneLine(name) + "=" + members.children[i].json()
	}
	return strings.Join(texts, " ")
}
