package authoring

import (
	"context"
	"slices"

	"github.com/vedettehq/vedette/internal/app"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// Tool does on a folder what a round consists of.
type Tool interface {
	// Validate finds all mistakes in the code.
	Validate(dir string) monitor.Diagnostics
	// Test runs the tests whose names match filter.
	Test(ctx context.Context, dir, filter string) (app.TestResult, error)
	// Try runs the monitor without writing anything.
	Try(ctx context.Context, dir string, options app.TryOptions) (client.Preview, monitor.Diagnostics, error)
}

var _ Tool = (*app.Author)(nil)

// Round is what one look at a folder found.
type Round struct {
	Diagnostics monitor.Diagnostics
	// Tests is nil if the code does not compile.
	Tests *app.TestResult
	// Preview is nil if the monitor could not be tried: Err then says why, unless
	// the diagnostics do.
	Preview *client.Preview
	Err     error
}

// Work does a round. It goes on after failed tests: the plan may show why.
func Work(ctx context.Context, tool Tool, dir string, options app.TryOptions) Round {
	r := Round{Diagnostics: tool.Validate(dir)}
	if r.Diagnostics.HasErrors() {
		return r
	}
	tests, err := tool.Test(ctx, dir, "")
	if err != nil {
		return Round{Diagnostics: r.Diagnostics, Err: err}
	}
	// What compiling found has been said.
	tests.Diagnostics = slices.DeleteFunc(tests.Diagnostics, func(d monitor.Diagnostic) bool {
		return slices.Contains(r.Diagnostics, d)
	})
	r.Tests = &tests
	preview, diagnostics, err := tool.Try(ctx, dir, options)
	switch {
	case err != nil:
		r.Err = err
	case diagnostics.HasErrors():
		// It was saved again meanwhile: the next round says the rest.
		r.Diagnostics = diagnostics
	default:
		r.Preview = &preview
	}
	return r
}
