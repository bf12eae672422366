// Command bench measures the platform, each figure beside its floor, and prints
// them as a table: docs/performance.md says what they mean.
//
//	go run ./internal/bench -run issues
//
// It measures from outside or through the real executor and must not have a
// shorter way into the store than a run has.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"slices"
	"strings"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := command(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// command reads the arguments and runs what they select. The table goes to out,
// what is going on meanwhile to progress.
func command(ctx context.Context, arguments []string, out, progress io.Writer) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(progress)
	pattern := flags.String("run", "", "measure only the works whose names match this regular expression")
	store := flags.String("store", "", "measure only on this store: sqlite or postgres; what needs none is measured all the same")
	quick := flags.Bool("quick", false, "use small sizes and one round: whether it works, not how fast")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	selected, err := regexp.Compile(*pattern)
	if err != nil {
		return fmt.Errorf("-run: %w", err)
	}
	sizes := fullSizes
	if *quick {
		sizes = quickSizes
	}
	stores := kinds
	if *store != "" {
		if !slices.Contains(kinds, *store) {
			return fmt.Errorf("-store: %q is none of %s", *store, strings.Join(kinds, ", "))
		}
		stores = []string{*store}
	}
	return measureAll(ctx, newLab(stores, sizes), selected, out, progress)
}
