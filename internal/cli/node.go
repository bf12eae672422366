package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// nodeKind says what a node is.
type nodeKind int

const (
	scalarNode nodeKind = iota
	stringNode
	listNode
	mappingNode
)

// node is a JSON value that keeps the order of its members and the text of its
// numbers: maps and floats of Go would lose both.
type node struct {
	kind nodeKind
	// text is a string's content, or what a scalar looks like.
	text     string
	keys     []string // of a mapping, beside its children
	children []node
}

func parseNode(text []byte) (node, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	return readNode(decoder)
}

func readNode(decoder *json.Decoder) (node, error) {
	token, err := decoder.Token()
	if err != nil {
		return node{}, err
	}
	switch value := token.(type) {
	case json.Delim:
		return readChildren(decoder, value)
	case string:
		return node{kind: stringNode, text: value}, nil
	case nil:
		return node{text: "null"}, nil
	default:
		return node{text: fmt.Sprint(value)}, nil
	}
}

// readChildren reads what follows an opening bracket, up to the closing one.
func readChildren(decoder *json.Decoder, opening json.Delim) (node, error) {
	n := node{kind: listNode}
	if opening == '{' {
		n.kind = mappingNode
	}
	for decoder.More() {
		if n.kind == mappingNode {
			key, err := decoder.Token()
			if err != nil {
				return node{}, err
			}
			n.keys = append(n.keys, fmt.Sprint(key))
		}
		child, err := readNode(decoder)
		if err != nil {
			return node{}, err
		}
		n.children = append(n.children, child)
	}
	_, err := decoder.Token()
	return n, err
}

// compact is the value on one line, for people: strings without quotes, lists and
// mappings as JSON.
func (n node) compact() string {
	switch n.kind {
	case listNode, mappingNode:
		return n.json()
	default:
		return oneLine(n.text)
	}
}

func (n node) json() string {
	switch n.kind {
	case scalarNode:
		return n.text
	case stringNode:
		return quoted(n.text)
	case listNode:
		items := make([]string, len(n.children))
		for i, child := range n.children {
			items[i] = child.json()
		}
		return "[" + strings.Join(items, ", ") + "]"
	default:
		members := make([]string, len(n.children))
		for i, child := range n.children {
			members[i] = quoted(n.keys[i]) + ": " + child.json()
		}
		return "{" + strings.Join(members, ", ") + "}"
	}
}
