package script

import (
	"errors"
	"slices"
	"strings"

	"go.starlark.net/resolve"
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/vedettehq/vedette/internal/monitor"
)

// module is one file of code being compiled.
type module struct {
	name string
	// file is nil if the file could not be parsed.
	file *syntax.File
	// bound are all names that the file itself gives a meaning, anywhere.
	bound map[string]bool
	// program is nil if the file could not be compiled.
	program *starlark.Program
	// unknown are the names that mean nothing.
	unknown []string
	// wanted are the names that other files load from this one.
	wanted map[string]bool
	// globals is nil until the top level was evaluated.
	globals starlark.StringDict
	// provided are the names of a module that was compiled elsewhere; nil for others.
	provided []string
}

// open parses a file and those it loads, checks and compiles it.
func (c *compilation) open(name string) *module {
	if m := c.modules[name]; m != nil {
		return m
	}
	m := &module{name: name, wanted: map[string]bool{}}
	c.modules[name] = m
	text := c.files[name]
	if isShared(name) {
		c.program.files[name] = text
	}
	if !checkText(name, text, &c.found) {
		return m
	}
	file, err := dialect.Parse(name, strings.TrimPrefix(text, "\ufeff"), 0)
	if err != nil {
		c.explainSyntax(name, text, err)
		return m
	}
	m.file, m.bound = file, boundNames(file)
	c.opened = append(c.opened, name)
	for _, statement := range file.Stmts {
		if load, ok := statement.(*syntax.LoadStmt); ok {
			c.openLoaded(m, load)
		}
	}
	c.opened = c.opened[:len(c.opened)-1]
	c.check(m)
	rewriter{}.file(file)
	c.compile(m)
	return m
}

// openLoaded opens the file that a load statement names.
func (c *compilation) openLoaded(m *module, load *syntax.LoadStmt) {
	name, at := load.ModuleName(), load.Module.TokenPos
	switch {
	case slices.Contains(c.opened, name):
		c.found.errorf(at, "files load each other in a circle: %s", strings.Join(append(c.opened[slices.Index(c.opened, name):], name), " → "))
	case isShared(m.name) && !isShared(name):
		c.found.errorf(at, "a shared file can load only other shared files (%s...)", monitor.SharedPrefix)
	case !strings.HasSuffix(name, ".star"):
		c.found.errorf(at, "%q is not code: only .star files can be loaded, others are read with read_file", name)
	case !c.canLoad(name):
		c.found.errorf(at, "there is no file %q%s", name, DidYouMean(name, c.loadable()))
	default:
		c.wantNames(c.open(name), load)
		return
	}
	// Its names get placeholders, so that the rest can be evaluated.
	c.guessing = true
	if c.modules[name] == nil {
		c.modules[name] = &module{name: name, wanted: map[string]bool{}}
	}
	c.wantNames(c.modules[name], load)
}

func (c *compilation) canLoad(name string) bool {
	if m := c.modules[name]; m != nil && m.provided != nil {
		return true
	}
	_, ok := c.files[name]
	return ok && strings.HasSuffix(name, ".star") && name != monitor.CodeFile && name != monitor.TestFile
}

func (c *compilation) loadable() []string {
	var names []string
	for name := range c.files {
		if c.canLoad(name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// wantNames notes which names are loaded from a file, and whether they are there.
func (c *compilation) wantNames(from *module, load *syntax.LoadStmt) {
	defined := from.exported()
	for _, id := range load.From {
		from.wanted[id.Name] = true
		if (from.program != nil || from.provided != nil) && !slices.Contains(defined, id.Name) {
			c.guessing = true
			c.found.errorf(id.NamePos, "%s does not define %q%s", from.name, id.Name, DidYouMean(id.Name, defined))
		}
	}
}

// exported lists the names that the file defines at its top level.
func (m *module) exported() []string {
	if m.program == nil {
		return m.provided
	}
	var names []string
	for _, binding := range m.file.Module.(*resolve.Module).Globals {
		names = append(names, binding.First.Name)
	}
	return names
}

// compile resolves names and makes the program. Names without a meaning are taken
// for builtins at first, so that the rest is looked at all the same.
func (c *compilation) compile(m *module) {
	program, err := c.compileFile(m.file)
	list, ok := errors.AsType[resolve.ErrorList](err)
	if err != nil && !ok {
		c.found.fileErrorf(m.name, "%v", err)
		return
	}
	for _, problem := range list {
		c.found.errorf(problem.Pos, "%s", problem.Msg)
	}
	c.findUnknown(m)
	if len(list) > 0 {
		c.salvage(m, list)
		return
	}
	m.program = program
}

func (c *compilation) compileFile(file *syntax.File) (*starlark.Program, error) {
	environment := c.compiler.environment
	return starlark.FileProgram(file, func(name string) bool {
		return environment.values.Has(name) || !starlark.Universe.Has(name)
	})
}

// salvage makes a program of a file without the statements that have errors, so
// that the others, monitor(...) above all, are evaluated and checked.
func (c *compilation) salvage(m *module, errs resolve.ErrorList) {
	c.guessing = true
	file, err := dialect.Parse(m.name, strings.TrimPrefix(c.files[m.name], "\ufeff"), 0)
	if err != nil {
		return // it did parse before
	}
	rewriter{}.file(file)
	file.Stmts = slices.DeleteFunc(file.Stmts, func(statement syntax.Stmt) bool {
		start, end := statement.Span()
		return slices.ContainsFunc(errs, func(problem resolve.Error) bool {
			return start.Line <= problem.Pos.Line && problem.Pos.Line <= end.Line
		})
	})
	program, err := c.compileFile(file)
	if err != nil {
		return // what was left out was needed: nothing more can be found
	}
	for name := range m.bound {
		m.unknown = append(m.unknown, name)
	}
	m.program = program
}

// findUnknown reports the names that nothing gives a meaning.
func (c *compilation) findUnknown(m *module) {
	environment := c.compiler.environment
	candidates := append(environment.names(), sortedKeys(m.bound)...)
	syntax.Walk(m.file, func(node syntax.Node) bool {
		id, ok := node.(*syntax.Ident)
		if !ok {
			return true
		}
		binding, ok := id.Binding.(*resolve.Binding)
		if !ok || binding.Scope != resolve.Predeclared || environment.values.Has(id.Name) {
			return true
		}
		m.unknown = append(m.unknown, id.Name)
		if c.found.full() {
			return true
		}
		if why, known := environment.unavailable[id.Name]; known {
			c.found.errorf(id.NamePos, "%s", why)
		} else {
			c.found.errorf(id.NamePos, "undefined: %s%s", id.Name, hintForName(id.Name, candidates))
		}
		return true
	})
}
