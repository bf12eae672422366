package cli

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/jedib0t/go-pretty/v6/table"
)

// records are objects that need not have the same members: a row each, with a
// column for each name, in the order in which the names come up.
type records struct {
	columns []string
	rows    []map[string]node
}

// Records shows objects as a table. On a terminal that is too narrow even for
// columns that are cut, each is shown as lines of names and values.
func (s *Screen) Records(objects []json.RawMessage) error {
	var r records
	for i, object := range objects {
		if err := r.add(object); err != nil {
			return fmt.Errorf("show row %d: %w", i+1, err)
		}
	}
	r.write(s)
	return s.Err()
}

func (r *records) write(s *Screen) {
	layout := newLayout(len(r.columns))
	flexible := slices.Repeat([]bool{true}, len(r.columns))
	cells := r.cells()
	layout.measure(r.titles(), flexible, cells, s.width)
	if s.width > 0 && layout.total() > s.width {
		r.list(s)
		return
	}
	writer := layout.writer(r.numeric())
	writer.AppendHeader(rowOf(r.titles()))
	for i, line := range cells {
		row := make(table.Row, len(line))
		for j, cell := range line {
			row[j] = s.paint(r.colour(i, j), fitted(cell, layout.widths[j]))
		}
		writer.AppendRow(row)
	}
	s.Linef("%s", writer.Render())
}

func (r *records) add(object json.RawMessage) error {
	n, err := parseNode(object)
	if err != nil {
		return err
	}
	row := make(map[string]node, len(n.keys))
	for i, key := range n.keys {
		if !slices.Contains(r.columns, key) {
			r.columns = append(r.columns, key)
		}
		row[key] = n.children[i]
	}
	r.rows = append(r.rows, row)
	return nil
}

func (r *records) titles() []string {
	titles := make([]string, len(r.columns))
	for i, column := range r.columns {
		titles[i] = oneLine(column)
	}
	return titles
}

// cells are the values as they are shown; what an object does not have is empty.
func (r *records) cells() [][]string {
	cells := make([][]string, len(r.rows))
	for i, row := range r.rows {
		cells[i] = make([]string, len(r.columns))
		for j, column := range r.columns {
			if value, ok := row[column]; ok {
				cells[i][j] = value.compact()
			}
		}
	}
	return cells
}

// numeric tells of each column whether it has numbers and nothing else.
func (r *records) numeric() []bool {
	numeric := make([]bool, len(r.columns))
	for j, column := range r.columns {
		found := false
		numeric[j] = !slices.ContainsFunc(r.rows, func(row map[string]node) bool {
			value, ok := row[column]
			if !ok || value.isNull() {
				return false
			}
			found = true
			return !value.isNumber()
		}) && found
	}
	return numeric
}

// colour lets a null be told from the text.
func (r *records) colour(row, column int) colour {
	if value, ok := r.rows[row][r.columns[column]]; ok && value.isNull() {
		return faint
	}
	return noColour
}

// list shows each object as lines.
func (r *records) list(s *Screen) {
	for i, row := range r.rows {
		s.Linef("%s", s.Rule(fmt.Sprintf("row %d", i+1)))
		var lines []property
		for j, column := range r.columns {
			if value, ok := row[column]; ok {
				lines = append(lines, property{name: oneLine(column), value: value.compact(), colour: r.colour(i, j)})
			}
		}
		s.properties(lines...)
	}
}

func (n node) isNull() bool { return n.kind == scalarNode && n.text == "null" }

func (n node) isNumber() bool {
	return n.kind == scalarNode && n.text != "true" && n.text != "false" && !n.isNull()
}

// Text writes a text of any number of lines: on a terminal without what would
// command it.
func (s *Screen) Text(text string) {
	if s.terminal {
		text = plain(text)
	}
	s.Linef("%s", text)
}

// Width is that of the terminal in cells; 0: there is none, and lines may have any
// length.
func (s *Screen) Width() int { return s.width }

// Note writes a line that is not itself what was asked for.
func (s *Screen) Note(format string, args ...any) {
	s.Linef("%s", s.paint(faint, plain(fmt.Sprintf(format, args...))))
}

// Problem writes what went wrong, which may take several lines.
func (s *Screen) Problem(text string) { s.Linef("%s", s.paint(red, plain(text))) }
