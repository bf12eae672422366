package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/vedettehq/vedette/internal/app"
	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/config"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/shell"
	"github.com/vedettehq/vedette/internal/telemetry"
)

// shellParts are what a shell stands on, and how that is released.
type shellParts struct {
	config shell.Config
	close  func() error
}

// openShell finds out where queries run: on the server that was named or that
// answers, else here.
func (r *remote) openShell(ctx context.Context, local, scripted bool, messages io.Writer) (*shellParts, error) {
	if local {
		return r.openLocalShell(ctx, scripted)
	}
	named, err := r.isNamed()
	if err != nil {
		return nil, err
	}
	c, err := r.connect(0)
	if err != nil {
		return nil, err
	}
	answers, err := r.answers(ctx, c, named)
	if err != nil {
		defer c.Close()
		return nil, cli.Explain(ctx, c, telemetry.ReadBuild().Version, err)
	}
	if answers {
		return r.openRemoteShell(c, scripted), nil
	}
	c.Close()
	if _, err := fmt.Fprintf(messages, "vedette: no server answers at %s, so this shell queries the databases configured here\n", defaultServer); err != nil {
		return nil, err
	}
	return r.openLocalShell(ctx, scripted)
}

// answers tells whether a server is there, and lets us in. One that was named has
// to be.
func (r *remote) answers(ctx context.Context, c *client.Client, named bool) (bool, error) {
	if !named && monitor.CodeOf(c.Alive(ctx)) == monitor.CodeUnavailable {
		return false, ctx.Err()
	}
	_, err := c.Status(ctx)
	return err == nil, err
}

// isNamed tells whether somebody said where the server is.
func (r *remote) isNamed() (bool, error) {
	lookup, err := config.Lookup(config.LoadOptions{EnvFile: r.settings.envFile, Environ: os.Environ()})
	if err != nil {
		return false, err
	}
	_, named, err := lookup(serverVariable)
	return named || r.server != "", err
}

// openRemoteShell queries by way of a server. What is configured here matters
// little then, and a broken configuration does not.
func (r *remote) openRemoteShell(c *client.Client, scripted bool) *shellParts {
	configured, err := r.settings.load()
	if err != nil {
		configured = config.Default()
	}
	parts := app.NewConsole(configured, scripted)
	inner := *r.settings
	inner.server = c.Server()
	return &shellParts{
		config: shell.Config{
			Databases: c,
			Commands:  newShellCommands(inner),
			NoOutside: "it is for the platform, not for this machine, to make such calls; with --local the shell is the platform",
			Monitor: func(ctx context.Context, name string) (shell.Monitor, error) {
				if isFolder(name) {
					return readShellMonitor(name)
				}
				return storedMonitor(ctx, c, name)
			},
			Compiler: parts.Compiler,
			Limits:   parts.Limits,
			Place:    "the server " + c.Server(),
			Lookup:   os.LookupEnv,
		},
		close: func() error { c.Close(); return nil },
	}
}

// openLocalShell queries what is configured here.
func (r *remote) openLocalShell(ctx context.Context, scripted bool) (*shellParts, error) {
	configured, err := r.settings.load()
	if err != nil {
		return nil, err
	}
	here, err := app.OpenLocal(ctx, configured, compiledIn())
	if err != nil {
		return nil, err
	}
	parts := app.NewConsole(configured, scripted)
	inner := *r.settings
	inner.noServer = true
	return &shellParts{
		config: shell.Config{
			Databases: here,
			Outside:   here,
			Commands:  newShellCommands(inner),
			Monitor: func(_ context.Context, name string) (shell.Monitor, error) {
				if isFolder(name) {
					return readShellMonitor(name)
				}
				files, err := app.FindMonitor(configured, name)
				return shell.Monitor{Name: name, Files: files}, err
			},
			Compiler: parts.Compiler,
			Limits:   parts.Limits,
			Place:    "the databases configured here",
			Lookup:   os.LookupEnv,
		},
		close: here.Close,
	}, nil
}

// isFolder tells a path from a name.
func isFolder(name string) bool { return strings.ContainsRune(name, filepath.Separator) || name == "." }

func readShellMonitor(dir string) (shell.Monitor, error) {
	name, files, err := app.ReadMonitor(dir)
	return shell.Monitor{Name: name, Files: files}, err
}

// storedMonitor reads the current version of a monitor of the server.
func storedMonitor(ctx context.Context, c *client.Client, name string) (shell.Monitor, error) {
	m, err := c.Monitor(ctx, name)
	if err != nil {
		return shell.Monitor{}, err
	}
	version, err := c.Version(ctx, name, m.Version)
	if err != nil {
		return shell.Monitor{}, err
	}
	return shell.Monitor{Name: m.Name, Files: monitor.Files(version.Files)}, nil
}
