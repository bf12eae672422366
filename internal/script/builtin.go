package script

import (
	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
)

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
	Doc string
	// Parameters say what each parameter means; nil where the signature says it all.
	Parameters map[string]string
	Place      Place
	// Run is the function. Its errors end the call, unless attempt catches them: a
	// *monitor.Failure as it is, any other as a mistake in the code.
	Run func(*Scope, *Args) (starlark.Value, error)
	// Literals checks, when code is compiled, arguments that are written as literal
	// texts, by parameter.
	Literals map[string]LiteralCheck
}

// ParameterNames lists the names of the parameters, in their order.
func (b *Builtin) ParameterNames() []string {
	s := parseSignature(b.Signature)
	var names []string
	for i, p := range s.parameters {
		if i == s.positional && s.rest != "" {
			names = append(names, s.rest)
		}
		names = append(names, p.name)
	}
	if s.rest != "" && s.positional == len(s.parameters) {
		names = append(names, s.rest)
	}
	if s.keywords != "" {
		names = append(names, s.keywords)
	}
	return names
}

// LiteralCheck says what is wrong with a text that stands in the code of a monitor
// that is being compiled. A [*Doubt] is a warning.
type LiteralCheck func(s *Scope, text string) error

// Doubt is what may be wrong: it prevents nothing by itself.
type Doubt struct {
	Code    monitor.DiagnosticCode
	Message string
}

func (d *Doubt) Error() string { return d.Message }

// Constant is a value with a name: "math.pi".
type Constant struct {
	Name string
	// Type is the Python type that editors are shown.
	Type  string
	Doc   string
	Value starlark.Value
}
