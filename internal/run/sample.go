package run

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/monitor"
)

const (
	maxSampleRows       = 20
	maxSampleColumns    = 50
	maxCellCharacters   = 1000
	maxColumnCharacters = 200
	columnGoesOn        = " …"
	// No row is begun beyond that many bytes, of one result and of all of a run: a
	// monitor may make a thousand queries.
	maxSampleBytes     = 128 << 10
	maxAllSamplesBytes = 2 << 20
)

// Sample is the beginning of what a query returned, without the secrets that the
// code was told until the run ended.
type Sample struct {
	// Columns are the first of ColumnCount.
	Columns     []string
	ColumnCount int
	// Rows have a cell for each of Columns.
	Rows [][]Cell
}

// Cell is a value of a row, or its beginning.
type Cell struct {
	// Value is in stored form; of one that is cut, a text with how it begins.
	Value monitor.Data
	// Cut says whether it is only the beginning, and of what.
	Cut CutKind
	// Characters is how long the whole of a value is that is cut.
	Characters int
}

// CutKind says what it is that was cut.
type CutKind string

// What a value that is cut begins: nothing was cut, a text, or the JSON of
// anything else.
const (
	NotCut  CutKind = ""
	CutText CutKind = "text"
	CutJSON CutKind = "json"
)

// sampleOf takes the beginning of rows, as far as there is room, and tells how much
// it took.
func sampleOf(rows monitor.Rows, room int, clean monitor.Redactor) (*Sample, int) {
	s := &Sample{Columns: []string{}, Rows: [][]Cell{}}
	if len(rows) == 0 {
		return s, 0
	}
	var columns []string
	taken := 0
	for name := range rows[0].Fields() {
		if s.ColumnCount++; len(columns) < maxSampleColumns {
			columns = append(columns, name)
			shown := columnOf(name, clean)
			s.Columns = append(s.Columns, shown)
			taken += len(shown)
		}
	}
	for _, row := range rows[:min(len(rows), maxSampleRows)] {
		if taken >= min(room, maxSampleBytes) {
			break
		}
		cells := make([]Cell, len(columns))
		for i, column := range columns {
			value, _ := row.Field(column)
			cells[i] = cellOf(cmp.Or(value, "null"), clean)
			taken += len(cells[i].Value)
		}
		s.Rows = append(s.Rows, cells)
	}
	return s, taken
}

func columnOf(name string, clean monitor.Redactor) string {
	name = clean.Text(name)
	if beginning, isCut := firstCharacters(name, maxColumnCharacters); isCut {
		return beginning + columnGoesOn
	}
	return strings.Clone(name)
}

// cellOf copies what it keeps: a beginning must not hold on to a whole row.
func cellOf(value monitor.Data, clean monitor.Redactor) Cell {
	value = clean.Data(value)
	text, isText := value.Text()
	kind := CutText
	if !isText {
		text, kind = string(value), CutJSON
	}
	beginning, isCut := firstCharacters(text, maxCellCharacters)
	if !isCut {
		return Cell{Value: monitor.Data(strings.Clone(string(value)))}
	}
	return Cell{Value: asText(beginning), Cut: kind, Characters: utf8.RuneCountInString(text)}
}

func firstCharacters(text string, most int) (beginning string, isCut bool) {
	if len(text) <= most {
		return text, false
	}
	count := 0
	for i := range text {
		if count == most {
			return strings.Clone(text[:i]), true
		}
		count++
	}
	return text, false
}

func asText(text string) monitor.Data { return monitor.Data(datasource.AppendString(nil, text)) }

// redact takes out what has become known as a secret only after the query.
func (s *Sample) redact(clean monitor.Redactor) {
	for i, column := range s.Columns {
		if beginning, isCut := strings.CutSuffix(column, columnGoesOn); isCut {
			s.Columns[i] = clean.Beginning(beginning) + columnGoesOn
		} else {
			s.Columns[i] = clean.Text(column)
		}
	}
	for _, row := range s.Rows {
		for i := range row {
			cell := &row[i]
			if text, isText := cell.Value.Text(); isText && cell.Cut != NotCut {
				cell.Value = asText(clean.Beginning(text))
			} else {
				cell.Value = clean.Data(cell.Value)
			}
		}
	}
}
