package monitor

// RuleKind says what an alert rule measures (R51).
type RuleKind string

// The kinds of rules.
const (
	CountRule RuleKind = "count" // number of active issues
	AgeRule   RuleKind = "age"   // seconds since the oldest active issue began
	ValueRule RuleKind = "value" // a number in each active issue's data
)

// Operation compares an issue's value with a level of a [ValueRule].
type Operation string

// The operations. Both are strict (R50).
const (
	GreaterThan Operation = "greater_than"
	LesserThan  Operation = "lesser_than"
)

// Rule decides which priority the active issues of an alert amount to.
type Rule struct {
	Kind RuleKind `json:"kind"`
	// Key is the field of the data that a [ValueRule] compares.
	Key string `json:"key,omitempty"`
	// Operation is how a [ValueRule] compares.
	Operation Operation `json:"operation,omitempty"`
	// Since is the field of the data from which an [AgeRule] counts;
	// empty: from the creation.
	Since string `json:"since,omitempty"`
	// Levels holds the threshold of each priority that has one: issues, seconds
	// or the value's own unit.
	Levels map[Priority]float64 `json:"levels"`
}
