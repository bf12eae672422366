package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite" // the shop of these tests is made with it
)

// shopIn makes a database, and gives the environment in which it is the shop.
func shopIn(t *testing.T, dir string) []string {
	t.Helper()
	path := filepath.Join(dir, "orders.db")
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	_, err = db.ExecContext(t.Context(), "create table orders (id integer primary key, status text); insert into orders values (1, 'paid'), (2, 'new')")
	require.NoError(t, err)
	require.NoError(t, db.Close())
	return []string{"DATABASE_SHOP=sqlite://" + path}
}

// piped runs a command with something on its standard input.
func piped(t *testing.T, dir string, environment []string, input string, args ...string) ended {
	t.Helper()
	binary, err := os.Executable()
	require.NoError(t, err)
	var out, errorOut bytes.Buffer
	command := exec.CommandContext(t.Context(), binary, args...)
	command.Dir, command.Stdin, command.Stdout, command.Stderr = dir, strings.NewReader(input), &out, &errorOut
	command.Env = append([]string{beItself + "=1", "PATH=" + os.Getenv("PATH"), "HOME=" + dir}, environment...)
	err = command.Run()
	if _, exited := errors.AsType[*exec.ExitError](err); !exited {
		require.NoError(t, err)
	}
	return ended{status: command.ProcessState.ExitCode(), out: out.String(), errors: errorOut.String()}
}

func TestShell_RunsAScriptHere(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	environment := shopIn(t, dir)
	e := piped(t, dir, environment, "rows = query(\"shop\", \"select * from orders\")\nrows\ndatabases\nversion\n", "shell", "--local")
	require.Zero(t, e.status, e.errors)
	require.Equal(t, "id  status\n 1  paid\n 2  new\nNAME  KIND\nshop  sqlite\n", e.out[:strings.Index(e.out, "vedette")])
	require.Empty(t, e.errors)
	require.NotContains(t, e.out, "\x1b")

	e = piped(t, dir, environment, "print(1)\nquery(\"shop\", \"select * from order_items\")\nprint(2)\n", "shell", "--local")
	require.Equal(t, exitFailed, e.status)
	require.Equal(t, "1\n", e.out)
	require.Equal(t, "vedette: stdin:2:1: database \"shop\": no such table: order_items\n", e.errors)

	e = vedetteIn(t, dir, environment, "shell", "--local", "-o", "json", "-c", `query("shop", "select status from orders where id = ?", 2)`)
	require.Zero(t, e.status, e.errors)
	require.Equal(t, `[{"status":"new"}]`+"\n", e.out)

	e = vedetteIn(t, dir, environment, "shell", "--local", "-c", "alert list")
	require.Equal(t, exitFailed, e.status)
	require.Contains(t, e.errors, "this takes a server")
	require.Equal(t, exitUsage, vedetteIn(t, dir, nil, "shell", "--local", "--server", "http://127.0.0.1:1").status)
}

func TestShell_AScriptIsBounded(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "configs.yaml"), []byte("executor: {max_steps: 10000}\n"), 0o600))
	for _, e := range []ended{
		vedetteIn(t, dir, nil, "shell", "--local", "-c", "while True: pass"),
		piped(t, dir, nil, "print(1)\nwhile True: pass\nprint(2)\n", "shell", "--local"),
	} {
		require.Equal(t, exitFailed, e.status)
		require.Contains(t, e.errors, "more than 10000 computation steps")
		require.NotContains(t, e.out, "2")
	}
}

func TestShell_AsksAServer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	require.Equal(t, w.ok("alert", "list"), w.ok("shell", "-c", "alert list"))
	require.Equal(t, "id  status\n 7  stuck\n 8  stuck\n", w.ok("shell", "-c", "use orders\nsearch()"))
	require.Equal(t, "[True, False]\n", w.ok("shell", "-c", "use orders\n[is_solved({'status': s}) for s in ['paid', 'stuck']]"))
	e := w.run("shell", "-c", "alert ack 99")
	require.Equal(t, exitFailed, e.status)
	require.Contains(t, e.errors, "vedette: -c:1: alert 99 does not exist")
	e = w.run("shell", "-c", `query("shop", "select 1")`)
	require.Equal(t, exitFailed, e.status)
	require.Contains(t, e.errors, `-c:1:1: there is no database "shop"`)
	e = w.run("shell", "-c", "controller")
	require.Contains(t, e.errors, "undefined: controller", "it would run for ever")
}

func TestShell_SaysWhereNobodyAnswers(t *testing.T) {
	t.Parallel()
	e := vedette(t, nil, "shell", "--server", "http://127.0.0.1:1", "-c", "1")
	require.Equal(t, exitFailed, e.status)
	require.Contains(t, e.errors, "--server or VEDETTE_SERVER says where vedette is")
	e = vedette(t, []string{serverVariable + "=http://127.0.0.1:1"}, "shell", "-c", "1")
	require.Equal(t, exitFailed, e.status, "one that was named has to be there")
}

func TestShell_OnATerminal(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	binary, err := os.Executable()
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, binary, "shell", "--local")
	command.Dir = dir
	command.Env = append([]string{beItself + "=1", "HOME=" + dir, "TERM=xterm"}, shopIn(t, dir)...)
	file, err := pty.StartWithSize(command, &pty.Winsize{Rows: 24, Cols: 80})
	require.NoError(t, err)
	var seen bytes.Buffer
	waitFor := func(text string) {
		buffer := make([]byte, 4096)
		for !strings.Contains(seen.String(), text) {
			n, err := file.Read(buffer)
			require.NoError(t, err, "waiting for %q: %s", text, seen.String())
			seen.Write(buffer[:n])
		}
		// What has come after it is there for the next.
		_, after, _ := strings.Cut(seen.String(), text)
		seen.Reset()
		seen.WriteString(after)
	}
	waitFor("vedette> ")
	_, err = file.WriteString("len(query(\"shop\", \"select * from orders\")) + 40\r")
	require.NoError(t, err)
	waitFor("42\r\n")
	waitFor("vedette> ")
	_, err = file.WriteString("\x04")
	require.NoError(t, err)
	require.NoError(t, command.Wait())
	require.NoError(t, file.Close())
	history, err := os.ReadFile(filepath.Join(dir, ".local", "state", "vedette", "shell_history"))
	require.NoError(t, err)
	require.Contains(t, string(history), "select * from orders")
}
