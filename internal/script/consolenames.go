package script

import (
	"maps"
	"slices"

	"go.starlark.net/starlark"
)

// Names lists what code can refer to, sorted.
func (c *Console) Names() []string {
	names := slices.Collect(maps.Keys(starlark.Universe))
	for name := range c.names {
		if !isHidden(name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Members lists what can follow a dot behind a name, sorted; nothing if the name
// means nothing.
func (c *Console) Members(name string) []string {
	value, ok := c.names[name].(starlark.HasAttrs)
	if !ok {
		return nil
	}
	return slices.Sorted(slices.Values(value.AttrNames()))
}

// Keys lists the texts that are keys of a dict, or of the first dict of a list.
func (c *Console) Keys(name string) []string {
	value := c.names[name]
	if list, ok := value.(*starlark.List); ok && list.Len() > 0 {
		value = list.Index(0)
	}
	dict, ok := value.(*starlark.Dict)
	if !ok {
		return nil
	}
	var keys []string
	for key := range dict.Entries() {
		if text, ok := starlark.AsString(key); ok {
			keys = append(keys, text)
		}
	}
	return keys
}

// Parameters lists what a builtin or function can be given by name.
func (c *Console) Parameters(name string) []string {
	if known := c.compiler.environment.builtins[name]; known != nil {
		var names []string
		for _, p := range known.signature.parameters {
			names = append(names, p.name)
		}
		return names
	}
	function, ok := c.names[name].(*starlark.Function)
	if !ok {
		return nil
	}
	var names []string
	for i := range function.NumParams() {
		name, _ := function.Param(i)
		names = append(names, name)
	}
	return names
}

// Describe is the signature of a builtin with a line that says what it does;
// empty if there is no such builtin.
func (c *Console) Describe(name string) (signature, doc string) {
	known := c.compiler.environment.builtins[name]
	if known == nil {
		return "", ""
	}
	return known.Signature, known.Doc
}

// FileNames lists the files that read_file can read.
func (c *Console) FileNames() []string { return folderFiles(c.program.files) }
