package script

import (
	"errors"
	"strings"

	"go.starlark.net/syntax"
)

// check looks at a file's text for mistakes that would show only when the line is
// run, if ever. It comes before the rewriter, which changes the tree.
func (c *compilation) check(m *module) {
	k := &checker{compilation: c, module: m}
	syntax.Walk(m.file, func(node syntax.Node) bool {
		if node == nil {
			k.leave()
			return true
		}
		k.enter(node)
		return true
	})
}

// checker goes through one file.
type checker struct {
	*compilation
	module *module
	// path leads from the file to the node being looked at.
	path []syntax.Node
	// functions counts the functions around it.
	functions int
}

func isFunction(node syntax.Node) bool {
	switch node.(type) {
	case *syntax.DefStmt, *syntax.LambdaExpr:
		return true
	}
	return false
}

func (k *checker) leave() {
	last := k.path[len(k.path)-1]
	k.path = k.path[:len(k.path)-1]
	if isFunction(last) {
		k.functions--
	}
}

func (k *checker) enter(node syntax.Node) {
	k.path = append(k.path, node)
	if isFunction(node) {
		k.functions++
	}
	switch n := node.(type) {
	case *syntax.CallExpr:
		k.call(n)
	case *syntax.DotExpr:
		k.member(n)
	case *syntax.BinaryExpr:
		k.comparison(n)
		k.percentFormat(n)
	case *syntax.IfStmt:
		k.topLevelControl(n.If, "if")
	case *syntax.ForStmt:
		k.topLevelControl(n.For, "for")
		k.looping = k.looping || k.functions == 0
	case *syntax.WhileStmt:
		k.topLevelControl(n.While, "while")
		k.looping = k.looping || k.functions == 0
	}
}

func (k *checker) topLevelControl(at syntax.Position, word string) {
	if k.functions == 0 {
		k.found.errorf(at, "%q at the top level, which holds only definitions and calls: put it in a function", word)
	}
}

// callee gives the name of the function that is called, if it is written out and
// the file has no other meaning for it: "query", "log.info".
func (k *checker) callee(fn syntax.Expr) string {
	switch fn := fn.(type) {
	case *syntax.Ident:
		if !k.module.bound[fn.Name] {
			return fn.Name
		}
	case *syntax.DotExpr:
		if owner, ok := fn.X.(*syntax.Ident); ok && !k.module.bound[owner.Name] {
			return owner.Name + "." + fn.Name.Name
		}
	}
	return ""
}

// call checks a call of a builtin.
func (k *checker) call(call *syntax.CallExpr) {
	k.textFormat(call)
	name := k.callee(call.Fn)
	builtin := k.compiler.environment.builtins[name]
	if builtin == nil {
		return
	}
	start := syntax.Start(call)
	k.sites[site{start.Filename(), start.Line, start.Col, name}] = call
	if k.functions > 0 && builtin.Place == AtTopLevel || k.functions == 0 && builtin.Place == InFunctions {
		k.found.errorf(start, "%s", builtin.misplaced(k.functions == 0))
		return
	}
	positional, keywords, open := shapeOf(call)
	for _, wrong := range builtin.signature.mismatches(positional, keywords, open) {
		at := start
		if builtin.Place == AtTopLevel {
			// A declaration spans many lines.
			if position, ok := argumentOf(call, wrong.argument, -1); ok {
				at = position
			}
		}
		k.found.errorf(at, "%s", wrong.message)
	}
	k.literals(call, builtin)
}

// shapeOf counts a call's arguments; it is open if there are some that are not
// written out.
func shapeOf(call *syntax.CallExpr) (positional int, keywords []string, open bool) {
	for _, arg := range call.Args {
		switch arg := arg.(type) {
		case *syntax.UnaryExpr:
			if arg.Op == syntax.STAR || arg.Op == syntax.STARSTAR {
				open = true
				continue
			}
		case *syntax.BinaryExpr:
			if id, ok := arg.X.(*syntax.Ident); ok && arg.Op == syntax.EQ {
				keywords = append(keywords, id.Name)
				continue
			}
		}
		positional++
	}
	return positional, keywords, open
}

// literals checks the arguments that are literal texts.
func (k *checker) literals(call *syntax.CallExpr, builtin *knownBuiltin) {
	if len(builtin.Literals) == 0 {
		return
	}
	scope := &Scope{invocation: &invocation{program: k.program, compiling: k.compilation}}
	for i, arg := range call.Args {
		var name string
		if i < builtin.signature.positional {
			name = builtin.signature.parameters[i].name
		}
		value := arg
		if binary, ok := arg.(*syntax.BinaryExpr); ok && binary.Op == syntax.EQ {
			name, value = binary.X.(*syntax.Ident).Name, binary.Y
		}
		literal, isLiteral := value.(*syntax.Literal)
		verify := builtin.Literals[name]
		if !isLiteral || literal.Token != syntax.STRING || verify == nil {
			continue
		}
		err := verify(scope, literal.Value.(string))
		if doubt, ok := errors.AsType[*Doubt](err); ok {
			k.found.doubt(literal.TokenPos, doubt)
		} else if err != nil {
			k.found.errorf(literal.TokenPos, "%v", err)
		}
	}
}

// pythonMembers are what people look for in modules that are named as in Python.
var pythonMembers = map[string]string{
	"json.dumps": "json.encode", "json.loads": "json.decode",
	"re.match": "re.search", "re.compile": "re.search", "re.finditer": "re.findall", "re.fullmatch": "re.search",
	"log.warn": "log.warning", "log.exception": "log.error", "logging.info": "log.info",
	"random.randint": "random.int", "random.randrange": "random.int", "time.time_ns": "time.now",
	"time.strptime": "time.parse_time", "math.fsum": "sum",
}

// member checks that a module has what is taken from it.
func (k *checker) member(dot *syntax.DotExpr) {
	name := k.callee(dot)
	module, member, _ := strings.Cut(name, ".")
	members := k.compiler.environment.members[module]
	if members == nil {
		return
	}
	for _, known := range members {
		if known == member {
			return
		}
	}
	hint := DidYouMean(member, members)
	if instead := pythonMembers[name]; instead != "" {
		hint = ` (did you mean "` + instead + `"?)`
	}
	k.found.errorf(syntax.Start(dot), "%s has no %q%s", module, member, hint)
	// Evaluating it would say so again in other words.
	k.guessing = true
}
