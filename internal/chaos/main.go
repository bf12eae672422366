// Command chaos runs the platform as real processes on real servers, does to them
// what happens to processes and servers, and looks afterwards whether anything was
// lost, late or done twice. docs/scaling.md says what the figures mean.
//
//	go run ./internal/chaos -duration 5m -seed 42
//
// It knows the binary, its configuration and the tables, and must not know how
// any of it works inside.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/signal"
	"regexp"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := command(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "chaos:", err)
		os.Exit(1)
	}
}

// command reads the arguments and runs the trials that they select. Figures go to
// out, what is going on meanwhile to progress.
func command(ctx context.Context, arguments []string, out, progress io.Writer) (err error) {
	trials, binary, err := readArguments(arguments, progress)
	if err != nil {
		return err
	}
	l := &lab{binary: binary, progress: progress}
	if err := l.open(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.close()) }()
	return runTrials(ctx, l, trials, out)
}

// readArguments gives the trials that are asked for, and the binary to run; empty:
// this repository's.
func readArguments(arguments []string, progress io.Writer) ([]trial, string, error) {
	flags := flag.NewFlagSet("chaos", flag.ContinueOnError)
	flags.SetOutput(progress)
	duration := flags.Duration("duration", 5*time.Minute, "for how long faults are inflicted, over all trials")
	seed := flags.Uint64("seed", 0, "what decides which faults come when; 0: any")
	run := flags.String("run", "", "only the trials whose names match this regular expression")
	only := flags.String("faults", "", "only the faults whose names match this regular expression")
	monitors := flags.Int("monitors", 300, "how many monitors each trial has")
	tolerance := flags.Duration("tolerance", usualPace.tolerance, "how late anything may be that no fault kept from being done, beside what the machine was held up meanwhile")
	binary := flags.String("binary", "", "the binary to run; empty: this repository's")
	clocks := flags.Bool("clocks", true, "have clocks that are off, for which the binary is built a second time")
	if err := flags.Parse(arguments); err != nil {
		return nil, "", err
	}
	selected, err := regexp.Compile(*run)
	if err != nil {
		return nil, "", fmt.Errorf("-run: %w", err)
	}
	t := trial{monitors: *monitors, seed: *seed, clocks: *clocks && *binary == "", pace: usualPace}
	if t.only, err = regexp.Compile(*only); err != nil {
		return nil, "", fmt.Errorf("-faults: %w", err)
	}
	t.pace.tolerance = *tolerance
	if *monitors < 1 || *duration <= 0 {
		return nil, "", errors.New("-monitors and -duration have to be more than 0")
	}
	if t.seed == 0 {
		t.seed = rand.Uint64()
	}
	trials := t.selectTrials(selected, *duration)
	if len(trials) == 0 {
		return nil, "", fmt.Errorf("no trial matches %q", selected)
	}
	return trials, *binary, nil
}

// runTrials runs them one after the other and goes on after one that failed.
func runTrials(ctx context.Context, l *lab, trials []trial, out io.Writer) error {
	var failed []error
	for _, t := range trials {
		result, err := t.run(ctx, l)
		if printErr := result.print(out); printErr != nil {
			return errors.Join(err, printErr)
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("%s, seed %d: %w", t.name, t.seed, err))
		}
		if ctx.Err() != nil {
			break
		}
	}
	return errors.Join(failed...)
}
