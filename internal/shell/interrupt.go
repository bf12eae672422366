package shell

import (
	"context"
	"errors"
	"os"
	"os/signal"
)

// errInterrupted is the cause of what Ctrl-C ends.
var errInterrupted = errors.New("interrupted")

// interrupts ends what runs when Ctrl-C is pressed. At the prompt the terminal
// gives it as a key, and nothing arrives here.
type interrupts struct{ signals chan os.Signal }

// newInterrupts takes Ctrl-C away from the process, until it is stopped.
func newInterrupts() *interrupts {
	i := &interrupts{signals: make(chan os.Signal, 1)}
	signal.Notify(i.signals, os.Interrupt)
	return i
}

func (i *interrupts) stop() { signal.Stop(i.signals) }

// run runs something that Ctrl-C ends. impatient is called when it is pressed
// again.
func (i *interrupts) run(ctx context.Context, do func(context.Context) error, impatient func()) error {
	select {
	case <-i.signals: // it came while nothing was running
	default:
	}
	ctx, cancel := context.WithCancelCause(ctx)
	ended := make(chan struct{})
	watching := make(chan struct{})
	go func() {
		defer close(watching)
		for {
			select {
			case <-ended:
				return
			case <-i.signals:
				if ctx.Err() != nil {
					impatient()
				}
				cancel(errInterrupted)
			}
		}
	}()
	err := do(ctx)
	close(ended)
	<-watching
	interrupted := errors.Is(context.Cause(ctx), errInterrupted)
	cancel(nil)
	if interrupted && err != nil {
		return errInterrupted
	}
	return err
}
