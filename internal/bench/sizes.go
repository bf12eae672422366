package main

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/e2e/process"
)

// sizes are how much is measured.
type sizes struct {
	// rounds is how often a work is done; its figure is the median. Large ones
	// are done less often.
	rounds, largeRounds int
	// issues is how many issues a monitor has; few and many are to compare it with.
	issues, few, many int
	// monitors, each with issuesEach issues, are run by workers at a time.
	monitors, issuesEach, workers int
	// places are how many runs that wait are under way at a time.
	places []int
	// due monitors are claimed out of as many registered ones, and out of more.
	due, registered int
	// loaded is how many compiled monitors are kept in memory.
	loaded int
	// listed is how long lists are, and listing is for how long they are read.
	listed  int
	listing time.Duration
	// settling is how long the examples run before memory is read.
	settling time.Duration
	// watched is for how long it is watched whether runs start on time.
	watched time.Duration
	// build builds the binary into a folder.
	build func(ctx context.Context, folder string) (binary string, err error)
}

var fullSizes = sizes{
	rounds: 5, largeRounds: 3,
	issues: 10_000, few: 1000, many: 100_000,
	monitors: 1000, issuesEach: 10, workers: 16,
	places: []int{10, 50, 200},
	due:    10_000, registered: 100_000,
	loaded: 10_000,
	listed: 1000, listing: 3 * time.Second,
	settling: 10 * time.Second,
	watched:  15 * time.Second,
	build:    process.BuildRelease,
}

var quickSizes = sizes{
	rounds: 1, largeRounds: 1,
	issues: 40, few: 20, many: 80,
	monitors: 20, issuesEach: 2, workers: 4,
	places: []int{2, 4},
	due:    20, registered: 40,
	loaded: 20,
	listed: 20, listing: 100 * time.Millisecond,
	settling: 100 * time.Millisecond,
	watched:  2 * time.Second,
	build:    process.Build,
}
