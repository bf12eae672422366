package script

import (
	"errors"
	"slices"
	"strings"

	"go.starlark.net/syntax"

	"github.com/vedettehq/vedette/internal/monitor"
)

// explainSyntax reports why a file could not be parsed. The parser stops at its
// first error and says which token it would have liked; where the cause is a habit
// from Python, what to write instead is worth more, and is said of every such
// place in the file.
func (c *compilation) explainSyntax(name, text string, err error) {
	hints := findHabits(scanTokens(strings.TrimPrefix(text, "\ufeff")))
	for _, h := range hints {
		c.found.add(monitor.Diagnostic{
			File: name, Line: h.line, Column: h.column, Message: h.message, Severity: monitor.SeverityError,
		})
	}
	problem, ok := errors.AsType[syntax.Error](err)
	if !ok {
		c.found.fileErrorf(name, "%v", err)
		return
	}
	explained := slices.ContainsFunc(hints, func(h hint) bool { return h.line <= int(problem.Pos.Line) })
	if !explained {
		c.found.errorf(problem.Pos, "syntax: %s", problem.Msg)
	}
}

// hint says what to write instead of something that is not in the language.
type hint struct {
	line    int
	column  int
	message string
}

// reservedWords are words of Python that Starlark reserves and gives no meaning.
var reservedWords = map[string]string{
	"try":      "there are no exceptions: call attempt(function, ...) and look at .error",
	"except":   "there are no exceptions: call attempt(function, ...) and look at .error",
	"finally":  "there are no exceptions: call attempt(function, ...) and look at .error",
	"raise":    "there are no exceptions: call fail(message)",
	"import":   `there are no imports: load("helpers.star", "name") takes names from a file of the folder`,
	"from":     `there are no imports: load("helpers.star", "name") takes names from a file of the folder`,
	"class":    "there are no classes: use struct(name = value) or a dict",
	"is":       "there is no is: write == (x == None)",
	"async":    "there is no async or await: leave it out, and use parallel(function, items) for concurrent calls",
	"await":    "there is no async or await: leave it out, and use parallel(function, items) for concurrent calls",
	"with":     "there is no with: query() and read_file() leave nothing open",
	"del":      "there is no del: use d.pop(key)",
	"global":   "there is no global: return values instead, and keep what lasts in variables.set()",
	"nonlocal": "there is no nonlocal: return values instead",
	"yield":    "there are no generators: return a list",
}

// pythonNames are what Python has built in and Starlark has not.
var pythonNames = map[string]string{
	"isinstance": `compare type(x) == "string"`,
	"issubclass": `compare type(x) == "string"`,
	"map":        "use a list: [f(x) for x in xs]",
	"filter":     "use a list: [x for x in xs if f(x)]",
	"pow":        "use math.pow(x, y)",
	"divmod":     "use x // y and x % y",
	"open":       "use read_file(name)",
	"datetime":   "use time, now() and age()",
	"timedelta":  "use time.parse_duration",
	"Decimal":    "count money in whole cents",
	"Exception":  "call fail(message)",
	"ValueError": "call fail(message)",
	"requests":   "use http.get(url)",
	"urllib":     "use http.get(url)",
	"os":         "code reaches neither files nor the environment; use read_file and setting",
	"sys":        "code reaches neither files nor the environment; use read_file and setting",
	"frozenset":  "use set([...])",
	"iter":       "use for x in xs",
	"next":       "use xs[0]",
	"callable":   `compare type(x) == "function"`,
	"input":      "use setting(name)",
	"null":       "write None",
	"true":       "write True",
	"false":      "write False",
	"self":       "there are no classes: use struct(name = value) or a dict",
}

// hintForName says what an unknown name may have meant.
func hintForName(name string, candidates []string) string {
	if instead := pythonNames[name]; instead != "" {
		return ": " + instead
	}
	return DidYouMean(name, candidates)
}
