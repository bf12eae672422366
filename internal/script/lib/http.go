package lib

import (
	"net/http"
	"slices"
	"strings"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// requestParameters are those that all functions of http have.
const requestParameters = "url: str, params: dict[str, Any] | None = None, headers: dict[str, str] | None = None, json: Any = None, " +
	"body: str | None = None, timeout: Duration | None = None, auth: str | None = None, allow_status: list[int] = []"

// requestMethods are what http.request can be told to do.
var requestMethods = []string{
	http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions,
}

func httpModule() []script.Builtin {
	const doc = " and gives its answer. A status of 400 or more is a failure unless allow_status has it; auth names a credential of the configuration."
	literals := known("auth", monitor.UnknownAuth, "auth")
	builtins := []script.Builtin{{
		Signature: "http.request(method: str, " + requestParameters + ") -> Response",
		Doc:       "Makes an HTTP call" + doc,
		Literals:  literals,
		Run: func(s *script.Scope, a *script.Args) (starlark.Value, error) {
			method := strings.ToUpper(a.String("method"))
			if !slices.Contains(requestMethods, method) && !a.Refused("method") {
				a.Refuse("method", "must be one of %s, not %q", quoted(requestMethods), a.String("method"))
			}
			return call(s, a, method)
		},
	}}
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		builtins = append(builtins, script.Builtin{
			Signature: "http." + strings.ToLower(method) + "(" + requestParameters + ") -> Response",
			Doc:       "Makes an HTTP " + method + doc,
			Literals:  literals,
			Run: func(s *script.Scope, a *script.Args) (starlark.Value, error) {
				return call(s, a, method)
			},
		})
	}
	return builtins
}

func call(s *script.Scope, a *script.Args, method string) (starlark.Value, error) {
	request := monitor.Request{
		Method:      method,
		URL:         a.String("url"),
		Headers:     headersArgument(s, a),
		Auth:        a.String("auth"),
		Timeout:     a.Duration("timeout"),
		AllowStatus: statusesArgument(a),
	}
	if a.Has("timeout") && request.Timeout <= 0 {
		refuseNumber(a, "timeout", "must be more than 0")
	}
	bodyArgument(s, a, &request)
	query := queryArguments(s, a)
	if err := a.Err(); err != nil {
		return nil, err
	}
	request.URL = withQuery(request.URL, query)
	response, err := s.Host().HTTP(s.Context(), request)
	if err != nil {
		return nil, passedOn(s, err, monitor.FailureHTTP)
	}
	if err := s.Reserve(int64(len(response.Body))); err != nil {
		return nil, err
	}
	return responseValue(request, response), nil
}

// bodyArgument reads what is to be sent, and says what it is unless the code does.
func bodyArgument(s *script.Scope, a *script.Args, request *monitor.Request) {
	contentType := "text/plain; charset=utf-8"
	switch {
	case a.Has("json") && a.Has("body"):
		a.Refuse("json", "cannot be given together with body")
		return
	case a.Has("json"):
		data, _, err := s.Encode(a.Value("json"), maxJSONBytes)
		if err != nil {
			a.Refuse("json", "has no JSON: %v", err)
		}
		request.Body, contentType = string(data), "application/json"
	case a.Has("body"):
		request.Body = a.String("body")
	default:
		return
	}
	for name := range request.Headers {
		if strings.EqualFold(name, "Content-Type") {
			return
		}
	}
	request.Headers["Content-Type"] = contentType
}

func statusesArgument(a *script.Args) []int {
	var statuses []int
	for _, value := range a.List("allow_status") {
		status, err := starlark.AsInt32(value)
		if err != nil || status < 400 || status > 599 {
			a.Refuse("allow_status", "must be a list of numbers from 400 to 599, but holds %s", script.Brief(value))
			break
		}
		statuses = append(statuses, status)
	}
	return statuses
}
