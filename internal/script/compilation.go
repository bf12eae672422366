package script

import (
	"fmt"
	"maps"
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/vedettehq/vedette/internal/monitor"
)

// topLevelLimits bound what a monitor's top level may use: it only declares.
var topLevelLimits = Limits{MaxSteps: 5_000_000, MaxMemory: 64 << 20}

// compilation is one monitor being compiled.
type compilation struct {
	compiler *Compiler
	program  *Program
	// files are all that may be loaded.
	files   monitor.Files
	found   findings
	modules map[string]*module
	// opened are the files that are being parsed, outermost first.
	opened []string
	// sites finds the calls in the text, to point at their arguments.
	sites map[site]*syntax.CallExpr
	// invocation evaluates the top level.
	invocation *invocation
	declared   *declared
	// guessing is set once something is not known, so that errors of evaluation may
	// be mere consequences.
	guessing bool
	// failed is set if the top level was not evaluated to its end.
	failed bool
	// looping is set if a loop stands where none may, which may be why a limit is hit.
	looping bool
}

// site is where a builtin is called.
type site struct {
	file   string
	line   int32
	column int32
	name   string
}

func (c *compilation) run() {
	if _, ok := c.files[monitor.CodeFile]; !ok {
		return
	}
	main := c.open(monitor.CodeFile)
	if main.program == nil {
		c.openOthers()
		return
	}
	c.invocation = &invocation{program: c.program, compiling: c, call: Call{Limits: topLevelLimits}}
	c.program.globals = c.evaluate(main)
	c.declare(main, c.definitions(main, c.program.globals))
}

// openOthers looks at the code beside a monitor.star that loads nothing because it
// is broken itself, so that the mistakes of all are told at once.
func (c *compilation) openOthers() {
	for _, name := range folderFiles(c.files) {
		if c.canLoad(name) {
			c.open(name)
		}
	}
}

// load gives a module what another one defines; the interpreter calls it.
func (c *compilation) load(_ *starlark.Thread, name string) (starlark.StringDict, error) {
	m := c.modules[name]
	if m == nil {
		return nil, fmt.Errorf("%s was not found", name)
	}
	globals := maps.Clone(c.evaluate(m))
	for name := range m.wanted {
		if !globals.Has(name) {
			globals[name] = placeholder{}
		}
	}
	return globals, nil
}

// evaluate runs a module's top level, once, and gives what it defines.
func (c *compilation) evaluate(m *module) starlark.StringDict {
	if m.globals != nil {
		return m.globals
	}
	m.globals = starlark.StringDict{} // what a file sees that loads it in a circle
	if m.program == nil {
		c.guessing = true
		return m.globals
	}
	environment := c.compiler.environment.values
	if len(m.unknown) > 0 {
		c.guessing = true
		environment = maps.Clone(environment)
		for _, name := range m.unknown {
			environment[name] = placeholder{}
		}
	}
	scope := c.invocation.newTimelessScope()
	var err error
	m.globals, err = scope.initialise(m.program, environment)
	if failure := scope.finish(err); failure != nil {
		c.failed = true
		c.reportFailure(m, failure)
	}
	maps.DeleteFunc(m.globals, func(name string, _ starlark.Value) bool { return isHidden(name) })
	m.globals.Freeze()
	return m.globals
}

// initialise evaluates a program's top level.
func (s *Scope) initialise(program *starlark.Program, environment starlark.StringDict) (globals starlark.StringDict, err error) {
	defer func() {
		if caught := recover(); caught != nil {
			globals, err = starlark.StringDict{}, &panicError{fmt.Sprint(caught), s.thread.CallStack()}
		}
	}()
	return program.Init(s.thread, environment)
}

// reportFailure notes that a top level could not be evaluated to its end, unless
// that may follow from something else that is wrong.
func (c *compilation) reportFailure(m *module, failure *monitor.Failure) {
	if c.guessing || c.looping && failure.Kind == monitor.FailureLimit {
		return
	}
	message := failure.Message
	if len(message) > maxFindingBytes {
		message = strings.ToValidUTF8(message[:maxFindingBytes], "") + "... (cut)"
	}
	d := monitor.Diagnostic{File: m.name, Message: message, Severity: monitor.SeverityError}
	if file, rest, ok := cutPosition(failure.Position); ok {
		d.File = file
		// What does not scan leaves the finding without a place, but not unsaid.
		_, _ = fmt.Sscanf(rest, "%d:%d", &d.Line, &d.Column)
	}
	c.found.add(d)
}

// cutPosition splits file:line:column behind the file.
func cutPosition(position string) (file, rest string, ok bool) {
	end := strings.LastIndexByte(position, ':')
	if end < 0 {
		return "", "", false
	}
	end = strings.LastIndexByte(position[:end], ':')
	if end < 0 {
		return "", "", false
	}
	return position[:end], position[end+1:], true
}

// report notes what is wrong with the arguments of a declaration.
func (s *Scope) report(a *Args) {
	for _, problem := range a.errs {
		s.invocation.compiling.found.errorf(s.argumentPosition(a, problem.argument), "%s", problem.message)
	}
}

// Warn notes, while compiling, that an argument of a declaration may not be what
// was meant.
func (s *Scope) Warn(a *Args, argument, format string, args ...any) {
	s.invocation.compiling.found.warnf(s.argumentPosition(a, argument), format, args...)
}

// Doubt notes a doubt about an argument of a declaration.
func (s *Scope) Doubt(a *Args, argument string, doubt *Doubt) {
	s.invocation.compiling.found.doubt(s.argumentPosition(a, argument), doubt)
}

// argumentPosition finds where an argument of the builtin being called is written;
// if it is not written out, where the call is.
func (s *Scope) argumentPosition(a *Args, argument string) syntax.Position {
	at := s.thread.CallFrame(1).Pos
	call := s.invocation.compiling.sites[site{at.Filename(), at.Line, at.Col, a.signature.name}]
	if call == nil {
		return at
	}
	if position, ok := argumentOf(call, argument, a.signature.index(argument)); ok {
		return position
	}
	return at
}

// argumentOf finds the argument of a call that is given by name, or else by index.
func argumentOf(call *syntax.CallExpr, name string, index int) (syntax.Position, bool) {
	for i, arg := range call.Args {
		binary, isBinary := arg.(*syntax.BinaryExpr)
		if isBinary && binary.Op == syntax.EQ {
			if id, ok := binary.X.(*syntax.Ident); ok && id.Name == name {
				return id.NamePos, true
			}
		} else if i == index {
			return syntax.Start(arg), true
		}
	}
	return syntax.Position{}, false
}
