package sqlstore

import (
	"fmt"
	"strings"
	"sync"
	"time"
)

// Dialect fills in what statements leave open. In their text these stand for:
//
//	{rows $1 r id bigint, data json}  the JSON array of objects $1 as table r, with
//	                                  these columns and their position, ord
//	{lock}, {lock m}                  lock the rows (of m) that the query returns
//	{skip}, {skip m}                  the same, passing over rows that are locked
//	{json}, {time}                    the types of those columns
//	{least}                           the function for the smallest of its arguments
//	{quote x}                         the text x as a JSON string
//	{iso x}                           the time x in RFC 3339, UTC, with milliseconds
//	{steps x since y of z}            how many times z microseconds fit between the
//	                                  times y and x
//	{announce}                        a value whose computing makes the ids that
//	                                  events get from here on known as pending (R85)
//	{settled}                         the largest id of events such that no smaller
//	                                  one is pending (R85)
//	{version}                         a text that is never again what it was before
//	                                  something was written; for who watches
type Dialect struct {
	// Words are the tokens that need no argument.
	Words map[string]string
	// Rows makes the table from a parameter, the alias and the columns.
	Rows func(parameter, alias string, columns []Column) string
	// Quote and ISO make an expression from one.
	Quote, ISO func(expression string) string
	// Steps makes an expression from three.
	Steps func(until, since, step string) string
	// Lock and Skip make the clause that locks rows; of is an alias or empty.
	Lock, Skip func(of string) string
	// Time writes a time as a value in a JSON row.
	Time func(buffer []byte, t time.Time) []byte

	// expanded holds texts already filled in: there are few, as they are constants
	// or made from a handful of conditions.
	expanded sync.Map
}

// Column is a column of JSON rows.
type Column struct{ Name, Type string }

// expand fills in a statement.
func (d *Dialect) expand(sql string) string {
	if known, ok := d.expanded.Load(sql); ok {
		return known.(string)
	}
	var b strings.Builder
	rest := sql
	for {
		start := openBrace(rest)
		if start < 0 {
			break
		}
		length := strings.IndexByte(rest[start:], '}')
		b.WriteString(rest[:start])
		b.WriteString(d.token(rest[start+1 : start+length]))
		rest = rest[start+length+1:]
	}
	b.WriteString(rest)
	d.expanded.Store(sql, b.String())
	return b.String()
}

// openBrace finds the next token. Braces of JSON in the text are followed by
// something other than a letter.
func openBrace(sql string) int {
	for i := 0; i+1 < len(sql); i++ {
		if sql[i] == '{' && sql[i+1] >= 'a' && sql[i+1] <= 'z' {
			return i
		}
	}
	return -1
}

func (d *Dialect) token(token string) string {
	word, argument, _ := strings.Cut(token, " ")
	switch word {
	case "rows":
		parameter, rest, _ := strings.Cut(argument, " ")
		alias, columns, _ := strings.Cut(rest, " ")
		return d.Rows(parameter, alias, parseColumns(columns))
	case "quote":
		return d.Quote(argument)
	case "iso":
		return d.ISO(argument)
	case "steps":
		until, rest, _ := strings.Cut(argument, " since ")
		since, step, _ := strings.Cut(rest, " of ")
		return d.Steps(until, since, step)
	case "lock":
		return d.Lock(argument)
	case "skip":
		return d.Skip(argument)
	}
	text, ok := d.Words[word]
	if !ok {
		panic(fmt.Sprintf("sqlstore: no word for {%s}", token))
	}
	return text
}

func parseColumns(text string) []Column {
	var columns []Column
	for column := range strings.SplitSeq(text, ",") {
		name, kind, _ := strings.Cut(strings.TrimSpace(column), " ")
		columns = append(columns, Column{Name: name, Type: kind})
	}
	return columns
}
