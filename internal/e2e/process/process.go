package process

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// Config says what to start and where.
type Config struct {
	// Binary is the path of the binary.
	Binary string
	// Args are the command and its arguments, such as run.
	Args []string
	// Dir is the working directory.
	Dir string
	// Env are NAME=value. Of this process's own environment only what a program
	// needs to start at all is passed on, so that a run depends on nothing else.
	Env []string
	// Address is where the process will serve HTTP: host:port.
	Address string
}

// Process is a running binary.
type Process struct {
	address string
	command *exec.Cmd
	log     *buffer
	exited  chan struct{}
	// err is how it ended; to be read after exited.
	err error
}

// Start starts the binary. It does not wait until it is ready. Whoever starts a
// process ends it, with Kill or Stop.
func Start(config Config) (*Process, error) {
	p := &Process{address: config.Address, log: newBuffer(), exited: make(chan struct{})}
	p.command = exec.Command(config.Binary, config.Args...) //nolint:noctx // how it ends is what is tested
	p.command.Dir = config.Dir
	p.command.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + config.Dir, "TMPDIR=" + os.TempDir()}, config.Env...)
	p.command.Stdout, p.command.Stderr = p.log, p.log
	if err := p.command.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", config.Binary, err)
	}
	go func() {
		p.err = p.command.Wait()
		close(p.exited)
	}()
	return p, nil
}

// PID is the process's id.
func (p *Process) PID() int { return p.command.Process.Pid }

// URL is where it serves, without a slash at the end.
func (p *Process) URL() string { return "http://" + p.address }

// Log is what it has written so far, to standard output and standard error.
func (p *Process) Log() string { return p.log.String() }

// Exited is closed when the process has ended.
func (p *Process) Exited() <-chan struct{} { return p.exited }

// Kill ends the process as a power cut would, and waits until it is gone.
func (p *Process) Kill() error {
	err := p.command.Process.Kill()
	<-p.exited
	if errors.Is(err, os.ErrProcessDone) {
		return nil
	}
	return err
}

// Stop asks the process to end in order, with SIGTERM, and waits for it. When ctx
// ends first, it is killed, and where its goroutines are stands in the log. The
// error says if it did not exit with status 0.
func (p *Process) Stop(ctx context.Context) error {
	if err := p.signal(syscall.SIGTERM); err != nil {
		return err
	}
	select {
	case <-p.exited:
		return p.failure()
	case <-ctx.Done():
		return errors.Join(fmt.Errorf("stop the process: %w", context.Cause(ctx)), p.dump())
	}
}

// dumpTime is how long a process may take to write down its goroutines.
const dumpTime = 5 * time.Second

// dump ends the process with its goroutines in the log.
func (p *Process) dump() error {
	err := p.signal(syscall.SIGQUIT)
	select {
	case <-p.exited:
	case <-time.After(dumpTime):
	}
	return errors.Join(err, p.Kill())
}

// Freeze has the process do nothing at all, as a machine does that is suspended,
// until Thaw.
func (p *Process) Freeze() error { return p.signal(syscall.SIGSTOP) }

// Thaw has it go on where it was.
func (p *Process) Thaw() error { return p.signal(syscall.SIGCONT) }

// signal does nothing to a process that has ended.
func (p *Process) signal(signal os.Signal) error {
	if err := p.command.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	return nil
}

// Wait waits until the process has ended by itself and returns its exit status.
func (p *Process) Wait(ctx context.Context) (int, error) {
	select {
	case <-p.exited:
		return p.command.ProcessState.ExitCode(), nil
	case <-ctx.Done():
		return 0, fmt.Errorf("wait for the process to end: %w", context.Cause(ctx))
	}
}

// WaitLog waits until the process has written the text.
func (p *Process) WaitLog(ctx context.Context, text string) error {
	for {
		more := p.log.grown()
		if p.log.contains(text) {
			return nil
		}
		select {
		case <-more:
		case <-p.exited:
			if p.log.contains(text) {
				return nil
			}
			return fmt.Errorf("the process ended without writing %q: %w", text, p.failure())
		case <-ctx.Done():
			return fmt.Errorf("wait for %q: %w; it wrote:\n%s", text, context.Cause(ctx), p.Log())
		}
	}
}

func (p *Process) failure() error {
	if p.err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w; it wrote:\n%s", p.command.Path, p.err, p.Log())
}

// poll is how often facts are looked at that nothing announces.
const poll = 5 * time.Millisecond
