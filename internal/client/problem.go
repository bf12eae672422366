package client

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
)

// problem is an error as the server tells it (RFC 9457).
type problem struct {
	Detail string `json:"detail"`
	Errors []struct {
		Message  string `json:"message"`
		Location string `json:"location"`
	} `json:"errors"`
	Diagnostics []Diagnostic `json:"diagnostics"`
	Failure     *Failure     `json:"failure"`
}

// Invalid is the error of code that has mistakes.
type Invalid struct {
	// Diagnostics are all findings, at least one of which is an error.
	Diagnostics []Diagnostic
	err         error
}

func (e *Invalid) Error() string {
	if e.err == nil {
		return "the code has mistakes"
	}
	return e.err.Error()
}

func (e *Invalid) Unwrap() error { return e.err }

// refused turns an answer that is an error into a coded one.
func (c *Client) refused(response *http.Response, body io.Reader) error {
	var p problem
	if err := json.NewDecoder(body).Decode(&p); err != nil || p.Detail == "" {
		return monitor.Errorf(codeOf(response.StatusCode), "%s answers %s", c.server, response.Status)
	}
	if f := p.Failure; f != nil {
		return &monitor.Failure{Kind: monitor.FailureKind(f.Kind), Message: f.Message, Position: f.Position, Traceback: f.Traceback}
	}
	refusal := monitor.Errorf(codeOf(response.StatusCode), "%s", p)
	if len(p.Diagnostics) > 0 {
		return &Invalid{Diagnostics: p.Diagnostics, err: refusal}
	}
	return refusal
}

// String is the detail with what is wrong where.
func (p problem) String() string {
	var text strings.Builder
	text.WriteString(p.Detail)
	for i, e := range p.Errors {
		separator := "; "
		if i == 0 {
			separator = ": "
		}
		text.WriteString(separator)
		if e.Location != "" {
			text.WriteString(e.Location + ": ")
		}
		text.WriteString(e.Message)
	}
	return text.String()
}

func codeOf(status int) monitor.Code {
	switch status {
	case http.StatusBadRequest, http.StatusUnprocessableEntity, http.StatusRequestEntityTooLarge:
		return monitor.CodeInvalid
	case http.StatusUnauthorized, http.StatusForbidden:
		return monitor.CodeForbidden
	case http.StatusNotFound:
		return monitor.CodeNotFound
	case http.StatusConflict:
		return monitor.CodeConflict
	case http.StatusPreconditionFailed, http.StatusPreconditionRequired:
		return monitor.CodeStale
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout, http.StatusTooManyRequests:
		return monitor.CodeUnavailable
	default:
		return monitor.CodeInternal
	}
}
