package store

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Overview is what somebody sees first.
type Overview interface {
	// Activity tells how the issues of monitors came and went, ordered by the
	// monitors' names; without those of which there is nothing to tell. What it costs
	// grows with what happened since From, not with history.
	Activity(ctx context.Context, q ActivityQuery) ([]Activity, error)
	// Summary counts what is wrong, and how monitors are, as of now.
	Summary(ctx context.Context, now time.Time) (Summary, error)
}

// ActivityQuery says of what time, in which parts.
type ActivityQuery struct {
	// Monitor is a name, as in other filters; empty: all that are not archived.
	Monitor string
	From    time.Time
	// Step is how long each part is, in whole microseconds.
	Step time.Duration
	// Buckets is how many parts there are. The last one may reach past the present:
	// what is active at its end is what is active now.
	Buckets int
}

// Activity is how the issues of a monitor came and went: a number for each part.
type Activity struct {
	Monitor string
	// Active is how many there were at the end of a part.
	Active []int
	// Created, Solved and Dropped are how many became that within it.
	Created, Solved, Dropped []int
}

// Summary counts what is wrong, and how monitors are.
type Summary struct {
	// Alerts are the active ones; priorities that none has may be missing.
	Alerts       map[monitor.Priority]AlertCounts
	ActiveIssues int
	// Monitors are those that are not archived; healths that none has may be missing.
	Monitors map[monitor.Health]int
}

// AlertCounts counts active alerts.
type AlertCounts struct {
	Active int
	// Unacknowledged are those not acknowledged at their priority (R60).
	Unacknowledged int
	Silenced       int
	// Waiting are neither acknowledged nor silenced.
	Waiting int
}
