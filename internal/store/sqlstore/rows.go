package sqlstore

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// A batch is the most that one statement writes. What is larger takes several.
const (
	batchRows  = 20_000
	batchBytes = 16 << 20
	// An issue that comes makes two events, and what these say is not sent: so many
	// belong to a batch of issues.
	batchEvents = 2*batchRows + 1_000
)

// rowWriter writes the JSON arrays that statements take as rows. For each row
// call the methods of its columns, then end; after the last row call flush.
type rowWriter struct {
	dialect *Dialect
	// emit takes a full batch of n rows.
	emit func(batch string, n int) error
	// most is how many rows make a batch full.
	most int
	buf  strings.Builder
	rows int
	open bool
}

func (s *Store) rows(emit func(batch string, n int) error) *rowWriter {
	return &rowWriter{dialect: s.dialect, emit: emit, most: batchRows}
}

func (w *rowWriter) key(name string) {
	switch {
	case w.open:
		w.buf.WriteByte(',')
	case w.rows == 0:
		w.buf.WriteString("[{")
	default:
		w.buf.WriteString(",{")
	}
	w.open = true
	w.buf.WriteByte('"')
	w.buf.WriteString(name)
	w.buf.WriteString(`":`)
}

func (w *rowWriter) int(name string, value int64) {
	w.key(name)
	var digits [20]byte
	w.buf.Write(strconv.AppendInt(digits[:0], value, 10))
}

// id writes a reference, leaving it out, which is NULL, if it is 0.
func (w *rowWriter) id(name string, value int64) {
	if value != 0 {
		w.int(name, value)
	}
}

func (w *rowWriter) bool(name string, value bool) {
	w.key(name)
	w.buf.WriteString(strconv.FormatBool(value))
}

func (w *rowWriter) text(name, value string) {
	w.key(name)
	w.buf.WriteString(quote(value))
}

func (w *rowWriter) json(name string, value monitor.Data) {
	w.key(name)
	w.buf.WriteString(string(value))
}

// time writes a time, leaving it out, which is NULL, if it is zero.
func (w *rowWriter) time(name string, t time.Time) {
	if t.IsZero() {
		return
	}
	w.key(name)
	var digits [40]byte
	w.buf.Write(w.dialect.Time(digits[:0], t))
}

// end closes a row.
func (w *rowWriter) end() error {
	w.buf.WriteByte('}')
	w.open = false
	w.rows++
	if w.rows >= w.most || w.buf.Len() >= batchBytes {
		return w.flush()
	}
	return nil
}

// flush emits what there is.
func (w *rowWriter) flush() error {
	if w.rows == 0 {
		return nil
	}
	w.buf.WriteByte(']')
	batch, n := w.buf.String(), w.rows
	w.buf.Reset()
	w.rows = 0
	return w.emit(batch, n)
}

// opaque hides a condition from the planner. Rows of JSON are to be joined by id
// and nothing else: if the other conditions look selective, a planner may go
// through all that fulfil them and look for each one among the rows, which takes
// the square of their number.
func opaque(condition string) string {
	return "case when " + condition + " then true else false end"
}

// quote writes a text as a JSON string.
func quote(text string) string {
	plain := true
	for i := range len(text) {
		if c := text[i]; c < ' ' || c == '"' || c == '\\' || c >= 0x7f {
			plain = false
			break
		}
	}
	if plain {
		return `"` + text + `"`
	}
	// A string can always be marshalled.
	quoted, _ := json.Marshal(text)
	return string(quoted)
}
