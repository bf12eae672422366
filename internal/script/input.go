package script

import (
	"errors"
	"strings"

	"go.starlark.net/syntax"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Input is code that was typed into a console: one statement or several.
type Input struct {
	name       string
	statements []syntax.Stmt
}

// Show has tracebacks show lines of a text that is parsed in parts.
func (c *Console) Show(name, text string) { c.program.typed[name] = text }

// Parse reads code. name stands for the file in positions, and line is the number
// of its first line there. The input is nil if there is a diagnostic.
func (c *Console) Parse(name string, line int, text string) (*Input, monitor.Diagnostics) {
	text = strings.Repeat("\n", max(line-1, 0)) + text + "\n"
	compilation := c.compiler.newCompilation(name, monitor.Files{})
	if !checkText(name, text, &compilation.found) {
		return nil, compilation.found.sorted()
	}
	file, err := dialect.Parse(name, text, 0)
	if err != nil {
		compilation.explainSyntax(name, text, err)
		return nil, compilation.found.sorted()
	}
	if _, known := c.program.typed[name]; !known {
		c.program.typed[name] = text
	}
	return &Input{name: name, statements: file.Stmts}, nil
}

// Unfinished tells whether code ends before one of its statements does: in
// brackets, in a text, or before the body of a function.
func Unfinished(code string) bool {
	code += "\n"
	_, err := dialect.Parse("", code, 0)
	problem, ok := errors.AsType[syntax.Error](err)
	if !ok {
		return false
	}
	atEnd := int(problem.Pos.Line) > strings.Count(code, "\n")
	return strings.HasPrefix(problem.Msg, "got end of file") ||
		strings.HasPrefix(problem.Msg, "unexpected EOF in string") ||
		strings.HasPrefix(problem.Msg, "got outdent") && atEnd
}

// MayGoOn tells whether the last statement of code that is not unfinished could
// have further lines: an empty one ends it.
func MayGoOn(code string) bool {
	last := code[strings.LastIndexByte(code, '\n')+1:]
	if strings.TrimSpace(last) == "" {
		return false
	}
	file, err := dialect.Parse("", code+"\n", 0)
	if err != nil || len(file.Stmts) == 0 {
		return false
	}
	switch file.Stmts[len(file.Stmts)-1].(type) {
	case *syntax.DefStmt, *syntax.IfStmt, *syntax.ForStmt, *syntax.WhileStmt:
		return true
	default:
		return false
	}
}
