package authoring

import (
	"context"
	"slices"

	"github.com/vedettehq/vedette/internal/app"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// Tool looks at a folder in this process.
type Tool interface {
	// Validate finds all mistakes in the code.
	Validate(dir string) monitor.Diagnostics
	// Test runs the tests whose names match filter.
	Test(ctx context.Context, dir, filter string) (app.TestResult, error)
}

var _ Tool = (*app.Author)(nil)

// Trier tries a folder's monitor, wherever that is; [Tryer] does.
type Trier interface {
	Try(ctx context.Context, dir string, options app.TryOptions) (Tried, error)
}

var _ Trier = (*Tryer)(nil)

// Round is what one look at a folder found.
type Round struct {
	Diagnostics monitor.Diagnostics
	// Tests is nil if the code does not compile.
	Tests *app.TestResult
	// Preview is nil if the monitor could not be tried: Err then says why, unless
	// the diagnostics do.
	Preview *client.Preview
	// Where says where it was tried.
	Where string
	Err   error
}

// Work does a round. It goes on after failed tests: the plan may show why.
func Work(ctx context.Context, tool Tool, trier Trier, dir string, options app.TryOptions) Round {
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
	tried, err := trier.Try(ctx, dir, options)
	r.Where = tried.Where
	switch {
	case err != nil:
		r.Err = err
	case tried.Diagnostics.HasErrors():
		// The server sees it otherwise, or it was saved again meanwhile.
		r.Diagnostics = tried.Diagnostics
	default:
		r.Preview = &tried.Preview
	}
	return r
}
