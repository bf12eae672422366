package script

import (
	"maps"
	"slices"

	"go.starlark.net/syntax"
)

func sortedKeys(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }

// boundNames are the names that a file gives a meaning anywhere in it. A name that
// is among them may be something else than the builtin of that name, so what is
// known of the builtin is not applied to it: better to miss a mistake than to see
// one where there is none.
func boundNames(file *syntax.File) map[string]bool {
	names := map[string]bool{}
	syntax.Walk(file, func(node syntax.Node) bool {
		switch n := node.(type) {
		case *syntax.AssignStmt:
			addTargets(names, n.LHS)
		case *syntax.ForStmt:
			addTargets(names, n.Vars)
		case *syntax.ForClause:
			addTargets(names, n.Vars)
		case *syntax.DefStmt:
			names[n.Name.Name] = true
			addParameters(names, n.Params)
		case *syntax.LambdaExpr:
			addParameters(names, n.Params)
		case *syntax.LoadStmt:
			for _, id := range n.To {
				names[id.Name] = true
			}
		}
		return true
	})
	return names
}

func addTargets(names map[string]bool, target syntax.Expr) {
	switch t := target.(type) {
	case *syntax.Ident:
		names[t.Name] = true
	case *syntax.ParenExpr:
		addTargets(names, t.X)
	case *syntax.TupleExpr:
		for _, element := range t.List {
			addTargets(names, element)
		}
	case *syntax.ListExpr:
		for _, element := range t.List {
			addTargets(names, element)
		}
	}
}

func addParameters(names map[string]bool, parameters []syntax.Expr) {
	for _, parameter := range parameters {
		switch p := parameter.(type) {
		case *syntax.Ident:
			names[p.Name] = true
		case *syntax.BinaryExpr:
			addTargets(names, p.X)
		case *syntax.UnaryExpr:
			if p.X != nil {
				addTargets(names, p.X)
			}
		}
	}
}
