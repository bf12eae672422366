// Package lib is what monitor code can call: each builtin with its signature, a
// line of documentation and what it does.
//
// It reaches the world only by way of the scope it is called in, so it must not
// know stores, databases, HTTP or the clock.
package lib

import (
	"slices"

	"github.com/vedettehq/vedette/internal/script"
)

// All is everything that monitors can call.
func All() script.Library {
	return script.Library{
		Builtins: slices.Concat(
			declarations(), queries(), httpModule(), secrets(), files(), variables(), control(), logging(),
			clock(), numbers(), extremes(), lists(), randomness(),
			jsonModule(), timeModule(), mathFunctions(), regularExpressions(), structs(),
		),
		Constants: slices.Concat(timeConstants(), mathConstants()),
		Unavailable: map[string]string{
			"platform": "platform is not available in this version",
			"slack":    "slack() is not available in this version: name a receiver of the configuration with receiver()",
		},
	}
}
