package shell

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestScript_ShowsWhatExpressionsGive(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ script, want string }{
		"rows":        {`query("shop", "select 1")`, "id  status\n 1  paid\n22  new\n"},
		"a value":     {"1 + 1\n\"a\"", "2\n\"a\"\n"},
		"nothing":     {"x = 1\nNone", ""},
		"print":       {"print(\"a\", 1)", "a 1\n"},
		"mixed keys":  {`[{"a": 1, "b": None}, {"b": "x", "c": [1, {"d": True}]}]`, "a  b     c\n1  null\n   x     [1, {\"d\": true}]\n"},
		"several":     {"x = [3]\nfor i in [1, 2]:\n    x.append(i)\n\n    x.append(i)\nx\n", "[3, 1, 1, 2, 2]\n"},
		"a function":  {"def f(a):\n\n    # why\n    return a\n\n# called\nf(7)", "7\n"},
		"else":        {"if False:\n    x = 1\nelse:\n    x = 2\nx", "2\n"},
		"brackets":    {"x = [\n1,\n2,\n]\nx", "[1, 2]\n"},
		"long text":   {"x = \"\"\"\nselect\n\n# no comment\nstatus\n\"\"\"\nlen(x)", "29\n"},
		"line ends":   {"x = 1\r\nx\r\n", "1\n"},
		"exit":        {"1\nexit\n2", "1\n"},
		"exit called": {"1\nexit()\n2", "1\n"},
		"variables":   {"variables.set(\"a\", 1)\nvariables.get(\"a\")", "1\n"},
		"empty list":  {"[]", "[]\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want, newWorld(t).runs(t, test.script))
		})
	}
}

func TestScript_AsJSON(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *Config) { c.Format = FormatJSON })
	require.Equal(t, `[{"id":1,"status":"paid"},{"id":22,"status":"new"}]`+"\n"+`"a"`+"\n", w.runs(t, "query(\"shop\", \"select 1\")\n\"a\""))
	require.Contains(t, w.fails(t, "len"), "cannot be shown as JSON")
	require.Equal(t, "[\n  {\n    \"name\": \"ledger\",\n", w.runs(t, "databases")[:28])
}

func TestScript_EndsAtItsFirstErrorAndSaysWhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	require.Equal(t, "stdin:3:5: undefined: missing", w.fails(t, "1\n\nx = missing\n2"))
	require.Equal(t, "1\n", w.out.String())
	require.Contains(t, w.fails(t, "x = 1\nx = )\n"), "stdin:2:5: syntax: ")
	require.Contains(t, w.fails(t, "x = [1,"), "stdin:2:1: syntax: got end of file")
	require.Equal(t, "stdin:2: it is broken", w.fails(t, "1\nalert broken"))
	require.ErrorIs(t, w.Script(t.Context(), "stdin", strings.NewReader("alert told")), ErrTold)
	require.Contains(t, w.fails(t, "def f():\n    fail(\"no luck\")\n\nf()"),
		"stdin:2:5: no luck\nTraceback (most recent call last):\n  stdin:4:1: in <toplevel>\n    f()\n  stdin:2:5: in f\n    fail(\"no luck\")")
	require.Contains(t, w.fails(t, `http.get("https://example.com")`), "http is not available here: this is a test")
	require.Contains(t, w.fails(t, `alert "list`), "stdin:1: a quote is not closed")
}

func TestScript_MessagesGoElsewhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	require.Empty(t, w.runs(t, "log.warning(\"careful\", n = 1)\nincomplete(\"page 2 is missing\")"))
	require.Equal(t, "warning: careful {\"n\":1}\nincomplete: page 2 is missing\n", w.messages.String())
}

func TestScript_ACancelledOneEnds(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, cancel := context.WithCancel(t.Context())
	w.query = func(ctx context.Context, _ monitor.Query) (monitor.Rows, error) {
		cancel()
		<-ctx.Done()
		return nil, ctx.Err()
	}
	err := w.Script(ctx, "stdin", strings.NewReader("attempt(query, \"shop\", \"select 1\")\nprint(\"not reached\")"))
	require.ErrorContains(t, err, "context canceled")
	require.Empty(t, w.out.String())
}

func TestScript_CommandsAreLinesThatBeginWithOne(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"alert list":                        "alert|list",
		`alert ack 7 -m "we know"`:          "alert|ack|7|-m|we know",
		"status":                            "status",
		"status -o json":                    "status|-o|json",
		"status  # later":                   "status",
		`monitor get 'a b' c\ d`:            "monitor|get|a b|c d",
		"monitor list --label=team:payment": "monitor|list|--label=team:payment",
	} {
		w := newWorld(t)
		w.runs(t, line)
		require.Equal(t, []string{want}, w.ran, line)
	}
	for line, want := range map[string]string{
		"status = 3\n(status)":                               "3\n",
		"status = 3\nstatus += 1\n(status)":                  "4\n",
		"monitor = {\"a\": 1}\nmonitor[\"a\"]":               "1\n",
		"alert, x = 1, 2\nx":                                 "2\n",
		"alert = [1]\nalert.append(2)\n[a for a in alert]":   "[1, 2]\n",
		"status = 3\nstatus==3":                              "True\n",
		"def f():\n    status = 1\n    return status\n\nf()": "1\n",
	} {
		w := newWorld(t)
		require.Equal(t, want, w.runs(t, line), line)
		require.Empty(t, w.ran)
	}
}

func TestScript_CommandsOfTheShell(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	require.Equal(t, "NAME    KIND\nledger  postgres\nshop    sqlite\n", w.runs(t, "databases"))
	require.Equal(t, "TABLE      KIND   COLUMNS\norders     table        2\n\"Odd One\"  view         1\n", w.runs(t, "tables shop"))
	require.Equal(t, "COLUMN  TYPE     NULLABLE\nid      INTEGER  no\nstatus  TEXT     yes\n", w.runs(t, "describe shop.orders"))
	require.Equal(t, "COLUMN     TYPE  NULLABLE\nTotal Sum  REAL  no\n", w.runs(t, `describe 'shop.odd one'`))
	require.Contains(t, w.runs(t, "help"), "alert ...")
	require.Contains(t, w.runs(t, "help query"), "query(database: str, sql: str")
	require.Contains(t, w.runs(t, "help describe"), "describe DB.TABLE\n    List the columns")
	require.Contains(t, w.runs(t, "help json"), "json has decode")
	w.runs(t, "help alert")
	require.Equal(t, []string{"alert|--help"}, w.ran)

	require.Equal(t, "stdin:1: write it as: tables DB", w.fails(t, "tables"))
	require.Equal(t, "stdin:1: write it as: describe DB.TABLE", w.fails(t, "describe shop"))
	require.Equal(t, `stdin:1: there is no table "order" in shop: tables shop lists them`, w.fails(t, "describe shop.order"))
	require.Equal(t, `stdin:1: there is no database "shpo"`, w.fails(t, "tables shpo"))
	require.Contains(t, w.fails(t, "help nothing"), "there is no command or function")
}

func TestScript_UsesAMonitor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	require.Equal(t, "id  status\n 1  paid\n22  new\n\"select * from orders\"\n", w.runs(t, "use orders\nsearch()\nread_file(\"search.sql\")"))
	require.Equal(t, "orders: search\n", w.messages.String())
	require.Equal(t, "stdin:1: there is no monitor gone", w.fails(t, "use gone"))
}
