package scripttest

import (
	"errors"
	"fmt"
	"strings"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// outsideFixtures are the builtins that stand in for servers and secrets.
func outsideFixtures() []script.Builtin {
	return []script.Builtin{
		{
			Signature: "fake_http(method: str, url: str, json: Any = None, status: int = 200, headers: dict[str, str] = {}, body: str | None = None, error: str | None = None) -> None",
			Doc:       "Answers calls whose URL has this part with JSON, which may be a function(request), with a body, or with an error. The last that matches counts.",
			Run:       fakeHTTP,
		},
		{
			Signature: "requests() -> list[Struct]",
			Doc:       "The HTTP calls made so far, each with .method, .url, .headers, .body, .json and .auth.",
			Run:       requests,
		},
		{
			Signature: "fake_secret(name: str, value: str) -> None",
			Doc:       "Sets what secret(name) gives.",
			Run:       fakeSecret,
		},
	}
}

func fakeHTTP(s *script.Scope, a *script.Args) (starlark.Value, error) {
	w, err := worldOf(s, "fake_http")
	if err != nil {
		return nil, err
	}
	fake := fakeCall{method: strings.ToUpper(a.String("method")), part: a.String("url"), scope: s}
	fake.response.Status = a.Int("status", 200)
	headers, failure := headersOf(a), a.String("error")
	fake.response.Body = a.String("body")
	if !isStatus(fake.response.Status) {
		a.Refuse("status", "must be from 200 to 599, not %d", fake.response.Status)
	}
	if err := a.Err(); err != nil {
		return nil, err
	}
	switch {
	case a.Has("error") && (a.Has("json") || a.Has("body")), a.Has("json") && a.Has("body"):
		return nil, errors.New("fake_http() takes one of json, body and error")
	case a.Has("error"):
		fake.failure = callFailureNamed(failure)
	case a.Has("json"):
		if function, ok := a.Value("json").(starlark.Callable); ok {
			fake.function = function
			break
		}
		body, err := bodyOf(s, a.Value("json"))
		if err != nil {
			return nil, fmt.Errorf("fake_http(): %w", err)
		}
		fake.response.Body = string(body)
	}
	fake.response.Headers = jsonHeaders(headers, a.Has("json"))
	w.calls.add(fake)
	return starlark.None, nil
}

func headersOf(a *script.Args) map[string]string {
	headers := map[string]string{}
	if !a.Has("headers") {
		return headers
	}
	dict, ok := a.Value("headers").(*starlark.Dict)
	if !ok {
		a.Refuse("headers", "must be a dict, not %s", script.Describe(a.Value("headers")))
		return headers
	}
	for key, value := range dict.Entries() {
		name, named := starlark.AsString(key)
		text, isText := starlark.AsString(value)
		if !named || !isText {
			a.Refuse("headers", "must be a dict of strings, but holds %s: %s", script.Describe(key), script.Describe(value))
		}
		headers[name] = text
	}
	return headers
}

func requests(s *script.Scope, _ *script.Args) (starlark.Value, error) {
	w, err := worldOf(s, "requests")
	if err != nil {
		return nil, err
	}
	made := w.calls.requests()
	elements := make([]starlark.Value, len(made))
	for i, request := range made {
		if elements[i], err = requestValue(request); err != nil {
			return nil, err
		}
	}
	return starlark.NewList(elements), nil
}

func fakeSecret(s *script.Scope, a *script.Args) (starlark.Value, error) {
	w, err := worldOf(s, "fake_secret")
	if err != nil {
		return nil, err
	}
	name, value := a.String("name"), a.String("value")
	if err := a.Err(); err != nil {
		return nil, err
	}
	w.setSecret(name, monitor.NewSecret(value))
	return starlark.None, nil
}
