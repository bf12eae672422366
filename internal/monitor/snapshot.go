package monitor

// Snapshot is what is stored of one monitor at one moment. A run gets all of
// what is active; a person's action only what it is about.
type Snapshot struct {
	Monitor Monitor
	// Alerts are active, oldest first.
	Alerts []Alert
	// Issues are active, by ascending id.
	Issues []Issue
	// Closed holds those of the model ids that were asked for which have an issue
	// that is no longer active: what unique monitors go by. Commit fills it.
	Closed map[string]bool
	// Variables are the monitor's variables as of load.
	Variables map[string]Data
}
