package notify

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// maxAnswer bounds what is read of an answer.
const maxAnswer = 1 << 20

// headerName is what may name a header.
var headerName = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")

// CheckHeader finds what no request could be sent with. Its error does not repeat the
// value, which may be a secret.
func CheckHeader(name, value string) error {
	switch {
	case !headerName.MatchString(name):
		return fmt.Errorf("%q is no name of a header", name)
	case strings.ContainsFunc(value, func(r rune) bool { return unicode.IsControl(r) && r != '\t' }):
		return fmt.Errorf("the value of %s has a line end or another control character in it", name)
	default:
		return nil
	}
}

// Send sends a request and reads its answer. Its errors are of a kind, and repeat
// neither the address nor what was sent, both of which may hold secrets. They have
// the beginning of what the service said, unless that holds one of the secrets.
func Send(client *http.Client, request *http.Request, secrets ...string) ([]byte, error) {
	response, err := client.Do(request)
	if err != nil {
		return nil, unreachable(request, err)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err := errors.Join(err, response.Body.Close()); err != nil {
		return nil, unreachable(request, err)
	}
	if response.StatusCode >= 200 && response.StatusCode < 300 {
		return body, nil
	}
	refusal := &Error{
		Kind:       KindOfStatus(response.StatusCode),
		RetryAfter: retryAfter(response.Header.Get("Retry-After"), time.Now()),
		Message:    fmt.Sprintf("%s answers %s%s", request.URL.Hostname(), response.Status, saying(body, secrets)),
	}
	if refusal.Kind != Throttled && response.StatusCode != http.StatusServiceUnavailable {
		refusal.RetryAfter = 0
	}
	return body, refusal
}

// unreachable leaves out the address, which errors of the library repeat.
func unreachable(request *http.Request, err error) error {
	if inner, ok := errors.AsType[*url.Error](err); ok {
		err = inner.Err
	}
	return Errorf(Temporary, "no answer from %s: %w", request.URL.Hostname(), err)
}

// KindOfStatus is the kind of an answer over HTTP that is no success.
func KindOfStatus(status int) Kind {
	switch {
	case status == http.StatusTooManyRequests:
		return Throttled
	case status == http.StatusBadRequest, status == http.StatusRequestEntityTooLarge, status == http.StatusUnprocessableEntity:
		return Rejected
	case status >= 500, status == http.StatusRequestTimeout, status == http.StatusConflict, status == http.StatusTooEarly:
		return Temporary
	default:
		return Refused
	}
}

// retryAfter reads the header: seconds or a date; 0 if it says nothing.
func retryAfter(text string, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(strings.TrimSpace(text)); err == nil && seconds > 0 {
		return time.Duration(min(seconds, int(longestPause/time.Second))) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil && at.After(now) {
		return at.Sub(now)
	}
	return 0
}

// saying is the beginning of what a service said, in one line.
func saying(body []byte, secrets []string) string {
	const most = 200
	text := strings.Join(strings.Fields(strings.ToValidUTF8(string(body), "?")), " ")
	if text == "" {
		return ""
	}
	for _, secret := range secrets {
		if secret != "" && strings.Contains(text, secret) {
			return ""
		}
	}
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return ": " + text
}
