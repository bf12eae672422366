package config

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// texts decodes a list of texts, each of which the key's check accepts. An empty
// list is not nil: it says that there shall be none.
func (d *decoder) texts(node ast.Node, k key, target reflect.Value) {
	list, ok := node.(*ast.SequenceNode)
	if !ok {
		d.problem(node, "%s: expected a list such as [a, b], not %s", k.path, describe(node))
		return
	}
	found := []string{}
	for _, element := range list.Values {
		text, err := d.element(element, k)
		if err == nil && slices.Contains(found, text) {
			err = fmt.Errorf("%q is there twice", text)
		}
		if err != nil {
			d.problemOf(element, k.path, err)
			continue
		}
		found = append(found, text)
	}
	target.Set(reflect.ValueOf(found))
}

func (d *decoder) element(node ast.Node, k key) (string, error) {
	text, _, err := d.text(node)
	if err == nil && k.check != "" {
		err = check(k.check, text)
	}
	return text, err
}

// listText is a list of texts as YAML that is read back as that list.
func listText(texts []string) string {
	words := make([]string, len(texts))
	for i, text := range texts {
		words[i] = quoted(text)
	}
	return "[" + strings.Join(words, ", ") + "]"
}
