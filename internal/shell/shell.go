package shell

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
)

// Databases are what the shell reads from: a server's, or those of this process.
// *client.Client is one.
type Databases interface {
	// Query runs a statement. What the database refuses is a *monitor.Failure.
	Query(ctx context.Context, q monitor.Query) (monitor.Rows, error)
	Databases(ctx context.Context) ([]client.Database, error)
	Tables(ctx context.Context, database string) ([]client.Table, error)
}

// Outside is what code reaches beside databases.
type Outside interface {
	run.Caller
	run.SecretHolder
}

// Commands are those of the command line.
type Commands interface {
	// List lists their first words, sorted.
	List() []Command
	// Run runs a command with its arguments; it writes to the terminal by itself.
	// [ErrTold] says that it failed and has said why.
	Run(ctx context.Context, words []string) error
	// Complete lists what the last of the words, which may be empty, could become.
	Complete(ctx context.Context, words []string) []Candidate
}

// Command is a command by its first word.
type Command struct {
	Name string
	// Summary says in a line what it does.
	Summary string
}

// ErrTold is the error of what failed after it was said why.
var ErrTold = errors.New("failed")

// Formats of results.
const (
	FormatTable = cli.FormatTable
	FormatJSON  = cli.FormatJSON
)

// Config is what a shell is made of.
type Config struct {
	Databases Databases
	Commands  Commands
	// Outside is nil where code reaches nothing but databases; NoOutside then says
	// why.
	Outside   Outside
	NoOutside string
	// Monitor reads the files of a monitor by its name, or by its folder's path.
	Monitor  func(ctx context.Context, name string) (Monitor, error)
	Compiler *script.Compiler
	Limits   script.Limits
	// Place says in words whose databases these are.
	Place string
	// Format is one of table and json.
	Format string
	// Out is for what was asked for, Messages for everything else.
	Out, Messages io.Writer
	// Lookup reads environment variables.
	Lookup func(string) (string, bool)
}

// Monitor is the code of a monitor.
type Monitor struct {
	Name  string
	Files monitor.Files
}

// Shell runs what is typed.
type Shell struct {
	config  Config
	console *script.Console
	out     *cli.Screen
	errs    *cli.Screen
	host    *host
	schemas *schemas
	// inputs counts what was typed.
	inputs int
	seed   uint64
}

// New makes a shell.
func New(config Config) *Shell {
	s := &Shell{
		config:  config,
		console: config.Compiler.NewConsole(),
		schemas: newSchemas(config.Databases),
		seed:    uint64(time.Now().UnixNano()),
	}
	s.look()
	s.host = &host{shell: s, variables: map[string]monitor.Data{}}
	return s
}

// look finds out how wide the terminal is by now.
func (s *Shell) look() {
	s.out = cli.NewScreen(s.config.Out, s.config.Lookup)
	s.errs = cli.NewScreen(s.config.Messages, s.config.Lookup)
}
