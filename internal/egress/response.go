package egress

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/vedettehq/vedette/internal/monitor"
)

// shownBody is how much of a body is shown with a status that is a failure.
const shownBody = 200

// read takes in a response, as far as it may be large. What it repeats of the
// credential that the call was made with is taken out: code never sees one.
func (c *Client) read(response *http.Response, used *credential) (monitor.Response, error) {
	body, err := io.ReadAll(io.LimitReader(response.Body, c.config.MaxBytes+1))
	if err != nil {
		return monitor.Response{}, err
	}
	if int64(len(body)) > c.config.MaxBytes {
		return monitor.Response{}, refusef("the response has more than %d bytes (http_client.max_response_size)", c.config.MaxBytes)
	}
	var redactor monitor.Redactor
	if used != nil {
		redactor = used.redactor
	}
	r := monitor.Response{Status: response.StatusCode, Headers: map[string]string{}, Body: redactor.Text(string(body))}
	for name, values := range response.Header {
		text := strings.ToValidUTF8(strings.Join(values, ", "), "\ufffd")
		r.Headers[strings.ToLower(name)] = redactor.Text(text)
	}
	return r, nil
}

// StatusFailure is the failure of a status that code does not allow, or nil.
func StatusFailure(request *monitor.Request, response *monitor.Response) *monitor.Failure {
	if response.Status < 400 || slices.Contains(request.AllowStatus, response.Status) {
		return nil
	}
	message := fmt.Sprintf("%s: status %d", named(request), response.Status)
	if text := http.StatusText(response.Status); text != "" {
		message += " " + text
	}
	if beginning := start(response.Body); beginning != "" {
		message += ": " + beginning
	}
	return &monitor.Failure{Kind: monitor.FailureHTTP, Message: message}
}

// start is the beginning of a body in one line; empty if it is no text.
func start(body string) string {
	if !utf8.ValidString(body) {
		return ""
	}
	line := strings.Join(strings.Fields(body), " ")
	if len(line) <= shownBody {
		return line
	}
	return strings.ToValidUTF8(line[:shownBody], "") + "..."
}
