package script

import (
	"context"
	"errors"
	"maps"
	"strings"

	"go.starlark.net/resolve"
	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"
	"go.starlark.net/syntax"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Console evaluates code piece by piece, as people type it: names stay defined
// from one piece to the next, and what a statement gives is shown. It is for one
// goroutine at a time.
//
// Each statement is a program of its own, and finds the names of the others when
// it uses them. So functions may call what is defined after them, and see what
// was defined anew.
type Console struct {
	compiler *Compiler
	// program is what read_file and the log know of: no monitor, or the one in use.
	program *Program
	// names are what code can refer to: what all code can, and what was defined.
	names starlark.StringDict
	// inputs counts what was run, so that each draws other random numbers.
	inputs uint64
}

// lastValue is the name of what was shown last.
const lastValue = "_"

// hiddenValue takes what a statement gives; code cannot spell it.
const hiddenValue = "="

// NewConsole makes a console in which nothing is defined yet.
func (c *Compiler) NewConsole() *Console {
	return &Console{
		compiler: c,
		program:  &Program{name: "console", compiler: c, files: monitor.Files{}, typed: map[string]string{}},
		names:    maps.Clone(c.environment.values),
	}
}

// Use defines the names of a monitor's code, and has read_file read its files.
// It lists the names.
func (c *Console) Use(p *Program) []string {
	used := *p
	used.typed = c.program.typed
	c.program = &used
	maps.Copy(c.names, p.globals)
	return p.globals.Keys()
}

// Run runs an input. show is called for each statement that gives a value other
// than None; its error ends the input and is returned. Any other error is a
// *monitor.Failure, behind which what was defined until then stays defined.
func (c *Console) Run(ctx context.Context, call Call, input *Input, show func(*Value) error) error {
	c.inputs++
	for i, statement := range input.statements {
		program, failure := c.compile(input.name, statement)
		if failure != nil {
			return failure
		}
		scope := (&invocation{program: c.program, call: call, console: c}).newScope(ctx, c.inputs<<16+uint64(i))
		if err := c.run(scope, program, show); err != nil {
			return err
		}
	}
	return nil
}

// run evaluates a statement and takes over what it defines.
func (c *Console) run(scope *Scope, program *starlark.Program, show func(*Value) error) error {
	if scope.inspect(); scope.invocation.stopped.Load() != nil {
		return scope.finish(nil)
	}
	globals, err := scope.initialise(program, c.names)
	value := globals[hiddenValue]
	maps.Copy(c.names, globals)
	maps.DeleteFunc(c.names, func(name string, _ starlark.Value) bool { return strings.HasPrefix(name, hiddenValue) })
	if failure := scope.finish(err); failure != nil {
		return c.explain(failure)
	}
	if value == nil || value == starlark.None {
		return nil
	}
	c.names[lastValue] = value
	return show(&Value{scope: scope, value: value})
}

// explain puts what the interpreter takes for a fault of its own into words: a
// name that nothing has defined.
func (c *Console) explain(failure *monitor.Failure) *monitor.Failure {
	rest, isUnknown := strings.CutPrefix(failure.Message, "internal error: predeclared variable ")
	if !isUnknown {
		return failure
	}
	name, _, _ := strings.Cut(rest, " ")
	explained := *failure
	explained.Message = "undefined: " + name + hintForName(name, c.Names())
	if why, known := c.compiler.environment.unavailable[name]; known {
		explained.Message = why
	}
	return &explained
}

// compile makes a program of a statement.
func (c *Console) compile(name string, statement syntax.Stmt) (*starlark.Program, *monitor.Failure) {
	if load, ok := statement.(*syntax.LoadStmt); ok {
		return nil, &monitor.Failure{
			Kind: monitor.FailureCode, Position: load.Load.String(),
			Message: "load() takes names from a file of a monitor's folder, and this is none",
		}
	}
	if expression, ok := statement.(*syntax.ExprStmt); ok {
		at := syntax.Start(expression)
		statement = &syntax.AssignStmt{OpPos: at, Op: syntax.EQ, LHS: &syntax.Ident{NamePos: at, Name: hiddenValue}, RHS: expression.X}
	}
	options := dialect
	options.GlobalReassign = true
	file := &syntax.File{Path: name, Options: &options, Stmts: append(c.inherited(statement), statement)}
	rewriter{}.file(file)
	program, err := starlark.FileProgram(file, func(name string) bool {
		return c.names.Has(name) || !starlark.Universe.Has(name)
	})
	if list, ok := errors.AsType[resolve.ErrorList](err); ok {
		return nil, &monitor.Failure{Kind: monitor.FailureCode, Position: list[0].Pos.String(), Message: list[0].Msg}
	}
	if err != nil {
		return nil, c.program.failureOf(err)
	}
	return program, nil
}

// inherited are statements that give what a statement binds the value that it
// has so far: "total += 1" reads what it writes, and the program it is in has
// names of its own.
func (c *Console) inherited(statement syntax.Stmt) []syntax.Stmt {
	if _, isDef := statement.(*syntax.DefStmt); isDef {
		return nil
	}
	var statements []syntax.Stmt
	at := syntax.Start(statement)
	for _, name := range sortedKeys(boundNames(&syntax.File{Stmts: []syntax.Stmt{statement}})) {
		value, ok := c.names[name]
		if !ok {
			continue
		}
		c.names[hiddenValue+name] = value
		statements = append(statements, &syntax.AssignStmt{
			OpPos: at, Op: syntax.EQ, LHS: &syntax.Ident{NamePos: at, Name: name}, RHS: &syntax.Ident{NamePos: at, Name: hiddenValue + name},
		})
	}
	return statements
}

// isHidden tells whether a name is one that code cannot spell.
func isHidden(name string) bool {
	return strings.HasPrefix(name, hiddenValue) || hiddenBuiltins[name] != nil
}

// held are the values of names that were defined.
func (c *Console) held() []starlark.Value {
	var values []starlark.Value
	for _, value := range c.names {
		switch value.(type) {
		case *starlark.Builtin, *starlarkstruct.Module:
		default:
			values = append(values, value)
		}
	}
	return values
}

// freeze keeps what was defined from being changed by several at once.
func (c *Console) freeze() {
	for _, value := range c.held() {
		value.Freeze()
		if function, ok := value.(*starlark.Function); ok {
			function.Globals().Freeze()
		}
	}
}
