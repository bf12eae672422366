package script

import (
	"fmt"
	"slices"
	"strings"

	"go.starlark.net/resolve"
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/vedettehq/vedette/internal/monitor"
)

// definition is a name that a monitor's file defines at its top level or loads.
type definition struct {
	value starlark.Value
	at    syntax.Position
}

// definitions are the names of a module with their values.
func (c *compilation) definitions(m *module, globals starlark.StringDict) map[string]definition {
	defined := map[string]definition{}
	for _, binding := range m.file.Module.(*resolve.Module).Globals {
		value, ok := globals[binding.First.Name]
		if !ok {
			value = placeholder{} // evaluating ended before it
		}
		defined[binding.First.Name] = definition{value, binding.First.NamePos}
	}
	for _, statement := range m.file.Stmts {
		load, ok := statement.(*syntax.LoadStmt)
		if !ok {
			continue
		}
		for i, to := range load.To {
			value, ok := c.modules[load.ModuleName()].globals[load.From[i].Name]
			if !ok {
				value = placeholder{}
			}
			defined[to.Name] = definition{value, to.NamePos}
		}
	}
	return defined
}

const reactionPrefix = "on_"

// parameters are how many arguments each of the platform's functions is called with.
var parameters = map[string]int{
	monitor.RoutineSearch:   0,
	monitor.RoutineUpdate:   1,
	monitor.RoutineIsSolved: 1,
}

// takeFunctions finds the functions that the platform calls.
func (c *compilation) takeFunctions(globals map[string]definition) {
	p := c.program
	p.search = c.takeFunction(globals, monitor.RoutineSearch, 0)
	p.update = c.takeFunction(globals, monitor.RoutineUpdate, 1)
	p.isSolved = c.takeFunction(globals, monitor.RoutineIsSolved, 1)
	p.declaration.HasSearch = p.search != nil
	p.declaration.HasUpdate = p.update != nil
	p.declaration.HasIsSolved = p.isSolved != nil
	p.reactions = map[monitor.EventName]*starlark.Function{}
	for _, event := range monitor.EventNames {
		if function := c.takeFunction(globals, reactionPrefix+string(event), 1); function != nil {
			p.reactions[event] = function
			p.declaration.Reactions = append(p.declaration.Reactions, event)
		}
	}
	for name, definition := range globals {
		c.checkName(name, definition, globals)
	}
}

// takeFunction gives the function of a name, if there is one that can be called
// with so many arguments.
func (c *compilation) takeFunction(globals map[string]definition, name string, arguments int) *starlark.Function {
	definition, ok := globals[name]
	if !ok || isPlaceholder(definition.value) {
		return nil
	}
	function, ok := definition.value.(*starlark.Function)
	if !ok {
		c.found.errorf(definition.at, "%s must be a function, not %s", name, Describe(definition.value))
		return nil
	}
	if !accepts(function, arguments) {
		c.found.errorf(definition.at, "%s is called with %s: it must be defined as %s", name, countOf(arguments, "argument"), usage(name))
	}
	return function
}

// accepts tells whether a function can be called with n arguments by position.
func accepts(function *starlark.Function, n int) bool {
	most := function.NumParams() - function.NumKwonlyParams()
	if function.HasKwargs() {
		most--
	}
	if function.HasVarargs() {
		most--
	}
	required := 0
	for i := range most + function.NumKwonlyParams() {
		if function.ParamDefault(i) != nil {
			continue
		}
		if i >= most {
			return false // required, but by name only
		}
		required++
	}
	return required <= n && (n <= most || function.HasVarargs())
}

// usage is how a function of the platform is defined.
func usage(name string) string {
	switch name {
	case monitor.RoutineSearch:
		return "search()"
	case monitor.RoutineUpdate:
		return "update(issues)"
	case monitor.RoutineIsSolved:
		return "is_solved(issue)"
	}
	return name + "(event)"
}

func countOf(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// checkName finds functions that would never be called because their name is
// nearly one that would.
func (c *compilation) checkName(name string, d definition, globals map[string]definition) {
	function, ok := d.value.(*starlark.Function)
	if !ok || isPlatformName(name) {
		return
	}
	if event, isReaction := strings.CutPrefix(name, reactionPrefix); isReaction {
		if meant := nearest(event, eventNames()); meant != "" && !has(globals, reactionPrefix+meant) {
			c.found.errorf(d.at, "there is no event %q (did you mean %q?)", event, reactionPrefix+meant)
		} else if accepts(function, 1) {
			c.found.warnf(d.at, "there is no event %q: %s() is never called by the platform", event, name)
		}
		return
	}
	for _, meant := range sortedKeys(map[string]bool{monitor.RoutineSearch: true, monitor.RoutineUpdate: true, monitor.RoutineIsSolved: true}) {
		if !has(globals, meant) && distance(fold(name), fold(meant)) <= 1 {
			c.found.errorf(d.at, "%s() is never called by the platform (did you mean %q?)", name, meant)
		}
	}
}

func has(globals map[string]definition, name string) bool {
	_, ok := globals[name]
	return ok
}

func isPlatformName(name string) bool {
	_, isRoutine := parameters[name]
	event, isReaction := strings.CutPrefix(name, reactionPrefix)
	return isRoutine || isReaction && slices.Contains(eventNames(), event)
}

func eventNames() []string {
	names := make([]string, len(monitor.EventNames))
	for i, event := range monitor.EventNames {
		names[i] = string(event)
	}
	return names
}
