package httpapi

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Preconditions are the headers that say what a change requires of what is there.
type Preconditions struct {
	IfMatch     string `header:"If-Match" maxLength:"1000" doc:"The etag that the monitor must have, or * for any."`
	IfNoneMatch string `header:"If-None-Match" maxLength:"1000" doc:"*: there must be no monitor of this name."`
}

// versionTag is the ETag of a monitor: the id of its current version. No other
// monitor ever has it, not even one of the same name that was made anew.
func versionTag(versionID int64) string { return `"v` + strconv.FormatInt(versionID, 10) + `"` }

// any tells whether whatever is there may be changed.
func (p Preconditions) any() bool { return strings.TrimSpace(p.IfMatch) == "*" }

// check tells whether what is there may be changed; tag is empty if nothing is.
// Without a condition that is an error if one is needed: two people who change the
// same thing would not notice each other.
func (p Preconditions) check(name, tag string, needed bool) error {
	none := strings.TrimSpace(p.IfNoneMatch)
	switch {
	case none != "" && none != "*":
		return monitor.Errorf(monitor.CodeInvalid, "If-None-Match: only * is understood here, which means that there must be no monitor of this name")
	case none == "*" && tag != "":
		return monitor.Errorf(monitor.CodeStale, "there is a monitor %q already: to replace it, send its etag as If-Match", name)
	case p.IfMatch != "" && tag == "":
		return monitor.Errorf(monitor.CodeStale, "monitor %q does not exist, or not any more: to make it, leave If-Match out", name)
	case p.IfMatch == "" && tag != "" && needed:
		return &refusal{status: http.StatusPreconditionRequired, detail: fmt.Sprintf(
			"monitor %q exists: send If-Match with the etag that it had when you read it, so that nobody else's change is lost, or * to replace whatever is there", name)}
	case p.IfMatch != "" && !p.any() && !slices.Contains(p.tags(), tag):
		return errOtherVersion
	default:
		return nil
	}
}

// errOtherVersion is that If-Match names another version than the current one.
// Whoever can tell which that is says so instead.
var errOtherVersion = monitor.Errorf(monitor.CodeStale, "the monitor has another etag by now")

// tags are those that If-Match lists. Proxies that compress answers mark the tags
// as weak, and people leave the quotes out: both still say which version is meant.
func (p Preconditions) tags() []string {
	var tags []string
	for tag := range strings.SplitSeq(p.IfMatch, ",") {
		tag = strings.TrimPrefix(strings.TrimSpace(tag), "W/")
		tags = append(tags, `"`+strings.Trim(tag, `"`)+`"`)
	}
	return tags
}
