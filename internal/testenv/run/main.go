// Command run runs a command with what tests need: it starts one PostgreSQL
// server for all packages, and tells at the end what was skipped and how to
// enable it.
//
//	go run ./internal/testenv/run go test ./...
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/vedettehq/vedette/internal/testenv"
)

func main() {
	// The command gets the terminal's signals itself; this process stays to tidy up.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code, err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "test environment:", err)
		code = 1
	}
	os.Exit(code)
}

func run(ctx context.Context, command []string) (code int, err error) {
	if len(command) == 0 {
		return 2, errors.New("usage: run COMMAND [ARG...]")
	}
	dir, err := os.MkdirTemp("", "vedette-test-")
	if err != nil {
		return 1, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	skips := filepath.Join(dir, "skips")
	environment := append(os.Environ(), testenv.EnvSkips+"="+skips)

	if os.Getenv(testenv.EnvPostgres) == "" {
		// Without a server each test that needs one says so itself.
		if server, startErr := testenv.StartPostgres(ctx, testenv.Fast); startErr == nil {
			defer func() { err = errors.Join(err, server.Stop()) }()
			environment = append(environment, testenv.EnvPostgres+"="+server.URL)
		}
	}

	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.Env = os.Stdin, os.Stdout, os.Stderr, environment
	runErr := cmd.Run()
	if exit, ok := errors.AsType[*exec.ExitError](runErr); ok {
		code = exit.ExitCode()
	} else if runErr != nil {
		return 1, runErr
	}
	return code, tellSkips(skips)
}

func tellSkips(path string) error {
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	total := len(lines)
	slices.Sort(lines)
	for _, line := range slices.Compact(lines) {
		fmt.Fprintln(os.Stderr, "skipped, for want of", line)
	}
	fmt.Fprintf(os.Stderr, "%d tests were skipped\n", total)
	return nil
}
