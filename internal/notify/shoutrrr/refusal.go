package shoutrrr

import (
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/vedettehq/vedette/internal/notify"
)

// maxSaid bounds what is repeated of an error of the library, in characters.
const maxSaid = 200

// statusIn finds the status of an answer, which the library gives as a text only.
var statusIn = regexp.MustCompile(`(?i)(?:status|code|failed)[^0-9]{0,25}([45]\d\d)\b`)

// refusal makes an error of one of the library's, which may hold the whole URL.
func (t *Target) refusal(err error) error {
	if _, ok := errors.AsType[*notify.Error](err); ok || err == nil {
		return err
	}
	if outer, ok := errors.AsType[*url.Error](err); ok {
		return notify.Errorf(notify.Temporary, "no answer from %s: %s", t.service, t.redact(outer.Err.Error()))
	}
	text := t.redact(err.Error())
	if found := statusIn.FindStringSubmatch(text); found != nil {
		if status, err := strconv.Atoi(found[1]); err == nil {
			return notify.Errorf(notify.KindOfStatus(status), "%s answers %d %s", t.service, status, http.StatusText(status))
		}
	}
	return notify.Errorf(notify.Temporary, "%s: %s", t.service, notify.Shorten(text, maxSaid))
}

// redact leaves out each part of the URL: any of them may be a secret.
func (t *Target) redact(text string) string {
	for _, part := range t.parts {
		text = strings.ReplaceAll(text, part, "[redacted]")
	}
	return strings.Join(strings.Fields(text), " ")
}

// partsOf lists what of a URL must not be told, longest first.
func partsOf(address string) []string {
	const shortest = 4
	parts := []string{address}
	if parsed, err := url.Parse(address); err == nil {
		password, _ := parsed.User.Password()
		parts = append(parts, parsed.Hostname(), parsed.User.Username(), password, parsed.User.String(), parsed.Fragment)
		parts = append(parts, strings.Split(parsed.Path, "/")...)
		parts = append(parts, strings.Split(parsed.EscapedPath(), "/")...)
		for _, values := range parsed.Query() {
			parts = append(parts, values...)
			for _, value := range values {
				parts = append(parts, url.QueryEscape(value))
			}
		}
	}
	parts = slices.DeleteFunc(parts, func(part string) bool { return len(part) < shortest })
	slices.SortFunc(parts, func(a, b string) int { return len(b) - len(a) })
	return slices.Compact(parts)
}
