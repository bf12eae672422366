package script

import "strings"

// Parameter is a parameter of a builtin as its signature has it.
type Parameter struct {
	Name string
	// Text is the whole of it: "limit: int = 8", "*args".
	Text     string
	Required bool
}

// Declared lists the parameters in their order.
func (b *Builtin) Declared() []Parameter {
	_, rest, _ := strings.Cut(b.Signature, "(")
	var declared []Parameter
	for _, text := range splitTopLevel(rest[:strings.LastIndex(rest, ")")]) {
		name := parameterName(strings.TrimLeft(text, "*"))
		if name == "" {
			continue
		}
		declared = append(declared, Parameter{name, text, !strings.HasPrefix(text, "*") && !strings.Contains(text, "=")})
	}
	return declared
}
