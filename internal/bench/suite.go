package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"time"
)

// work is something that is measured.
type work struct {
	// name selects it on the command line.
	name    string
	measure func(context.Context, *lab) ([]figure, error)
}

// works are all that is measured, in the order of the table.
func works() []work {
	return []work{
		{"issues", measureIssues},
		{"many-issues", measureManyIssues},
		{"small-runs", measureSmallRuns},
		{"waiting", measureWaiting},
		{"claim", measureClaim},
		{"script", measureScript},
		{"loaded", measureLoaded},
		{"lists", measureLists},
		{"start", measureStart},
		{"idle", measureIdle},
		{"killed", measureKilled},
		{"due", measureDue},
		{"binary", measureBinary},
	}
}

// measureAll measures the selected works and prints their figures.
func measureAll(ctx context.Context, l *lab, selected *regexp.Regexp, out, progress io.Writer) (err error) {
	if err := l.open(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.close()) }()
	var figures []figure
	for _, work := range works() {
		if !selected.MatchString(work.name) {
			continue
		}
		start := time.Now()
		if _, err := fmt.Fprintf(progress, "%s ... ", work.name); err != nil {
			return err
		}
		found, err := work.measure(ctx, l)
		if err != nil {
			return fmt.Errorf("measure %s: %w", work.name, err)
		}
		if _, err := fmt.Fprintf(progress, "%.1f s\n", time.Since(start).Seconds()); err != nil {
			return err
		}
		figures = append(figures, found...)
	}
	if len(figures) == 0 {
		return fmt.Errorf("no work matches %q", selected)
	}
	return printTable(out, figures)
}
