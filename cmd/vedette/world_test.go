package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/app"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/config"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/telemetry"
	"github.com/vedettehq/vedette/internal/testenv"
)

// beItself has the binary of the tests be vedette: commands are tested as
// processes, with their exit statuses, on pipes.
const beItself = "VEDETTE_TEST_BE_ITSELF"

func TestMain(m *testing.M) {
	if os.Getenv(beItself) != "" {
		os.Exit(execute())
	}
	testenv.Main(m)
}

// ended is what became of a command.
type ended struct {
	status      int
	out, errors string
}

// vedette runs a command in a folder of its own; environment are NAME=value.
func vedette(t *testing.T, environment []string, args ...string) ended {
	t.Helper()
	return vedetteIn(t, t.TempDir(), environment, args...)
}

func vedetteIn(t *testing.T, dir string, environment []string, args ...string) ended {
	t.Helper()
	binary, err := os.Executable()
	require.NoError(t, err)
	var out, errorOut bytes.Buffer
	command := exec.CommandContext(t.Context(), binary, args...)
	command.Dir, command.Stdout, command.Stderr = dir, &out, &errorOut
	command.Env = append([]string{beItself + "=1", "PATH=" + os.Getenv("PATH"), "HOME=" + dir}, environment...)
	err = command.Run()
	if _, exited := errors.AsType[*exec.ExitError](err); !exited {
		require.NoError(t, err)
	}
	return ended{status: command.ProcessState.ExitCode(), out: out.String(), errors: errorOut.String()}
}

// world is a running platform with a healthy monitor, one whose alerts people
// solve, and a broken one.
type world struct {
	*testing.T
	url    string
	client *client.Client
}

var monitors = map[string]string{
	"orders": `"""Orders that are stuck."""
monitor(search_cron = "0 0 1 1 *", update_cron = "0 0 1 1 *", model_id_key = "id", alert = count_rule(high = 0), labels = {"team": "shop"})
def search():
    return [{"id": 7, "status": "stuck"}, {"id": 8, "status": "stuck"}]
def update(issues):
    return issues
def is_solved(issue):
    return issue["status"] != "stuck"
`,
	"letters": `monitor(search_cron = "0 0 1 1 *", model_id_key = "id", solvable = False, unique = True, alert = count_rule(low = 0))
def search():
    return [{"id": 1}]
`,
	"broken": `monitor(search_cron = "0 0 1 1 *", model_id_key = "id", solvable = False)
def search():
    log.info("before", rows = 7)
    fail("no stock")
`,
}

func newWorld(t *testing.T) *world {
	t.Helper()
	dir := t.TempDir()
	for name, code := range monitors {
		require.NoError(t, os.MkdirAll(filepath.Join(dir, "monitors", name), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, "monitors", name, monitor.CodeFile), []byte(code), 0o600))
	}
	c := config.Default()
	c.Monitors.Path = filepath.Join(dir, "monitors")
	c.ApplicationDatabase.Address = monitor.NewSecret("sqlite://" + filepath.Join(dir, "vedette.db"))
	c.HTTPServer.Address = freeAddress(t)
	c.Controller.Tick = 20 * time.Millisecond
	w := &world{T: t, url: "http://" + c.HTTPServer.Address}
	w.start(c)
	w.await("monitors are there and have run", func() bool {
		page, err := w.client.Monitors(t.Context(), client.MonitorFilter{}, client.Paging{})
		for _, m := range page.Items {
			if m.LastExecution == nil || m.LastExecution.FinishedAt == nil {
				return false
			}
		}
		return err == nil && len(page.Items) == len(monitors)
	})
	return w
}

func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, listener.Close())
	return listener.Addr().String()
}

func (w *world) start(c config.Config) {
	w.Helper()
	build := telemetry.ReadBuild()
	build.Version = "v9.9.9"
	ctx, stop := context.WithCancel(context.WithoutCancel(w.Context()))
	a, err := app.New(ctx, app.Options{
		Config: c, Role: app.Controller | app.Executor, Plugins: compiledIn(),
		Logger: slog.New(slog.DiscardHandler), Registry: telemetry.NewRegistry(build), Build: build,
	})
	require.NoError(w, err)
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx) }()
	w.Cleanup(func() {
		stop()
		require.NoError(w, <-done)
	})
	w.client, err = client.New(client.Config{Server: w.url})
	require.NoError(w, err)
	w.Cleanup(w.client.Close)
}

// await waits until something is the case.
func (w *world) await(what string, is func() bool) {
	w.Helper()
	require.Eventually(w, is, 30*time.Second, 20*time.Millisecond, what)
}

// run runs a command that asks the world's server.
func (w *world) run(args ...string) ended {
	w.Helper()
	return vedette(w.T, []string{serverVariable + "=" + w.url}, args...)
}

// ok runs a command that is to succeed, and gives what it printed.
func (w *world) ok(args ...string) string {
	w.Helper()
	e := w.run(args...)
	require.Zero(w, e.status, "%v: %s", args, e.errors)
	return e.out
}

// alertOf gives the only active alert of a monitor.
func (w *world) alertOf(name string) client.Alert {
	w.Helper()
	page, err := w.client.Alerts(w.Context(), client.AlertFilter{Monitor: name, Status: "active"}, client.Paging{})
	require.NoError(w, err)
	require.Len(w, page.Items, 1)
	return page.Items[0]
}

// silent is a server that takes requests and never answers.
func silent(t *testing.T) string {
	t.Helper()
	ended := make(chan struct{})
	server := http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-ended:
		case <-r.Context().Done():
		}
	})}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	t.Cleanup(func() {
		close(ended)
		require.NoError(t, server.Close())
		require.ErrorIs(t, <-done, http.ErrServerClosed)
	})
	return "http://" + listener.Addr().String()
}
