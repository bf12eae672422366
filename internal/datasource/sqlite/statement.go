package sqlite

import (
	"database/sql/driver"
	"strconv"
	"strings"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/monitor"
)

// statement is a statement cut at its placeholders: after parts[i] stands the
// argument of index arguments[i].
type statement struct {
	parts     []string
	arguments []int
	tail      string
	// count is how many arguments it takes.
	count int
}

// prepare puts a query's arguments into its statement and gives what the driver
// is to run.
func prepare(q monitor.Query) (text string, values []driver.NamedValue, err error) {
	parsed, err := parse(q.SQL)
	if err != nil {
		return "", nil, err
	}
	if parsed.count != len(q.Args) {
		return "", nil, datasource.Mismatched(parsed.count, len(q.Args))
	}
	return parsed.bind(q.Args)
}

func (s *statement) bind(arguments []any) (string, []driver.NamedValue, error) {
	var text strings.Builder
	var values []driver.NamedValue
	for i, index := range s.arguments {
		placeholder, bound, err := bindArgument(arguments[index])
		if err != nil {
			return "", nil, wrong("argument %d: %w", index+1, err)
		}
		text.WriteString(s.parts[i])
		text.WriteString(placeholder)
		for _, value := range bound {
			values = append(values, driver.NamedValue{Ordinal: len(values) + 1, Value: value})
		}
	}
	text.WriteString(s.tail)
	return text.String(), values, nil
}

// parse finds the placeholders of a statement and makes sure that it is one.
func parse(sql string) (*statement, error) {
	if strings.Contains(sql, "\x00") {
		return nil, wrong("the statement has U+0000 in it")
	}
	var s statement
	start, stop, empty := 0, len(sql), true
	used := map[kind]bool{}
	for token := range tokens(sql) {
		if stop < len(sql) && token.kind != end {
			return nil, wrong("only one statement at a time: there is another one after the semicolon")
		}
		if token.kind == end {
			stop = min(stop, token.from)
			continue
		}
		empty = false
		if token.kind == other {
			continue
		}
		used[token.kind] = true
		if err := s.place(token.kind, sql[token.from:token.to]); err != nil {
			return nil, err
		}
		s.parts = append(s.parts, sql[start:token.from])
		start = token.to
	}
	switch {
	case empty:
		return nil, wrong("the statement is empty")
	case used[anonymous] && used[numbered]:
		return nil, wrong("placeholders with and without a number in one statement: use either ? or ?1")
	}
	s.tail = sql[start:stop]
	return &s, nil
}

// place notes which argument a placeholder stands for.
func (s *statement) place(kind kind, text string) error {
	switch kind {
	case named:
		return wrong("the placeholder %s has a name, but arguments have none: write ? (or ?1, ?2)", text)
	case anonymous:
		s.arguments = append(s.arguments, s.count)
		s.count++
	default:
		number, err := strconv.Atoi(text[1:])
		if err != nil || number < 1 {
			return wrong("the placeholder %s: numbers start at 1", text)
		}
		s.arguments = append(s.arguments, number-1)
		s.count = max(s.count, number)
	}
	return nil
}

// wrong is the failure of a statement that cannot be run as it is.
func wrong(format string, arguments ...any) error {
	return datasource.Failuref(monitor.FailureQuery, format, arguments...)
}
