package script

import (
	"strings"

	"go.starlark.net/syntax"

	"github.com/vedettehq/vedette/internal/monitor"
)

// declared is what the call of monitor() said.
type declared struct {
	at      syntax.Position
	call    *syntax.CallExpr
	options monitor.Options
}

// Declare notes what a monitor says of itself. It is to be called once.
func (s *Scope) Declare(a *Args, options monitor.Options) {
	c := s.invocation.compiling
	at := s.thread.CallFrame(1).Pos
	if c.declared != nil {
		c.found.errorf(at, "monitor() is called a second time: the first is at %s", c.declared.at)
		return
	}
	call := c.sites[site{at.Filename(), at.Line, at.Col, a.signature.name}]
	c.declared = &declared{at, call, options}
}

// option finds where an option is written.
func (d *declared) option(name string) syntax.Position {
	if d.call != nil {
		if at, ok := argumentOf(d.call, name, -1); ok {
			return at
		}
	}
	return d.at
}

// declare makes the declaration of what was evaluated, and checks that options
// and functions fit together.
func (c *compilation) declare(main *module, globals map[string]definition) {
	c.program.declaration.Summary = docstring(main.file)
	c.takeFunctions(globals)
	if c.declared == nil {
		if !c.failed {
			c.found.fileErrorf(main.name, "monitor(...) is not called: every monitor calls it once, at the top level")
		}
		return
	}
	c.program.declaration.Options = c.declared.options
	c.checkSchedule(globals)
	c.checkSolving(globals)
}

// docstring is the text at the head of a file, without what surrounds it.
func docstring(file *syntax.File) string {
	if len(file.Stmts) == 0 {
		return ""
	}
	statement, ok := file.Stmts[0].(*syntax.ExprStmt)
	if !ok {
		return ""
	}
	literal, ok := statement.X.(*syntax.Literal)
	if !ok || literal.Token != syntax.STRING {
		return ""
	}
	return strings.TrimSpace(literal.Value.(string))
}

// checkSchedule compares the crons with the functions they are for.
func (c *compilation) checkSchedule(globals map[string]definition) {
	options := &c.declared.options
	search, hasSearch := globals[monitor.RoutineSearch]
	update, hasUpdate := globals[monitor.RoutineUpdate]
	updateIsSearch := !hasUpdate && hasSearch && options.Missing == monitor.MissingSolve

	searchDue := options.SearchCron != "" || c.given("search_cron")
	updateDue := options.UpdateCron != "" || c.given("update_cron")
	if !searchDue && !updateDue {
		c.found.errorf(c.declared.at, "monitor() needs search_cron or update_cron, else nothing is ever due")
	}
	if searchDue && !hasSearch {
		c.found.errorf(c.declared.option("search_cron"), "search_cron is set, but there is no function search()")
	}
	if updateDue && !hasUpdate && !updateIsSearch {
		c.found.errorf(c.declared.option("update_cron"), `update_cron is set, but there is no function update(issues), nor missing = "solve" with a function search()`)
	}
	if hasSearch && !searchDue && (!updateIsSearch || !updateDue) {
		c.found.warnf(search.at, "search() is never due: search_cron is not set")
	}
	if hasUpdate && !updateDue {
		c.found.warnf(update.at, "update() is never due: update_cron is not set")
	}
	if options.Missing != monitor.MissingKeep && !updateDue {
		c.found.errorf(c.declared.option("missing"), "missing = %q needs update_cron: it says what becomes of issues that an update did not return", options.Missing)
	}
}

// given tells whether an option of monitor() is set, be it to something wrong.
func (c *compilation) given(option string) bool {
	if c.declared.call == nil {
		return false
	}
	for _, arg := range c.declared.call.Args {
		binary, ok := arg.(*syntax.BinaryExpr)
		if ok && binary.Op == syntax.EQ && binary.X.(*syntax.Ident).Name == option {
			none, isName := binary.Y.(*syntax.Ident)
			return !isName || none.Name != "None"
		}
	}
	return false
}

// checkSolving looks at what ends issues.
func (c *compilation) checkSolving(globals map[string]definition) {
	options := &c.declared.options
	isSolved, hasIsSolved := globals[monitor.RoutineIsSolved]
	switch {
	case options.Missing == monitor.MissingSolve && !options.Solvable:
		c.found.errorf(c.declared.option("missing"), `missing = "solve" contradicts solvable = False`)
	case options.Solvable && !hasIsSolved && options.Missing != monitor.MissingSolve:
		c.found.errorf(c.declared.at, `a solvable monitor needs a function is_solved(issue); without one, say missing = "solve" or solvable = False`)
	case !options.Solvable && hasIsSolved:
		c.found.warnf(isSolved.at, "is_solved() is never asked: solvable is False")
	}
}
