package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"github.com/goccy/go-yaml/ast"

	"github.com/vedettehq/vedette/internal/monitor"
)

// json gives the JSON of a value of any form, with variables replaced in texts.
// Keys keep their order.
func (d *decoder) json(node ast.Node) (monitor.Data, error) {
	var out bytes.Buffer
	if err := d.appendJSON(&out, node); err != nil {
		return "", err
	}
	return monitor.Data(out.String()), nil
}

func (d *decoder) appendJSON(out *bytes.Buffer, node ast.Node) error {
	switch node := node.(type) {
	case *ast.NullNode:
		out.WriteString("null")
		return nil
	case ast.MapNode:
		return d.appendObject(out, node)
	case *ast.SequenceNode:
		return d.appendList(out, node)
	case *ast.IntegerNode:
		return encode(out, node.Value)
	case *ast.BoolNode:
		return encode(out, node.Value)
	case *ast.FloatNode:
		if math.IsInf(node.Value, 0) || math.IsNaN(node.Value) {
			return errors.New("is no finite number")
		}
		return encode(out, node.Value)
	case *ast.StringNode, *ast.LiteralNode:
		text, _, err := d.text(node)
		if err != nil {
			return err
		}
		return encode(out, text)
	default:
		return fmt.Errorf("%s is not understood here", describe(node))
	}
}

func (d *decoder) appendObject(out *bytes.Buffer, node ast.MapNode) error {
	separator := byte('{')
	for entries := node.MapRange(); entries.Next(); separator = ',' {
		out.WriteByte(separator)
		if err := encode(out, entries.Key().GetToken().Value); err != nil {
			return err
		}
		out.WriteByte(':')
		if err := d.appendJSON(out, entries.Value()); err != nil {
			return err
		}
	}
	if separator == '{' {
		out.WriteByte('{')
	}
	out.WriteByte('}')
	return nil
}

func (d *decoder) appendList(out *bytes.Buffer, node *ast.SequenceNode) error {
	out.WriteByte('[')
	for i, element := range node.Values {
		if i > 0 {
			out.WriteByte(',')
		}
		if err := d.appendJSON(out, element); err != nil {
			return err
		}
	}
	out.WriteByte(']')
	return nil
}

// encode appends a scalar. HTML is not escaped: the text goes to monitors.
func encode(out *bytes.Buffer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return err
	}
	out.Truncate(out.Len() - len("\n"))
	return nil
}
