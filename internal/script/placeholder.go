package script

import (
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// placeholder stands for what is not known while compiling: an undefined name, or
// what a broken file would have defined. Everything can be done with it and
// nothing comes of it, so that the problems behind it are found too.
type placeholder struct{}

var (
	_ starlark.Callable    = placeholder{}
	_ starlark.HasAttrs    = placeholder{}
	_ starlark.HasBinary   = placeholder{}
	_ starlark.Mapping     = placeholder{}
	_ starlark.Iterable    = placeholder{}
	_ starlark.HasSetField = placeholder{}
)

func isPlaceholder(value starlark.Value) bool {
	_, is := value.(placeholder)
	return is
}

func (placeholder) String() string                        { return "unknown" }
func (placeholder) Type() string                          { return "unknown" }
func (placeholder) Name() string                          { return "unknown" }
func (placeholder) Freeze()                               {}
func (placeholder) Truth() starlark.Bool                  { return false }
func (placeholder) Hash() (uint32, error)                 { return 0, nil }
func (placeholder) Attr(string) (starlark.Value, error)   { return placeholder{}, nil }
func (placeholder) AttrNames() []string                   { return nil }
func (placeholder) SetField(string, starlark.Value) error { return nil }
func (placeholder) Iterate() starlark.Iterator            { return nothing{} }
func (placeholder) Get(starlark.Value) (starlark.Value, bool, error) {
	return placeholder{}, true, nil
}

func (placeholder) Binary(syntax.Token, starlark.Value, starlark.Side) (starlark.Value, error) {
	return placeholder{}, nil
}

func (placeholder) CallInternal(*starlark.Thread, starlark.Tuple, []starlark.Tuple) (starlark.Value, error) {
	return placeholder{}, nil
}

// nothing is an iterator without elements.
type nothing struct{}

func (nothing) Next(*starlark.Value) bool { return false }
func (nothing) Done()                     {}
