package script

import "go.starlark.net/syntax"

// Names of builtins that code cannot spell: the rewriter puts them in the place
// of operations that the interpreter does without asking anybody.
const (
	hiddenMultiply = "*"
	hiddenModulo   = "%"
	hiddenMethod   = "."
	hiddenIterate  = "for"
	hiddenKeep     = "[]"
)

// guardedMethods are methods of strings that can make much out of little.
var guardedMethods = map[string]bool{
	"format": true, "join": true, "replace": true, "rsplit": true, "split": true, "splitlines": true,
}

// rewriter changes a file's syntax tree so that operations which can allocate a
// huge value in one step ask first. The interpreter has no hook for them: it
// looks at limits between steps only, and by then the process may be gone.
//
// It also moves the position of each call from its parenthesis to its start,
// which is where people look for it.
type rewriter struct{}

func (r rewriter) file(file *syntax.File) { r.statements(file.Stmts) }

func (r rewriter) statements(list []syntax.Stmt) {
	for _, statement := range list {
		r.statement(statement)
	}
}

func (r rewriter) statement(statement syntax.Stmt) {
	switch s := statement.(type) {
	case *syntax.ExprStmt:
		s.X = r.expr(s.X)
	case *syntax.AssignStmt:
		r.assign(s)
	case *syntax.ReturnStmt:
		s.Result = r.expr(s.Result)
	case *syntax.IfStmt:
		s.Cond = r.expr(s.Cond)
		r.statements(s.True)
		r.statements(s.False)
	case *syntax.ForStmt:
		r.target(s.Vars)
		s.X = r.expr(s.X)
		r.statements(s.Body)
	case *syntax.WhileStmt:
		s.Cond = r.expr(s.Cond)
		r.statements(s.Body)
	case *syntax.DefStmt:
		r.list(s.Params)
		r.statements(s.Body)
	}
}

// assign also guards x *= y and x %= y, as x = x * y, where that is the same.
func (r rewriter) assign(s *syntax.AssignStmt) {
	s.RHS = r.expr(s.RHS)
	op := map[syntax.Token]string{syntax.STAR_EQ: hiddenMultiply, syntax.PERCENT_EQ: hiddenModulo}[s.Op]
	target := copyOfTarget(s.LHS)
	r.target(s.LHS)
	if op != "" && target != nil {
		s.Op, s.RHS = syntax.EQ, guarded(op, s.OpPos, target, s.RHS)
	}
}

// target rewrites what is read in order to assign to it.
func (r rewriter) target(target syntax.Expr) {
	switch x := target.(type) {
	case *syntax.IndexExpr:
		x.X, x.Y = r.expr(x.X), r.expr(x.Y)
	case *syntax.DotExpr:
		x.X = r.expr(x.X)
	case *syntax.ParenExpr:
		r.target(x.X)
	case *syntax.TupleExpr:
		for _, element := range x.List {
			r.target(element)
		}
	case *syntax.ListExpr:
		for _, element := range x.List {
			r.target(element)
		}
	}
}

// copyOfTarget gives an expression that reads what an assignment writes to, if
// reading it twice makes no difference. It is a copy, since resolving names
// writes into the tree.
func copyOfTarget(target syntax.Expr) syntax.Expr {
	switch x := target.(type) {
	case *syntax.Ident:
		return &syntax.Ident{NamePos: x.NamePos, Name: x.Name}
	case *syntax.Literal:
		return &syntax.Literal{Token: x.Token, TokenPos: x.TokenPos, Raw: x.Raw, Value: x.Value}
	case *syntax.IndexExpr:
		container, index := copyOfTarget(x.X), copyOfTarget(x.Y)
		if container != nil && index != nil {
			return &syntax.IndexExpr{X: container, Lbrack: x.Lbrack, Y: index, Rbrack: x.Rbrack}
		}
	}
	return nil
}

func (r rewriter) list(list []syntax.Expr) {
	for i, x := range list {
		list[i] = r.expr(x)
	}
}

