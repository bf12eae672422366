package script

import (
	"fmt"
	"strings"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
)

const (
	// maxShownBytes bounds the stored form of a value that is shown.
	maxShownBytes = 64 << 20
	// maxShownDepth is how deep values are laid out on lines of their own.
	maxShownDepth = 20
	shownIndent   = "    "
)

// Value is what a statement of a console gave. It is to be looked at before the
// next statement runs; what that allocates counts against the console's limits.
type Value struct {
	scope *Scope
	value starlark.Value
}

// Rows are the first entries, at most most of them if that is not 0, of a list
// of dicts in stored form, and how many there are. ok is false if it is something
// else, or empty, or has something in it that has no stored form.
func (v *Value) Rows(most int) (rows []monitor.Data, total int, ok bool) {
	list, isList := v.value.(*starlark.List)
	if !isList || list.Len() == 0 {
		return nil, 0, false
	}
	for i := range list.Len() {
		if _, isDict := list.Index(i).(*starlark.Dict); !isDict {
			return nil, 0, false
		}
	}
	total = list.Len()
	shown := total
	if most > 0 {
		shown = min(shown, most)
	}
	left := maxShownBytes
	for i := range shown {
		row, _, err := v.scope.Encode(list.Index(i), left)
		if err != nil {
			return nil, 0, false
		}
		left -= len(row)
		rows = append(rows, row)
	}
	return rows, total, true
}

// Data is the stored form. The error is a *monitor.Failure that says what in it
// has none, or that it is too large.
func (v *Value) Data() (monitor.Data, error) {
	data, _, err := v.scope.Encode(v.value, maxShownBytes)
	if err != nil {
		return "", &monitor.Failure{Kind: monitor.FailureCode, Message: fmt.Sprintf("what this gives cannot be shown as JSON: %v", err)}
	}
	return data, nil
}

// Text is the value as code writes it. What is wider than width is laid out on
// several lines; 0: nothing is. Of lists and dicts at most most entries are shown
// there; 0: all.
func (v *Value) Text(width, most int) (string, error) {
	if _, err := shownSize(v.scope, v.value); err != nil {
		return "", v.scope.invocation.program.failureOf(err)
	}
	p := valuePrinter{width: width, most: most}
	p.print(v.value, 0)
	return p.text.String(), nil
}

// valuePrinter lays out a value.
type valuePrinter struct {
	text        strings.Builder
	width, most int
}

func (p *valuePrinter) print(value starlark.Value, depth int) {
	text := value.String()
	if p.width == 0 || len(shownIndent)*depth+len(text) <= p.width || depth > maxShownDepth {
		p.text.WriteString(text)
		return
	}
	switch value := value.(type) {
	case *starlark.List:
		p.entries("[", "]", value.Len(), depth, func(i int) { p.print(value.Index(i), depth+1) })
	case starlark.Tuple:
		p.entries("(", ")", len(value), depth, func(i int) { p.print(value[i], depth+1) })
	case *starlark.Dict:
		items := value.Items()
		p.entries("{", "}", len(items), depth, func(i int) {
			p.text.WriteString(items[i][0].String() + ": ")
			p.print(items[i][1], depth+1)
		})
	default:
		p.text.WriteString(text)
	}
}

func (p *valuePrinter) entries(opening, closing string, n, depth int, entry func(int)) {
	indent := "\n" + strings.Repeat(shownIndent, depth)
	p.text.WriteString(opening)
	for i := range n {
		p.text.WriteString(indent + shownIndent)
		if p.most > 0 && i == p.most {
			fmt.Fprintf(&p.text, "... %d more", n-i)
			break
		}
		entry(i)
		p.text.WriteByte(',')
	}
	p.text.WriteString(indent + closing)
}
