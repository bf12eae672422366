package shell

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// completed gives the candidates at the bar in a text, and the word before it.
func (w *world) completed(t *testing.T, text string) (values []string, word string) {
	t.Helper()
	before, after, ok := strings.Cut(text, "|")
	require.True(t, ok)
	candidates, word := w.Shell.Complete(t.Context(), before+after, before)
	for _, c := range candidates {
		values = append(values, c.Value)
	}
	return values, word
}

func TestComplete(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.runs(t, "rows = query(\"shop\", \"select 1\")\nrowing = 1")
	tests := map[string]struct {
		text string
		word string
		want []string
	}{
		"commands at first":         {"al|", "al", []string{"alert", "all"}},
		"commands where nothing is": {"|", "", []string{"alert", "databases", "describe", "exit", "help", "monitor", "status", "tables", "use"}},
		"names":                     {"x = row|", "row", []string{"rowing", "rows"}},
		"no commands in code":       {"x = stat|", "stat", nil},
		"members":                   {"json.e|", "json.e", []string{"json.encode", "json.encode_indent"}},
		"methods":                   {"rows.app|", "rows.app", []string{"rows.append"}},
		"parameters":                {"query(\"shop\", \"select 1\", max|", "max", []string{"max", "max_rows="}},
		"keywords":                  {"x = [1 fo|", "fo", []string{"for", "format"}},
		"databases":                 {"query(\"|", "", []string{"ledger", "shop"}},
		"databases by letter":       {"query('s|", "s", []string{"shop"}},
		"tables":                    {"query(\"shop\", \"select * from o|", "o", []string{"orders"}},
		"a table that is quoted":    {"query(\"shop\", '''select * from |", "", []string{`"Odd One"`, "orders"}},
		"... in such quotes":        {"query(\"shop\", \"select * from \\\"|", `\"`, []string{`\"Odd One\"`}},
		"columns":                   {"query(\"shop\", \"select st| from orders\")", "st", []string{"status"}},
		"columns of any table":      {"query(\"shop\", \"select stat|", "stat", []string{"status"}},
		"columns of an alias":       {"query(\"shop\", \"select o.| from orders o\")", "o.", []string{"o.id", "o.status"}},
		"columns in many lines":     {"query(\"shop\", \"\"\"\nselect *\nfrom orders as o\nwhere o.s|", "o.s", []string{"o.status"}},
		"words of SQL":              {"query(\"shop\", \"sel|", "sel", []string{"select"}},
		"tables of no database":     {"query(\"gone\", \"select * from |", "", nil},
		"keys":                      {"rows[0][\"s|", "s", []string{"status"}},
		"keys of a name":            {"[r for r in rows if r[\"|\"]]", "", []string{"id", "status"}},
		"a text of its own":         {"x = \"al|", "al", nil},
		"nothing in comments":       {"x = 1 # query(\"|", "", nil},
		"arguments of commands":     {"alert ack 7|", "7", []string{"7-completed"}},
		"empty arguments":           {"alert |", "", []string{"-completed"}},
		"tables DB":                 {"tables s|", "s", []string{"shop"}},
		"describe DB":               {"describe s|", "s", []string{"shop."}},
		"describe DB.TABLE":         {"describe shop.o|", "shop.o", []string{"shop.orders"}},
		"use":                       {"use ord|", "ord", []string{"ord-completed"}},
		"help":                      {"help quer|", "quer", []string{"query"}},
		"one argument is enough":    {"tables shop |", "", nil},
		"a variable is no command":  {"status = al|", "al", []string{"all"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			values, word := w.completed(t, test.text)
			require.Equal(t, test.word, word)
			require.Equal(t, test.want, values)
		})
	}
}

func TestComplete_UsesTheFilesOfAMonitor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.runs(t, "use orders")
	values, _ := w.completed(t, `read_file("se|`)
	require.Equal(t, []string{"search.sql"}, values)
	values, _ = w.completed(t, `x = sea|`)
	require.Equal(t, []string{"search"}, values)
}
