package script

import (
	"fmt"

	"go.starlark.net/syntax"
)

// Names of builtins that code cannot spell: the rewriter puts them in the place
// of operations that the interpreter does without asking anybody.
const (
	hiddenMultiply = "*"
	hiddenModulo   = "%"
	hiddenMethod   = "."
	hiddenIterate  = "for"
	// hiddenTarget begins the names of what is read in order to assign to it.
	hiddenTarget = hiddenValue + "target "
)

// rewriter changes a file's syntax tree so that operations which can allocate a
// huge value in one step ask first. The interpreter has no hook for them: it
// looks at limits between steps only, and by then the process may be gone.
//
// It also moves the position of each call from its parenthesis to its start,
// which is where people look for it.
type rewriter struct{}

func (r rewriter) file(file *syntax.File) { file.Stmts = r.statements(file.Stmts) }

func (r rewriter) statements(list []syntax.Stmt) []syntax.Stmt {
	var rewritten []syntax.Stmt // an else that is not there stays nil
	for _, statement := range list {
		if assignment, ok := statement.(*syntax.AssignStmt); ok {
			rewritten = append(rewritten, r.readFirst(assignment)...)
		}
		r.statement(statement)
		rewritten = append(rewritten, statement)
	}
	return rewritten
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
		s.True, s.False = r.statements(s.True), r.statements(s.False)
	case *syntax.ForStmt:
		r.target(s.Vars)
		s.X = guarded(hiddenIterate, s.For, r.expr(s.X))
		s.Body = r.statements(s.Body)
	case *syntax.WhileStmt:
		s.Cond = r.expr(s.Cond)
		s.Body = r.statements(s.Body)
	case *syntax.DefStmt:
		r.list(s.Params)
		s.Body = r.statements(s.Body)
	}
}

// guardedAssignments are the operations in place that are guarded.
var guardedAssignments = map[syntax.Token]string{syntax.STAR_EQ: hiddenMultiply, syntax.PERCENT_EQ: hiddenModulo}

// assign also guards x *= y and x %= y, as x = x * y.
func (r rewriter) assign(s *syntax.AssignStmt) {
	s.RHS = r.expr(s.RHS)
	op := guardedAssignments[s.Op]
	target := copyOfTarget(s.LHS)
	r.target(s.LHS)
	if op != "" && target != nil {
		s.Op, s.RHS = syntax.EQ, guarded(op, s.OpPos, target, s.RHS)
	}
}

// readFirst gives what x[f()] *= y refers to names of its own, so that reading it
// twice makes no difference: a = x, b = f(), and then a[b] *= y.
func (r rewriter) readFirst(s *syntax.AssignStmt) []syntax.Stmt {
	if guardedAssignments[s.Op] == "" || copyOfTarget(s.LHS) != nil {
		return nil
	}
	var reads []syntax.Stmt
	named := func(x syntax.Expr) syntax.Expr {
		at := syntax.Start(x)
		name := fmt.Sprintf("%s%d:%d:%d", hiddenTarget, at.Line, at.Col, len(reads))
		reads = append(reads, &syntax.AssignStmt{OpPos: at, Op: syntax.EQ, LHS: &syntax.Ident{NamePos: at, Name: name}, RHS: r.expr(x)})
		return &syntax.Ident{NamePos: at, Name: name}
	}
	switch x := unparenthesised(s.LHS).(type) {
	case *syntax.IndexExpr:
		x.X, x.Y = named(x.X), named(x.Y)
	case *syntax.DotExpr:
		x.X = named(x.X)
	}
	return reads
}

func unparenthesised(x syntax.Expr) syntax.Expr {
	for {
		inner, ok := x.(*syntax.ParenExpr)
		if !ok {
			return x
		}
		x = inner.X
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
	case *syntax.ParenExpr:
		return copyOfTarget(x.X)
	case *syntax.Ident:
		return &syntax.Ident{NamePos: x.NamePos, Name: x.Name}
	case *syntax.Literal:
		return &syntax.Literal{Token: x.Token, TokenPos: x.TokenPos, Raw: x.Raw, Value: x.Value}
	case *syntax.IndexExpr:
		container, index := copyOfTarget(x.X), copyOfTarget(x.Y)
		if container != nil && index != nil {
			return &syntax.IndexExpr{X: container, Lbrack: x.Lbrack, Y: index, Rbrack: x.Rbrack}
		}
	case *syntax.DotExpr:
		if owner := copyOfTarget(x.X); owner != nil {
			return &syntax.DotExpr{X: owner, Dot: x.Dot, NamePos: x.NamePos, Name: &syntax.Ident{NamePos: x.Name.NamePos, Name: x.Name.Name}}
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

func (r rewriter) comprehension(x *syntax.Comprehension) {
	for _, clause := range x.Clauses {
		switch clause := clause.(type) {
		case *syntax.ForClause:
			r.target(clause.Vars)
			clause.X = guarded(hiddenIterate, clause.For, r.expr(clause.X))
		case *syntax.IfClause:
			clause.Cond = r.expr(clause.Cond)
		}
	}
	x.Body = r.expr(x.Body)
}

func guarded(name string, at syntax.Position, args ...syntax.Expr) syntax.Expr {
	return &syntax.CallExpr{Fn: &syntax.Ident{NamePos: at, Name: name}, Lparen: at, Args: args, Rparen: at}
}
