package shell

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/vedettehq/vedette/internal/cli"
)

// errExit ends the shell.
var errExit = errors.New("exit")

// own are the commands that only the shell has.
func (s *Shell) own() []ownCommand {
	return []ownCommand{
		{"databases", "", "List the databases that can be queried", 0, 0, s.showDatabases},
		{"tables", "DB", "List the tables of a database", 1, 1, s.showTables},
		{"describe", "DB.TABLE", "List the columns of a table", 1, 1, s.describe},
		{"use", "MONITOR", "Define the functions of a monitor, by its name or its folder: search(), update(issues), ...", 1, 1, s.use},
		{"help", "[NAME]", "Show this, or what a function or a command does", 0, 1, s.help},
		{"exit", "", "Leave the shell, as Ctrl-D does", 0, 0, func(context.Context, []string) error { return errExit }},
	}
}

// ownCommand is a command of the shell itself.
type ownCommand struct {
	name, arguments, summary string
	// least and most bound how many arguments it takes.
	least, most int
	run         func(ctx context.Context, arguments []string) error
}

// commandIn gives the words of a line that is a command: one that begins with the
// name of a command, unless what follows makes it code.
func (s *Shell) commandIn(line string) (words string, ok bool) {
	name, rest := firstWord(line)
	switch line := strings.TrimSpace(line); line {
	case "exit()", "quit()", "quit":
		return "exit", true
	}
	if !s.isCommand(name) || isCode(rest) {
		return "", false
	}
	return line, true
}

func (s *Shell) isCommand(name string) bool {
	return slices.ContainsFunc(s.own(), func(c ownCommand) bool { return c.name == name }) ||
		slices.ContainsFunc(s.config.Commands.List(), func(c Command) bool { return c.Name == name })
}

// command runs a command line.
func (s *Shell) command(ctx context.Context, line string) error {
	words, err := split(line)
	if err != nil {
		return err
	}
	for _, c := range s.own() {
		if c.name != words[0] {
			continue
		}
		arguments := words[1:]
		if len(arguments) < c.least || len(arguments) > c.most {
			return fmt.Errorf("write it as: %s", strings.TrimSpace(c.name+" "+c.arguments))
		}
		return c.run(ctx, arguments)
	}
	return s.config.Commands.Run(ctx, words)
}

func (s *Shell) showDatabases(ctx context.Context, _ []string) error {
	databases, err := s.config.Databases.Databases(ctx)
	if err != nil {
		return err
	}
	return show(s, databases, cli.Databases())
}

func (s *Shell) showTables(ctx context.Context, arguments []string) error {
	tables, err := s.config.Databases.Tables(ctx, arguments[0])
	if err != nil {
		return err
	}
	return show(s, tables, cli.Tables())
}

func (s *Shell) describe(ctx context.Context, arguments []string) error {
	database, name, ok := strings.Cut(arguments[0], ".")
	if !ok || name == "" {
		return fmt.Errorf("write it as: describe DB.TABLE")
	}
	tables, err := s.config.Databases.Tables(ctx, database)
	if err != nil {
		return err
	}
	for _, table := range tables {
		if strings.EqualFold(name, table.Reference) || strings.EqualFold(name, table.Name) || strings.EqualFold(name, table.Schema+"."+table.Name) {
			return show(s, table.Columns, cli.Columns())
		}
	}
	return fmt.Errorf("there is no table %q in %s: tables %s lists them", name, database, database)
}

// show writes a list in the shell's format.
func show[T any](s *Shell, items []T, table cli.Table[T]) error {
	return cli.List(&cli.Output{Format: s.config.Format, Screen: s.out}, func(yield func(T, error) bool) {
		for _, item := range items {
			if !yield(item, nil) {
				return
			}
		}
	}, table)
}

// use compiles a monitor and defines its names.
func (s *Shell) use(ctx context.Context, arguments []string) error {
	m, err := s.config.Monitor(ctx, arguments[0])
	if err != nil {
		return err
	}
	program, diagnostics := s.config.Compiler.Compile(m.Name, m.Files)
	for _, d := range diagnostics {
		s.errs.Note("%s", d)
	}
	if program == nil {
		return fmt.Errorf("the code of %s has mistakes", m.Name)
	}
	s.errs.Note("%s: %s", m.Name, strings.Join(s.console.Use(program), ", "))
	return nil
}

// help shows what there is, or what one thing does.
func (s *Shell) help(ctx context.Context, arguments []string) error {
	if len(arguments) == 0 {
		s.overview()
		return s.out.Err()
	}
	name := strings.TrimSuffix(arguments[0], "()")
	for _, c := range s.own() {
		if c.name == name {
			s.out.Linef("%s\n    %s", strings.TrimSpace(c.name+" "+c.arguments), c.summary)
			return s.out.Err()
		}
	}
	if signature, doc := s.console.Describe(name); signature != "" {
		s.out.Linef("%s\n    %s", signature, doc)
		return s.out.Err()
	}
	if s.isCommand(name) {
		return s.config.Commands.Run(ctx, []string{name, "--help"})
	}
	if members := s.console.Members(name); len(members) > 0 {
		s.out.Linef("%s has %s", name, strings.Join(members, ", "))
		return s.out.Err()
	}
	return fmt.Errorf("there is no command or function %q: help lists what there is", name)
}

// overview is the whole help.
func (s *Shell) overview() {
	s.out.Linef("Code is that of monitors; what an expression gives is shown, a list of rows as a table:\n")
	s.out.Linef(`    query("shop", "select * from orders limit 5")`)
	s.out.Linef("    stuck = [o for o in _ if o[\"status\"] != \"paid\"]     # _ is what was shown last\n")
	s.out.Linef("A line that begins with one of these words is a command:\n")
	for _, c := range s.own() {
		s.out.Linef("    %-20s %s", c.name+" "+c.arguments, c.summary)
	}
	for _, c := range s.config.Commands.List() {
		s.out.Linef("    %-20s %s", c.Name+" ...", c.Summary)
	}
	s.out.Linef("\nTab completes. Ctrl-C stops what runs, or clears the line. Ctrl-D leaves.")
	s.out.Linef("help NAME says more of a function or a command: help query")
}
