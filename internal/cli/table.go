package cli

import (
	"iter"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// Column is one property of the things in a table.
type Column[T any] struct {
	Title string
	// Cell is the property as one line, safe to print.
	Cell func(*Screen, *T) string
	// colour of the cell; nil: none.
	colour func(*T) colour
	// right aligns at the right, for numbers.
	right bool
	// flexible columns are cut where a terminal is too narrow.
	flexible bool
}

// Table shows things one a line.
type Table[T any] []Column[T]

// block is how many rows are laid out at a time: the columns of very long lists
// may grow further down, but what there is shows without waiting for the rest.
const block = 1000

// write shows a list. The header is there even if there is nothing below it, so that
// nothing found differs from nothing said; but not if already asking failed.
func (t Table[T]) write(s *Screen, items iter.Seq2[T, error]) error {
	layout := newLayout(len(t))
	var rows []T
	for item, err := range items {
		if err != nil {
			if len(rows) > 0 {
				t.flush(s, &layout, rows)
			}
			return err
		}
		if rows = append(rows, item); len(rows) == block {
			t.flush(s, &layout, rows)
			rows = rows[:0]
		}
		if s.Err() != nil {
			return s.Err()
		}
	}
	if len(rows) > 0 || !layout.begun {
		t.flush(s, &layout, rows)
	}
	return s.Err()
}

// flush lays out rows below those that were shown before.
func (t Table[T]) flush(s *Screen, l *layout, rows []T) {
	cells := make([][]string, len(rows))
	for i := range rows {
		cells[i] = make([]string, len(t))
		for j, column := range t {
			cells[i][j] = column.Cell(s, &rows[i])
		}
	}
	l.measure(t.titles(), t.flexible(), cells, s.width)
	writer := l.writer(t.rightAligned())
	if !l.begun {
		writer.AppendHeader(rowOf(t.titles()))
		l.begun = true
	}
	for i := range rows {
		row := make(table.Row, len(t))
		for j, column := range t {
			cell := fitted(cells[i][j], l.widths[j])
			if column.colour != nil {
				cell = s.paint(column.colour(&rows[i]), cell)
			}
			row[j] = cell
		}
		writer.AppendRow(row)
	}
	if shown := writer.Render(); shown != "" {
		s.Linef("%s", shown)
	}
}

func (t Table[T]) titles() []string {
	return each(t, func(c Column[T]) string { return c.Title })
}

func (t Table[T]) flexible() []bool {
	return each(t, func(c Column[T]) bool { return c.flexible })
}

func (t Table[T]) rightAligned() []bool {
	return each(t, func(c Column[T]) bool { return c.right })
}

func each[T, V any](t Table[T], property func(Column[T]) V) []V {
	values := make([]V, len(t))
	for i, column := range t {
		values[i] = property(column)
	}
	return values
}

func rowOf(cells []string) table.Row {
	row := make(table.Row, len(cells))
	for i, cell := range cells {
		row[i] = cell
	}
	return row
}

// fitted cuts a cell that is too wide.
func fitted(cell string, most int) string {
	if width(cell) <= most {
		return cell
	}
	return text.Snip(cell, most, "…")
}
