package cli

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/vedettehq/vedette/internal/client"
)

const (
	// shownResults is of how many queries the rows are shown, and shownRows how many
	// of each: programs get all that there are.
	shownResults = 5
	shownRows    = 5
	// shownCell is how much of a text stands in a row.
	shownCell = 60
)

// previewResults shows how the results of the first queries begin that gave rows.
func (s *Screen) previewResults(queries []client.PreviewQuery) {
	shown, left := 0, 0
	for i := range queries {
		sample := queries[i].Sample
		if sample == nil || queries[i].Rows == 0 {
			continue
		}
		if shown == shownResults || len(sample.Rows) == 0 {
			left++
			continue
		}
		shown++
		s.Linef("\n%s", s.paint(bold, resultTitle(i, &queries[i])))
		s.result(sample)
		if left := sample.ColumnCount - len(sample.Columns); left > 0 {
			s.Linef("... and %s", counted(left, "more column"))
		}
	}
	if left > 0 {
		s.Linef("\n... and the rows of %s (-o json has what is known of them)", counted(left, "more result"))
	}
}

// resultTitle says which query gave the rows, and of how many they are the first.
func resultTitle(i int, q *client.PreviewQuery) string {
	title := fmt.Sprintf("rows of query %d", i+1)
	if shown := min(len(q.Sample.Rows), shownRows); shown < q.Rows {
		title += fmt.Sprintf(", the first %d of %d", shown, q.Rows)
	}
	return title + ": " + shortened(oneLine(q.SQL))
}

func (s *Screen) result(sample *client.PreviewSample) {
	r := records{}
	for i, column := range sample.Columns {
		// What was cut, or is the same secret, may be two of one name.
		if slices.Contains(r.columns, column) {
			column = fmt.Sprintf("%s (%d)", column, i+1)
		}
		r.columns = append(r.columns, column)
	}
	for _, row := range sample.Rows[:min(len(sample.Rows), shownRows)] {
		cells := make(map[string]node, len(r.columns))
		for i, value := range row.Values[:min(len(row.Values), len(r.columns))] {
			cells[r.columns[i]] = cellOf(value, lengthOf(row.Cut, i))
		}
		r.rows = append(r.rows, cells)
	}
	r.write(s)
}

// cellOf is a value as it stands in a row: the beginning, and how long the whole
// is, of what is long.
func cellOf(value json.RawMessage, whole int) node {
	n, err := parseNode(value)
	if err != nil {
		n = node{kind: stringNode, text: string(value)}
	}
	text := []rune(n.compact())
	if whole = max(whole, len(text)); whole <= shownCell {
		return n
	}
	return node{kind: stringNode, text: fmt.Sprintf("%s... (%d characters)", string(text[:min(len(text), shownCell)]), whole)}
}

// lengthOf is how long the whole of a value is that was cut, or 0.
func lengthOf(cuts []client.PreviewCut, column int) int {
	for _, cut := range cuts {
		if cut.Column == column {
			return cut.Characters
		}
	}
	return 0
}
