package run

import "time"

// QueryTiming says how long one query took.
type QueryTiming struct {
	Routine  string
	Database string
	SQL      string
	// Arguments counts those that it was given.
	Arguments int
	Duration  time.Duration
	Rows      int
	// Sample is nil if the query failed, or if none are taken (Config.SampleQueries).
	Sample *Sample
	// Err is nil if the query succeeded.
	Err error
}

// CallTiming says how long one HTTP call took.
type CallTiming struct {
	Routine string
	Method  string
	// URL is without its user and its query.
	URL string
	// Status is 0 if there was no response.
	Status   int
	Bytes    int
	Duration time.Duration
	// Err is nil if the call succeeded.
	Err error
}
