package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/app"
	"github.com/vedettehq/vedette/internal/authoring"
	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/telemetry"
)

// tryTimeout is how long a server's answer is waited for: its own limits end a try
// before.
const tryTimeout = 30 * time.Minute

// trying are the flags of commands that try a monitor, and what comes of them.
type trying struct {
	remote remote
	tasks  []string
	issues string
	local  bool

	options app.TryOptions
	author  *app.Author
	client  *client.Client
	tryer   *authoring.Tryer
}

func newTrying(s *settings, command *cobra.Command) *trying {
	t := &trying{remote: remote{settings: s}}
	t.remote.addServer(command)
	flags := command.Flags()
	flags.StringSliceVar(&t.tasks, "tasks", []string{"search", "update"}, "what to try")
	flags.StringVar(&t.issues, "issues", "", "file with a JSON list of issue data that count as active, instead of those that are stored; - reads standard input")
	flags.BoolVar(&t.local, "local", false, "try in this process, on the databases configured here, even if a server answers")
	complete(command, "tasks", []string{"search", "update"})
	return t
}

// begin reads what the flags name. It is followed by end.
func (t *trying) begin() error {
	if t.local && t.remote.server != "" {
		return usageError{errors.New("--local and --server contradict each other: name one")}
	}
	var err error
	if t.options.Tasks, err = monitor.ParseTasks(t.tasks); err != nil {
		return usageError{fmt.Errorf("--tasks: %w", err)}
	}
	if t.options.Tasks == 0 {
		return usageError{fmt.Errorf("--tasks: none are named: search, update or both")}
	}
	if t.options.Issues, err = readIssues(t.issues); err != nil {
		return err
	}
	if t.author, err = t.remote.settings.author(); err != nil {
		return err
	}
	t.tryer = &authoring.Tryer{Local: t.author, MustAnswer: t.remote.server != ""}
	if t.local {
		return nil
	}
	if t.client, err = t.remote.connect(tryTimeout); err != nil {
		return err
	}
	t.tryer.Server = t.client
	return nil
}

func (t *trying) end() {
	if t.client != nil {
		t.client.Close()
	}
}

// Try tries a monitor; an error of the server says what may be behind it.
func (t *trying) Try(ctx context.Context, target string, options app.TryOptions) (authoring.Tried, error) {
	tried, err := t.tryer.Try(ctx, target, options)
	if err == nil || !tried.Remote {
		return tried, err
	}
	if monitor.CodeOf(err) == monitor.CodeForbidden {
		return tried, fmt.Errorf("%w (%s holds the token; --local tries in this process)", err, tokenVariable)
	}
	return tried, cli.Explain(ctx, t.client, telemetry.ReadBuild().Version, err)
}

// readIssues reads a list of issue data; nil if no file is named.
func readIssues(path string) ([]monitor.Data, error) {
	if path == "" {
		return nil, nil
	}
	if path == "-" {
		path = "/dev/stdin"
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read issues: %w", err)
	}
	issues, err := parseIssues(text)
	if err != nil {
		return nil, fmt.Errorf("read issues from %s: %w", path, err)
	}
	return issues, nil
}

func parseIssues(text []byte) ([]monitor.Data, error) {
	if !json.Valid(text) {
		return nil, fmt.Errorf("it is no JSON: %w", json.Unmarshal(text, new(any)))
	}
	issues := []monitor.Data{}
	switch whole := monitor.Data(text); {
	case whole.IsObject():
		return nil, errors.New("it is a single object: put it into a list, [{...}]")
	case json.Unmarshal(text, &issues) != nil || issues == nil:
		return nil, errors.New("it has to be a JSON list with an object for each issue, [{...}, {...}]")
	}
	for i, issue := range issues {
		if !issue.IsObject() {
			return nil, fmt.Errorf("entry %d is no object: the data of an issue is one, such as {\"id\": 7}", i+1)
		}
	}
	return issues, nil
}
