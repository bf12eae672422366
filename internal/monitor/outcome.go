package monitor

// Returned is what a routine gave back, in stored form.
type Returned struct {
	// Nothing is true if it returned None.
	Nothing bool
	Entries []Entry
}

// Entry is one element of the list that a routine returned.
type Entry struct {
	// Data is the entry's stored form; empty if it has none.
	Data Data
	// Problem says why the entry cannot be used: it is no dict, too large, ...
	Problem string
}

// Outcome is what the code of one run said: what its routines returned, accepted
// and in stored form, with the answers of is_solved. Together with a [Snapshot]
// it decides the run's [Plan].
type Outcome struct {
	// Update is nil unless update was asked, called, and succeeded.
	Update *UpdateOutcome
	// Search is nil unless search was asked, called, and succeeded.
	Search *SearchOutcome
	// Solved holds the ids of the active issues of which is_solved was true: of
	// the changed data for those in Update.Changed, else of the stored data.
	Solved map[int64]bool
	// Variables are the writes of each routine that may be kept (R02).
	Variables []RoutineVariables
	// Report holds routines, log and incomplete so far.
	Report Report
}

// UpdateOutcome is what a successful update means for the issues it was given.
type UpdateOutcome struct {
	// Changed holds the new data of issues whose data is no longer equal (R13).
	Changed map[int64]Data
	// Returned holds the ids of all issues that came back.
	Returned map[int64]bool
	// Whole is true if absence from Returned may end an issue (R14).
	Whole bool
}

// SearchOutcome is what a successful search found.
type SearchOutcome struct {
	// Found are the entries left by [lifecycle.AcceptSearch], in the order returned.
	Found []Found
}

// Found is an entry of a search that may become an issue (R30).
type Found struct {
	ModelID string
	Data    Data
	// Solved is what is_solved said of it.
	Solved bool
}

// RoutineVariables are the variables that one routine set.
type RoutineVariables struct {
	Routine string
	Values  map[string]Data
}
