package lifecycle

import "github.com/vedettehq/vedette/internal/monitor"

// The kinds of warnings about entries.
const (
	unusableEntries = "entries without a usable model id"
	oversizeEntries = "entries that are too large"
	unknownEntries  = "entries whose model id is not an active issue"
	repeatedEntries = "entries whose model id is repeated"
)

// acceptance goes through what one routine returned and warns of what it skips.
type acceptance struct {
	key      string
	warnings warnings
}

func newAcceptance(routine string, d *monitor.Declaration) *acceptance {
	return &acceptance{key: d.Options.ModelIDKey, warnings: warnings{subject: routine}}
}

// identify gives the model id of the entry at i; false if it has none that can
// be used (R09).
func (a *acceptance) identify(i int, entry monitor.Entry) (string, bool) {
	problem := entry.Problem
	if problem == "" && !entry.Data.IsObject() {
		problem = "it is not a dict"
	}
	if problem != "" {
		a.warn(i, unusableEntries, "%s", problem)
		return "", false
	}
	id, err := monitor.ModelID(entry.Data, a.key)
	if err != nil {
		a.warn(i, unusableEntries, "%s", err)
		return "", false
	}
	return id, true
}

// fits tells whether the entry is small enough to be stored (R09).
func (a *acceptance) fits(i int, id string, entry monitor.Entry) bool {
	if len(entry.Data) <= monitor.MaxDataBytes {
		return true
	}
	a.warn(i, oversizeEntries, "model id %q has %d bytes of data, over the limit of %d", id, len(entry.Data), monitor.MaxDataBytes)
	return false
}

func (a *acceptance) warnRepeated(i int, id string) {
	a.warn(i, repeatedEntries, "model id %q is repeated: the first entry counts", id)
}

func (a *acceptance) warn(i int, kind, format string, args ...any) {
	a.warnings.add(kind, "entry %d: "+format, append([]any{i + 1}, args...)...)
}
