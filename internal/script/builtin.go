package script

import "go.starlark.net/starlark"

// Library is what monitor code can call besides the language itself.
type Library struct {
	Builtins  []Builtin
	Constants []Constant
	// Unavailable says of names that other versions know why this one does not.
	Unavailable map[string]string
}

// Place says where a builtin may be called.
type Place int

// The places.
const (
	// InFunctions is for what needs a run: the top level has none.
	InFunctions Place = iota
	// Anywhere is for pure helpers.
	Anywhere
	// AtTopLevel is for declarations.
	AtTopLevel
)

// Builtin is a function that monitor code can call.
type Builtin struct {
	// Signature is a line of Python, with types: it decides how arguments are
	// bound, and is shown to who writes monitors. A name with a dot is a member of a
	// module.
	Signature string
	// Doc says in a line what it does.
	Doc   string
	Place Place
	// Run is the function. Its errors end the call, unless attempt catches them: a
	// *monitor.Failure as it is, any other as a mistake in the code.
	Run func(*Scope, *Args) (starlark.Value, error)
	// Literals checks, when code is compiled, arguments that are written as literal
	// texts, by parameter.
	Literals map[string]LiteralCheck
}

// LiteralCheck says what is wrong with a text that stands in the code of a monitor
// that is being compiled.
type LiteralCheck func(s *Scope, text string) error

// Constant is a value with a name: "math.pi".
type Constant struct {
	Name string
	// Type is the Python type that editors are shown.
	Type  string
	Doc   string
	Value starlark.Value
}
