package lifecycle

import (
	"fmt"
	"slices"

	"github.com/vedettehq/vedette/internal/monitor"
)

// maxLookedAt is in how many entries a field is looked for.
const maxLookedAt = 100

// unshownFields warns of fields that people are to be shown of issues, and that none
// of what was found has: a mistyped name, mostly, and they would see "-".
func unshownFields(d *monitor.Declaration, found []monitor.Found) []string {
	found = found[:min(len(found), maxLookedAt)]
	if len(found) == 0 {
		return nil
	}
	var warnings []string
	for i := range d.Options.Notifications {
		n := &d.Options.Notifications[i]
		for _, field := range n.IssuesFields {
			has := func(f monitor.Found) bool {
				_, ok := f.Data.Field(field)
				return ok
			}
			if !slices.ContainsFunc(found, has) {
				warnings = append(warnings, fmt.Sprintf("receiver(%q) is to show the field %q in issues_fields, which nothing has that search found: people see \"-\"", n.Receiver, field))
			}
		}
	}
	return warnings
}
