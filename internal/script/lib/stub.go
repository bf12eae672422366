package lib

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vedettehq/vedette/internal/script"
)

// stubIntroduction goes before the functions that monitors define.
const stubIntroduction = `"""What monitors can call, for editors: completion and explanations. Generated.

A monitor calls monitor(...) once and defines the functions that it needs:

`

// stubTypes declares the types that signatures name.
const stubTypes = `"""

from typing import Any, Callable, Literal, NoReturn

Duration = str | float  # "30s", "2h", "7d" or seconds
Priority = Literal["critical", "high", "moderate", "low", "informational"] | int

class Rule: ...
class Receiver: ...
class Struct:
    def __getattr__(self, name: str) -> Any: ...

class Time:
    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    nanosecond: int
    unix: int
    unix_nano: int
    def format(self, layout: str) -> str: ...
    def in_location(self, name: str) -> "Time": ...

class TimeDuration:
    hours: float
    minutes: float
    seconds: float
    milliseconds: int
    microseconds: int
    nanoseconds: int

class Error:
    kind: Literal["query", "timeout", "connection", "http", "fail", "code"]
    message: str

class Attempt:
    value: Any
    error: Error | None

class Response:
    status: int
    headers: dict[str, str]  # by lower-case name
    body: str  # bytes, if it is no text
    def json(self) -> Any: ...

class Event:
    name: str
    source: str
    source_id: int
    monitor_id: int
    data: dict[str, Any]
    extra: dict[str, Any]

`

// keyword is the module that Python would not take for a name.
const keyword = "assert"

// Stub is the text of vedette.pyi: every builtin, and those of tests, with its
// signature and what it does, in a form that editors for Python understand.
func Stub(tests ...script.Builtin) string {
	library := All()
	var b strings.Builder
	b.WriteString(stubIntroduction)
	for _, entry := range entryPoints() {
		fmt.Fprintf(&b, "    %s\n        %s\n", entry.Signature, entry.Doc)
	}
	b.WriteString(stubTypes)
	modules := newModules()
	for i, builtin := range slices.Concat(library.Builtins, tests) {
		if i == len(library.Builtins) {
			b.WriteString("# In monitor_test.star only:\n\n")
		}
		name, _, _ := strings.Cut(builtin.Signature, "(")
		module, _, isMember := strings.Cut(name, ".")
		switch {
		case module == keyword:
			fmt.Fprintf(&b, "# %s\n#     %s\n\n", builtin.Signature, builtin.Doc)
			continue
		case isMember:
			modules.add(module, method(builtin, module))
			continue
		}
		fmt.Fprintf(&b, "def %s:\n%s\n", builtin.Signature, explained(&builtin, "    "))
	}
	for _, constant := range library.Constants {
		module, member, _ := strings.Cut(constant.Name, ".")
		modules.add(module, fmt.Sprintf("    %s: %s\n    %s\n", member, constant.Type, quotedDoc(constant.Doc)))
	}
	for _, module := range modules.order {
		fmt.Fprintf(&b, "class _%s:\n%s\n%s: _%s\n\n", module, strings.Join(modules.members[module], ""), module, module)
	}
	return b.String()
}

// modules gathers the members of each module, in order.
type modules struct {
	order   []string
	members map[string][]string
}

func newModules() *modules { return &modules{members: map[string][]string{}} }

func (m *modules) add(module, text string) {
	if m.members[module] == nil {
		m.order = append(m.order, module)
	}
	m.members[module] = append(m.members[module], text)
}

func method(builtin script.Builtin, module string) string {
	return fmt.Sprintf("    @staticmethod\n    def %s:\n%s",
		strings.TrimPrefix(builtin.Signature, module+"."), explained(&builtin, "        "))
}

// explained is what a builtin does, as its docstring.
func explained(builtin *script.Builtin, indent string) string {
	lines := []string{builtin.Doc}
	if builtin.Parameters != nil {
		lines = append(lines, "")
	}
	for _, name := range builtin.ParameterNames() {
		if text, ok := builtin.Parameters[name]; ok {
			lines = append(lines, name+": "+text)
		}
	}
	if len(lines) == 1 {
		return indent + quotedDoc(builtin.Doc) + "\n"
	}
	text := indent + strings.ReplaceAll(quotedDoc(strings.Join(lines, "\n")+"\n"), "\n", "\n"+indent) + "\n"
	return strings.ReplaceAll(text, "\n"+indent+"\n", "\n\n")
}

func quotedDoc(doc string) string {
	return `"""` + strings.ReplaceAll(doc, `\`, `\\`) + `"""`
}