// expr rewrites an expression, which may be nil, and gives what stands for it.
func (r rewriter) expr(expr syntax.Expr) syntax.Expr {
	switch x := expr.(type) {
	case *syntax.BinaryExpr:
		return r.binary(x)
	case *syntax.UnaryExpr:
		x.X = r.expr(x.X)
	case *syntax.CallExpr:
		x.Lparen = syntax.Start(x)
		x.Fn = r.expr(x.Fn)
		r.list(x.Args)
	case *syntax.DotExpr:
		x.X = r.expr(x.X)
		if guardedMethods[x.Name.Name] {
			name := &syntax.Literal{Token: syntax.STRING, TokenPos: x.NamePos, Value: x.Name.Name}
			return guarded(hiddenMethod, x.Dot, x.X, name)
		}
	case *syntax.Comprehension:
		r.comprehension(x)
	case *syntax.ListExpr:
		r.list(x.List)
	case *syntax.TupleExpr:
		r.list(x.List)
	case *syntax.DictExpr:
		r.list(x.List)
	case *syntax.DictEntry:
		x.Key, x.Value = r.expr(x.Key), r.expr(x.Value)
	case *syntax.CondExpr:
		x.Cond, x.True, x.False = r.expr(x.Cond), r.expr(x.True), r.expr(x.False)
	case *syntax.IndexExpr:
		x.X, x.Y = r.expr(x.X), r.expr(x.Y)
	case *syntax.SliceExpr:
		x.X, x.Lo, x.Hi, x.Step = r.expr(x.X), r.expr(x.Lo), r.expr(x.Hi), r.expr(x.Step)
	case *syntax.ParenExpr:
		x.X = r.expr(x.X)
	case *syntax.LambdaExpr:
		r.list(x.Params)
		x.Body = r.expr(x.Body)
	}
	return expr
}

func (r rewriter) binary(x *syntax.BinaryExpr) syntax.Expr {
	if x.Op == syntax.EQ { // name = value, in a call or a list of parameters
		x.Y = r.expr(x.Y)
		return x
	}
	x.X, x.Y = r.expr(x.X), r.expr(x.Y)
	switch {
	case x.Op == syntax.STAR && !isFloat(x.X) && !isFloat(x.Y):
		return guarded(hiddenMultiply, x.OpPos, x.X, x.Y)
	case x.Op == syntax.PERCENT:
		return guarded(hiddenModulo, x.OpPos, x.X, x.Y)
	}
	return x
}

// isFloat tells whether an expression is a float for sure: with it, nothing is
// repeated.
func isFloat(expr syntax.Expr) bool {
	literal, ok := expr.(*syntax.Literal)
	return ok && literal.Token == syntax.FLOAT
}

// comprehension lets the list be weighed while it grows: the interpreter keeps it
// where nobody can see it until it is complete.
func (r rewriter) comprehension(x *syntax.Comprehension) {
	for i, clause := range x.Clauses {
		switch clause := clause.(type) {
		case *syntax.ForClause:
			r.target(clause.Vars)
			clause.X = r.expr(clause.X)
			if i == 0 {
				clause.X = guarded(hiddenIterate, clause.For, clause.X)
			}
		case *syntax.IfClause:
			clause.Cond = r.expr(clause.Cond)
		}
	}
	if entry, ok := x.Body.(*syntax.DictEntry); ok {
		entry.Key, entry.Value = r.expr(entry.Key), guarded(hiddenKeep, entry.Colon, r.expr(entry.Value))
		return
	}
	body := r.expr(x.Body)
	x.Body = guarded(hiddenKeep, syntax.Start(body), body)
}

func guarded(name string, at syntax.Position, args ...syntax.Expr) syntax.Expr {
	return &syntax.CallExpr{Fn: &syntax.Ident{NamePos: at, Name: name}, Lparen: at, Args: args, Rparen: at}
}
