package script

import (
	"context"
	"maps"
	"slices"
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Suite is a file beside a monitor's code whose functions call it: its tests. Like
// a program it is frozen and may be called any number of times at once.
type Suite struct {
	program   *Program
	functions []SuiteFunction
}

// SuiteFunction is one that a suite defines at its top level.
type SuiteFunction struct {
	Name string
	// Position is file:line:column of its definition.
	Position string

	function *starlark.Function
}

// CompileSuite makes a suite of a file among those of the folder that of was
// compiled from. What the file can call is this compiler's library; the monitor's
// own code, from which it may load names, keeps what it was compiled with.
//
// The suite's functions are those whose names begin with prefix; they are called
// without arguments. The suite is nil if any of the diagnostics is an error.
func (c *Compiler) CompileSuite(of *Program, files monitor.Files, file, prefix string) (*Suite, monitor.Diagnostics) {
	compilation := c.newCompilation(of.name, files)
	compilation.modules[monitor.CodeFile] = &module{
		name: monitor.CodeFile, wanted: map[string]bool{}, globals: of.globals, provided: of.globals.Keys(),
	}
	// A traceback through the monitor's code shows lines of what that loads as well.
	maps.Copy(compilation.program.files, of.files)
	suite := &Suite{program: compilation.program}
	if main := compilation.open(file); main.program != nil {
		suite.functions = compilation.suiteFunctions(main, prefix)
	}
	diagnostics := compilation.found.sorted()
	if diagnostics.HasErrors() {
		return nil, diagnostics
	}
	return suite, diagnostics
}

func (c *compilation) suiteFunctions(main *module, prefix string) []SuiteFunction {
	c.invocation = &invocation{program: c.program, compiling: c, call: Call{Limits: topLevelLimits}}
	var functions []SuiteFunction
	used := usedNames(main.file)
	for name, definition := range c.definitions(main, c.evaluate(main)) {
		function, ok := definition.value.(*starlark.Function)
		if !ok {
			continue
		}
		if !strings.HasPrefix(name, prefix) {
			if meant := meantFor(name, prefix); meant != "" && accepts(function, 0) && !used[name] {
				c.found.warnf(definition.at, "%s() is never called (did you mean %q?)", name, meant)
			}
			continue
		}
		if !accepts(function, 0) {
			c.found.errorf(definition.at, "%s is called without arguments: it must be defined as %s()", name, name)
		}
		functions = append(functions, SuiteFunction{name, definition.at.String(), function})
	}
	slices.SortFunc(functions, func(a, b SuiteFunction) int {
		return int(a.function.Position().Line) - int(b.function.Position().Line)
	})
	return functions
}

// meantFor is the name that a function may have been meant to have if its own is
// nearly one with the prefix: tst_late, Test_late, testLate. Otherwise it is empty.
func meantFor(name, prefix string) string {
	word := strings.TrimSuffix(prefix, "_")
	if rest, ok := strings.CutPrefix(strings.ToLower(name), word); ok {
		return prefix + strings.TrimLeft(name[len(name)-len(rest):], "_")
	}
	first, rest, ok := strings.Cut(name, "_")
	if ok && distance(strings.ToLower(first), word) <= 1 {
		return prefix + rest
	}
	return ""
}

// usedNames are the names that a file uses, other than to define functions.
func usedNames(file *syntax.File) map[string]bool {
	defined := map[*syntax.Ident]bool{}
	used := map[string]bool{}
	syntax.Walk(file, func(node syntax.Node) bool {
		switch n := node.(type) {
		case *syntax.DefStmt:
			defined[n.Name] = true
		case *syntax.Ident:
			used[n.Name] = used[n.Name] || !defined[n]
		}
		return true
	})
	return used
}

// Functions are the suite's functions in the order of the text.
func (s *Suite) Functions() []SuiteFunction { return s.functions }

// Call calls one of the functions. The error is a *monitor.Failure.
func (s *Suite) Call(ctx context.Context, call Call, function SuiteFunction) error {
	scope := (&invocation{program: s.program, call: call}).newScope(ctx, streamOf(function.Name))
	if _, failure := scope.call(function.function, nil); failure != nil {
		return failure
	}
	return nil
}

// CallApart calls a function of the code on a thread of its own and with another
// host: for what is called on behalf of somebody else while the scope's own
// thread waits. The error is a *monitor.Failure.
func (s *Scope) CallApart(ctx context.Context, host Host, function starlark.Callable, args starlark.Tuple) (starlark.Value, error) {
	inv := &invocation{program: s.invocation.program, call: s.invocation.call}
	inv.call.Host = host
	value, failure := inv.newScope(ctx, s.stream).call(function, args)
	if failure != nil {
		return nil, failure
	}
	return value, nil
}

// Caller is where the builtin that is running was called: file:line:column.
func (s *Scope) Caller() string { return position(s.thread.CallStack()) }
