package shell

import (
	"context"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

// shellVariable tells the test binary that it is the shell itself, on a terminal.
const shellVariable = "VEDETTE_TEST_SHELL"

// TestAsShell is no test: it is what the tests below type into.
func TestAsShell(t *testing.T) {
	if os.Getenv(shellVariable) == "" {
		t.Skip("it is run by the other tests, on a terminal of its own")
	}
	w := newWorld(t, func(c *Config) { c.Out, c.Messages, c.Lookup = os.Stdout, os.Stderr, os.LookupEnv })
	w.query = func(ctx context.Context, q monitor.Query) (monitor.Rows, error) {
		if q.SQL == "endless" {
			<-ctx.Done()
			return nil, ctx.Err()
		}
		return monitor.Rows{`{"id":1,"note":"` + monitor.Data(strings.Repeat("long ", 60)) + `"}`}, nil
	}
	history, err := OpenHistory(HistoryPath(os.LookupEnv))
	require.NoError(t, err)
	require.NoError(t, w.Interact(t.Context(), history))
}

// terminal is a shell with somebody at it.
type terminal struct {
	*testing.T
	file *os.File
	done chan error

	mu   sync.Mutex
	seen strings.Builder
	// from is where in what was seen the next wait begins.
	from int
}

// open starts a shell on a terminal of its own. home is where it keeps its history.
func open(t *testing.T, home string) *terminal {
	t.Helper()
	command := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestAsShell$")
	command.Env = append(os.Environ(), shellVariable+"=1", "XDG_STATE_HOME="+home, "HOME="+home, "TERM=xterm")
	file, err := pty.StartWithSize(command, &pty.Winsize{Rows: 40, Cols: 100})
	require.NoError(t, err)
	term := &terminal{T: t, file: file, done: make(chan error, 1)}
	read := make(chan struct{})
	go func() {
		defer close(read)
		buffer := make([]byte, 4096)
		for {
			n, err := file.Read(buffer)
			term.saw(buffer[:n])
			if err != nil {
				return
			}
		}
	}()
	go func() { term.done <- command.Wait() }()
	t.Cleanup(func() {
		_ = file.Close() // it may be closed by the end of the shell
		<-read
	})
	term.shows("vedette> ")
	return term
}

// saw takes what the shell wrote.
func (y *terminal) saw(text []byte) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.seen.Write(text)
}

func (y *terminal) types(keys string) {
	y.Helper()
	_, err := y.file.WriteString(keys)
	require.NoError(y, err)
}

// escapes are what a terminal does not show, and at the end the beginning of such.
var escapes = regexp.MustCompile(`\x1b\[[0-9;? ]*[A-Za-z]|\r|\x1b[^A-Za-z]*$`)

// shows waits until the terminal shows a text, behind what was waited for before.
func (y *terminal) shows(text string) {
	y.Helper()
	defer func() {
		if y.Failed() {
			y.Logf("seen: %q", escapes.ReplaceAllString(y.seen.String(), ""))
		}
	}()
	require.Eventually(y, func() bool {
		y.mu.Lock()
		defer y.mu.Unlock()
		plain := escapes.ReplaceAllString(y.seen.String(), "")
		i := strings.Index(plain[min(y.from, len(plain)):], text)
		if i < 0 {
			return false
		}
		y.from += i + len(text)
		return true
	}, 10*time.Second, 5*time.Millisecond, "waiting for %q", text)
}

// answers waits until the terminal shows a text and the prompt behind it: what is
// typed before that is typed ahead.
func (y *terminal) answers(text string) {
	y.Helper()
	y.shows(text)
	y.shows("vedette> ")
}

// ends waits until the shell has ended well.
func (y *terminal) ends() {
	y.Helper()
	select {
	case err := <-y.done:
		require.NoError(y, err)
	case <-time.After(30 * time.Second):
		y.Fatal("the shell goes on")
	}
}

const (
	ctrlC = "\x03"
	ctrlD = "\x04"
	up    = "\x1b[A"
)

func TestTerminal_RunsWhatIsTyped(t *testing.T) {
	t.Parallel()
	y := open(t, t.TempDir())
	y.types("20 + 22\r")
	y.answers("\n42")
	y.types("query(\"shop\", \"select 1\")\r")
	y.shows("id  note")
	y.shows("…")
	y.answers("1 row, queried in")
	y.types("def f():\r    return 7\r")
	y.shows("     ... ")
	y.types("\r")
	y.answers("\n")
	y.types("f() * 2\r")
	y.answers("\n14")
	y.types("x = missing\r")
	y.answers("undefined: missing")
	y.types("sta\t")
	y.shows("status")
	y.types("\r")
	y.answers("\n")
	y.types(ctrlD)
	y.ends()
}

func TestTerminal_CtrlCStopsWhatRunsAndNotTheShell(t *testing.T) {
	t.Parallel()
	y := open(t, t.TempDir())
	y.types("print(\"begun\"); query(\"shop\", \"endless\")\r")
	y.shows("\nbegun")
	y.types(ctrlC)
	y.answers("interrupted")
	y.types("if True:\r    print(\"looping\")\r    while True: pass\r\r")
	y.shows("\nlooping")
	y.types(ctrlC)
	y.answers("interrupted")
	y.types("this is dropped")
	y.shows("this is dropped")
	y.types(ctrlC)
	y.answers("^C")
	y.types("20 + 22\r")
	y.answers("\n42")
	y.types("exit\r")
	y.ends()
}

func TestTerminal_RemembersWhatWasTyped(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	y := open(t, home)
	y.types("print(\"remember\" + \" me\")\r")
	y.answers("\nremember me")
	y.types(ctrlD)
	y.ends()

	y = open(t, home)
	y.types(up)
	y.shows("print(")
	y.types("\r")
	y.answers("\nremember me")
	y.types(ctrlD)
	y.ends()
}

func TestTerminal_WhatIsPastedIsOneInput(t *testing.T) {
	t.Parallel()
	y := open(t, t.TempDir())
	y.types("\x1b[200~def f(x):\r    y = x + 1\r\r    return y\r\rprint(f(41))\x1b[201~")
	y.shows("print(f(41))")
	y.types("\r")
	y.answers("\n42")
	y.types(ctrlD)
	y.ends()
}
