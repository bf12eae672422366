package script

import (
	"regexp"
	"strings"

	"go.starlark.net/syntax"
)

// comparison warns where values of types that are never equal are compared.
func (k *checker) comparison(x *syntax.BinaryExpr) {
	if x.Op != syntax.EQL && x.Op != syntax.NEQ {
		return
	}
	left, right := k.typeOf(x.X), k.typeOf(x.Y)
	if left == "" || right == "" || left == right {
		return
	}
	outcome := "False"
	if x.Op == syntax.NEQ {
		outcome = "True"
	}
	k.found.warnf(x.OpPos, "a %s is never equal to a %s: this is always %s", left, right, outcome)
}

// resultTypes are the types of what functions of the language give, where it is
// always the same. Ints and floats compare by value, so they count as one.
var resultTypes = map[string]string{
	"str": "string", "repr": "string", "type": "string", "chr": "string", "format": "string",
	"days": "string", "json.encode": "string", "read_file": "string",
	"len": "number", "int": "number", "float": "number", "ord": "number", "abs": "number",
	"bool": "bool", "any": "bool", "all": "bool", "hasattr": "bool",
	"list": "list", "sorted": "list", "dict": "dict", "set": "set", "tuple": "tuple",
	"now": "time", "time.now": "time", "age": "duration",
}

// typeOf gives an expression's type if it is plain to see, else nothing. None is
// compared with everything, so it has no type here.
func (k *checker) typeOf(expr syntax.Expr) string {
	switch x := expr.(type) {
	case *syntax.ParenExpr:
		return k.typeOf(x.X)
	case *syntax.Literal:
		return map[syntax.Token]string{
			syntax.STRING: "string", syntax.BYTES: "bytes", syntax.INT: "number", syntax.FLOAT: "number",
		}[x.Token]
	case *syntax.ListExpr:
		return "list"
	case *syntax.TupleExpr:
		return "tuple"
	case *syntax.DictExpr:
		return "dict"
	case *syntax.Comprehension:
		if x.Curly {
			return "dict"
		}
		return "list"
	case *syntax.LambdaExpr:
		return "function"
	case *syntax.Ident:
		return k.typeOfName(x)
	case *syntax.UnaryExpr:
		if x.Op == syntax.NOT {
			return "bool"
		}
		return k.typeOf(x.X)
	case *syntax.CallExpr:
		return resultTypes[k.callee(x.Fn)]
	}
	return ""
}

func (k *checker) typeOfName(id *syntax.Ident) string {
	if k.module.bound[id.Name] {
		return ""
	}
	switch _, isFunction := resultTypes[id.Name]; {
	case id.Name == "True" || id.Name == "False":
		return "bool"
	case isFunction:
		return "function" // type(x) == str
	}
	return ""
}

// interpolation finds what Python's % can do and Starlark's cannot: flags, widths
// and precisions.
var interpolation = regexp.MustCompile(`%(?:\([^)]*\))?([-#0 +]*[0-9*]*(?:\.[0-9*]+)?)([a-zA-Z])`)

// percentFormat finds "%.2f" % x, which fails only when it is run.
func (k *checker) percentFormat(x *syntax.BinaryExpr) {
	literal, ok := x.X.(*syntax.Literal)
	if !ok || x.Op != syntax.PERCENT || literal.Token != syntax.STRING {
		return
	}
	text := strings.ReplaceAll(literal.Value.(string), "%%", "")
	for _, match := range interpolation.FindAllStringSubmatch(text, -1) {
		if match[1] != "" {
			spec := strings.TrimSpace(match[1]) + match[2]
			k.found.errorf(literal.TokenPos, `%q is not understood by %%: use format(x, %q)`, match[0], strings.TrimSuffix(spec, "s"))
		}
	}
}

var replacementField = regexp.MustCompile(`\{[^{}:]*:([^{}]+)\}`)

// textFormat finds "{:.2f}".format(x), which fails only when it is run.
func (k *checker) textFormat(call *syntax.CallExpr) {
	dot, ok := call.Fn.(*syntax.DotExpr)
	if !ok || dot.Name.Name != "format" {
		return
	}
	literal, ok := dot.X.(*syntax.Literal)
	if !ok || literal.Token != syntax.STRING {
		return
	}
	text := strings.NewReplacer("{{", "", "}}", "").Replace(literal.Value.(string))
	for _, match := range replacementField.FindAllStringSubmatch(text, -1) {
		k.found.errorf(literal.TokenPos, `%q is not understood by format: use "{}".format(format(x, %q))`, match[0], match[1])
	}
}
