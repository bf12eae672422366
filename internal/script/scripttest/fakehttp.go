package scripttest

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/egress"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// fakeCall answers the HTTP calls of a method whose URL has a part in it.
type fakeCall struct {
	method string
	part   string
	// failure is the answer, or else the response is; its body is what function
	// gives, if there is one.
	failure  *monitor.Failure
	response monitor.Response
	function starlark.Callable
	// scope is where function was handed in.
	scope *script.Scope
}

func (f *fakeCall) answers(r *monitor.Request) bool {
	return f.method == r.Method && strings.Contains(r.URL, f.part)
}

// fakeCalls are those of one test, with the calls that were made. They are safe
// for concurrent use.
type fakeCalls struct {
	mu   sync.Mutex
	list []fakeCall
	made []monitor.Request
	// noted is what they take.
	noted noted
	// calling is held while a fake's function runs, as for queries.
	calling sync.Mutex
}

func (f *fakeCalls) add(fake fakeCall) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list = append(f.list, fake)
}

// take notes the call and finds its fake, or nil: the last that matches. It is a
// failure if there is no room for the note.
func (f *fakeCalls) take(r monitor.Request) (*fakeCall, *monitor.Failure) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if full := f.noted.add(r.URL, r.Body); full != nil {
		return nil, full
	}
	f.made = append(f.made, r)
	for i := len(f.list) - 1; i >= 0; i-- {
		if f.list[i].answers(&r) {
			found := f.list[i]
			return &found, nil
		}
	}
	return nil, nil
}

// requests gives the calls so far.
func (f *fakeCalls) requests() []monitor.Request {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]monitor.Request(nil), f.made...)
}

// answer gives what the fake says. Where there is none, or its function fails, it
// is the test that is at fault.
func (f *fakeCalls) answer(ctx context.Context, host script.Host, r monitor.Request) (monitor.Response, error) {
	fake, full := f.take(r)
	switch {
	case full != nil:
		return monitor.Response{}, full
	case fake == nil:
		return monitor.Response{}, atFault("no fake_http() answers the call: %s %s", r.Method, r.URL)
	case fake.failure != nil:
		return monitor.Response{}, fake.failure
	}
	response := fake.response
	if fake.function != nil {
		body, err := f.ask(ctx, host, fake, r)
		if err != nil {
			return monitor.Response{}, atFault("the function that fakes the call %s %s failed: %v", r.Method, r.URL, err)
		}
		response.Body = string(body)
	}
	if failure := egress.StatusFailure(&r, &response); failure != nil {
		return response, failure
	}
	return response, nil
}

// ask calls a fake's function, on a thread of its own: the test's is waiting.
func (f *fakeCalls) ask(ctx context.Context, host script.Host, fake *fakeCall, r monitor.Request) (monitor.Data, error) {
	request, err := requestValue(r)
	if err != nil {
		return "", err
	}
	f.calling.Lock()
	defer f.calling.Unlock()
	value, err := fake.scope.CallApart(ctx, host, fake.function, starlark.Tuple{request})
	if err != nil {
		return "", err
	}
	return bodyOf(fake.scope, value)
}

// requestValue shows a call. Its json is what its body says, if that is JSON.
func requestValue(r monitor.Request) (starlark.Value, error) {
	headers := new(starlark.Dict)
	for _, name := range sortedKeys(r.Headers) {
		if err := headers.SetKey(starlark.String(strings.ToLower(name)), starlark.String(r.Headers[name])); err != nil {
			return nil, err
		}
	}
	var json, auth starlark.Value = starlark.None, starlark.None
	if decoded, err := script.Decode(monitor.Data(r.Body)); err == nil {
		json = decoded
	}
	if r.Auth != "" {
		auth = starlark.String(r.Auth)
	}
	return structOf("request", starlark.StringDict{
		"method":  starlark.String(r.Method),
		"url":     starlark.String(r.URL),
		"headers": headers,
		"body":    starlark.String(r.Body),
		"json":    json,
		"auth":    auth,
	}), nil
}

// bodyOf makes the JSON of a response.
func bodyOf(s *script.Scope, value starlark.Value) (monitor.Data, error) {
	data, _, err := s.Encode(value, maxRowBytes)
	if err != nil {
		return "", fmt.Errorf("json has no JSON: %w", err)
	}
	return data, nil
}

// callFailureNamed is the failure that a test means, as for queries.
func callFailureNamed(name string) *monitor.Failure {
	switch kind := monitor.FailureKind(name); kind {
	case monitor.FailureTimeout:
		return &monitor.Failure{Kind: kind, Message: "the server took too long (faked)"}
	case monitor.FailureConnection:
		return &monitor.Failure{Kind: kind, Message: "the server could not be reached (faked)"}
	case monitor.FailureHTTP:
		return &monitor.Failure{Kind: kind, Message: "the call failed (faked)"}
	default:
		return &monitor.Failure{Kind: monitor.FailureHTTP, Message: name}
	}
}

// jsonHeaders are those of a faked response: what the test gives, and else that
// it is JSON.
func jsonHeaders(given map[string]string, isJSON bool) map[string]string {
	headers := map[string]string{}
	if isJSON {
		headers["content-type"] = "application/json"
	}
	for name, value := range given {
		headers[strings.ToLower(name)] = value
	}
	return headers
}

// isStatus tells whether a response can have the status.
func isStatus(status int) bool { return status >= http.StatusOK && status <= 599 }
