package lib

import (
	starlarkmath "go.starlark.net/lib/math"
	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/script"
)

// unaryMath and binaryMath are the functions of one and two floats.
var (
	unaryMath = []struct{ name, doc string }{
		{"fabs", "The absolute value."},
		{"round", "The nearest whole float, half away from zero."},
		{"exp", "e to the power of x."},
		{"sqrt", "The square root."},
		{"acos", "The arc cosine, in radians."},
		{"asin", "The arc sine, in radians."},
		{"atan", "The arc tangent, in radians."},
		{"cos", "The cosine of x radians."},
		{"sin", "The sine of x radians."},
		{"tan", "The tangent of x radians."},
		{"degrees", "Radians as degrees."},
		{"radians", "Degrees as radians."},
		{"acosh", "The inverse hyperbolic cosine."},
		{"asinh", "The inverse hyperbolic sine."},
		{"atanh", "The inverse hyperbolic tangent."},
		{"cosh", "The hyperbolic cosine."},
		{"sinh", "The hyperbolic sine."},
		{"tanh", "The hyperbolic tangent."},
		{"gamma", "The gamma function."},
	}
	binaryMath = []struct{ name, doc string }{
		{"copysign", "The size of x with the sign of y."},
		{"mod", "The remainder of x / y, with the sign of x."},
		{"pow", "x to the power of y."},
		{"remainder", "The distance from x to the nearest multiple of y."},
		{"atan2", "The angle of the point (y, x), in radians."},
		{"hypot", "The length of the vector (x, y)."},
	}
)

func mathFunctions() []script.Builtin {
	builtins := []script.Builtin{
		mathFunction("ceil(x: float) -> int", "ceil", "The least int that is not less than x."),
		mathFunction("floor(x: float) -> int", "floor", "The greatest int that is not more than x."),
		mathFunction("log(x: float, base: float = 2.718281828459045) -> float", "log", "The logarithm."),
	}
	for _, f := range unaryMath {
		builtins = append(builtins, mathFunction(f.name+"(x: float) -> float", f.name, f.doc))
	}
	for _, f := range binaryMath {
		builtins = append(builtins, mathFunction(f.name+"(x: float, y: float) -> float", f.name, f.doc))
	}
	return builtins
}

// mathFunction makes a function of the interpreter's library one of ours.
func mathFunction(signature, name, doc string) script.Builtin {
	function := starlarkmath.Module.Members[name].(starlark.Callable)
	return script.Builtin{
		Signature: "math." + signature,
		Doc:       doc,
		Place:     script.Anywhere,
		Run: func(s *script.Scope, a *script.Args) (starlark.Value, error) {
			return s.Call(function, a.Given(), nil)
		},
	}
}

func mathConstants() []script.Constant {
	return []script.Constant{
		{Name: "math.pi", Type: "float", Doc: "The ratio of a circle's circumference to its diameter.", Value: starlarkmath.Module.Members["pi"]},
		{Name: "math.e", Type: "float", Doc: "The base of natural logarithms.", Value: starlarkmath.Module.Members["e"]},
	}
}
