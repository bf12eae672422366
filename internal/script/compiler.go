package script

import (
	"maps"
	"slices"

	"go.starlark.net/syntax"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Config is what compiling depends on besides the code.
type Config struct {
	// Settings are what setting(name) gives.
	Settings map[string]monitor.Data
	// Receivers are the names that receiver(name) knows.
	Receivers []string
	// Databases, Auths and Secrets are the names that query, http and secret know.
	// nil: they are not known here, and no name is doubted.
	Databases []string
	Auths     []string
	Secrets   []string
}

// Compiler makes programs of monitors' files. It is safe for concurrent use; all
// of its programs share what they can call.
type Compiler struct {
	environment *environment
	settings    map[string]monitor.Data
	// names are those of the configuration, by the code of a finding that one is not
	// among them; nil: they are not known.
	names map[monitor.DiagnosticCode][]string
}

// NewCompiler makes a compiler for code that can call the given library.
func NewCompiler(library Library, config Config) *Compiler {
	return &Compiler{
		environment: newEnvironment(library),
		settings:    maps.Clone(config.Settings),
		names: map[monitor.DiagnosticCode][]string{
			monitor.UnknownReceiver: append([]string{}, slices.Sorted(slices.Values(config.Receivers))...),
			monitor.UnknownDatabase: config.Databases,
			monitor.UnknownAuth:     config.Auths,
			monitor.UnknownSecret:   config.Secrets,
		},
	}
}

// dialect is what of the language is allowed: what people who know Python expect,
// as long as the top level stays a list of definitions. Statements that the top
// level must not have are let through here and refused by a check of ours, which
// does not keep other problems from being found.
var dialect = syntax.FileOptions{Set: true, While: true, Recursion: true, TopLevelControl: true}

// Compile makes a program of a monitor's files; name is the folder's. Files under
// [monitor.SharedPrefix] may be loaded, the others are the folder's. It finds all
// problems at once, as far as one does not hide another; the program is nil if
// any of them is an error.
func (c *Compiler) Compile(name string, files monitor.Files) (*Program, monitor.Diagnostics) {
	compilation := c.newCompilation(name, files)
	if err := monitor.CheckName(name); err != nil {
		compilation.found.fileErrorf(monitor.CodeFile, "%s", err)
	}
	checkFiles(files, &compilation.found)
	compilation.run()
	checkSize(compilation.program.files, &compilation.found)

	diagnostics := compilation.found.sorted()
	if diagnostics.HasErrors() {
		return nil, diagnostics
	}
	return compilation.program, diagnostics
}

func (c *Compiler) newCompilation(name string, files monitor.Files) *compilation {
	program := &Program{name: name, compiler: c, files: monitor.Files{}}
	for _, file := range folderFiles(files) {
		program.files[file] = files[file]
	}
	return &compilation{
		compiler: c,
		program:  program,
		files:    files,
		modules:  map[string]*module{},
		sites:    map[site]*syntax.CallExpr{},
	}
}
