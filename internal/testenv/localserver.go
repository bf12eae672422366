package testenv

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
)

// settings are what a server is started with for its commits.
func (d Durability) settings() []string {
	switch d {
	case Fast:
		return []string{"-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"}
	case Crashable:
		return []string{"-c", "fsync=off", "-c", "full_page_writes=off"}
	default:
		return nil
	}
}

// localServer is the process of a server, and how to start it again.
type localServer struct {
	binary     string
	arguments  []string
	dir        string
	attributes *syscall.SysProcAttr

	command *exec.Cmd
	log     bytes.Buffer
}

// start does not wait until the server answers. It is not bound to a context: the
// server outlives the test that happened to start it.
func (l *localServer) start() error {
	l.command = exec.Command(l.binary, l.arguments...)
	l.command.SysProcAttr, l.command.Dir = l.attributes, l.dir
	l.command.Stdout, l.command.Stderr = &l.log, &l.log
	if err := l.command.Start(); err != nil {
		return fmt.Errorf("start postgres: %w", err)
	}
	return nil
}

func (l *localServer) stop() error {
	// SIGINT is PostgreSQL's fast shutdown.
	err := l.command.Process.Signal(syscall.SIGINT)
	return errors.Join(err, l.command.Wait(), os.RemoveAll(l.dir))
}

func (l *localServer) restart(ctx context.Context, how os.Signal) error {
	if err := l.command.Process.Signal(how); err != nil {
		return err
	}
	// Ended as it was asked to, it may say so by its status.
	err := l.command.Wait()
	if _, exited := errors.AsType[*exec.ExitError](err); err != nil && !exited {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return l.start()
}
