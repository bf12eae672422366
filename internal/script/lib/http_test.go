package lib_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

// answering is a host that gives one response to every call, and notes the last.
func answering(response monitor.Response, last *monitor.Request) *world {
	return &world{http: func(_ context.Context, r monitor.Request) (monitor.Response, error) {
		*last = r
		return response, nil
	}}
}

// A value that holds the same list many times over would be shown as often.
func TestHTTP_RefusesWithoutShowingWhatMayBeEndless(t *testing.T) {
	t.Parallel()
	_, err := search(t, &world{}, `
    x = [0]
    for _ in range(60): x = [x, x]
    http.get("https://x.example", allow_status = [x])`)
	require.ErrorContains(t, err, "must be a list of numbers from 400 to 599, but holds a list")
	_, err = search(t, &world{}, `    http.get("https://x.example", allow_status = [200])`)
	require.ErrorContains(t, err, "but holds 200")
}

func TestHTTP_PassesWhatItIsGiven(t *testing.T) {
	t.Parallel()
	var got monitor.Request
	host := answering(monitor.Response{Status: 200}, &got)
	for expression, want := range map[string]monitor.Request{
		`http.get("https://a.example/x")`: {Method: "GET", URL: "https://a.example/x", Headers: map[string]string{}},
		`http.get("https://a.example/x?a=1#part", params = {"b": [1, 2.5, "ä &"], "c": None, "d": True, "e": ()})`: {
			Method: "GET", URL: "https://a.example/x?a=1&b=1&b=2.5&b=%C3%A4+%26&d=true#part", Headers: map[string]string{},
		},
		`http.post("https://a.example?", params = {"q": "x"}, json = {"at": now(), "n": [1, None]})`: {
			Method: "POST", URL: "https://a.example?q=x", Headers: map[string]string{"Content-Type": "application/json"},
			Body: `{"at":"2026-11-23T12:00:00.000Z","n":[1,null]}`,
		},
		`http.put("u", body = "<a/>", headers = {"content-type": "text/xml", "X-Own": "1"})`: {
			Method: "PUT", URL: "u", Headers: map[string]string{"content-type": "text/xml", "X-Own": "1"}, Body: "<a/>",
		},
		`http.patch("u", body = "text")`: {
			Method: "PATCH", URL: "u", Headers: map[string]string{"Content-Type": "text/plain; charset=utf-8"}, Body: "text",
		},
		`http.delete("u", timeout = "1.5s", auth = "billing", allow_status = [404, 410])`: {
			Method: "DELETE", URL: "u", Headers: map[string]string{}, Timeout: 1500 * time.Millisecond, Auth: "billing", AllowStatus: []int{404, 410},
		},
		`http.request("head", "u")`: {Method: "HEAD", URL: "u", Headers: map[string]string{}},
	} {
		require.Equal(t, `200`, evaluate(t, host, expression+`.status`), expression)
		require.Equal(t, want, got, expression)
	}
}

func TestHTTP_GivesTheResponse(t *testing.T) {
	t.Parallel()
	var got monitor.Request
	host := answering(monitor.Response{
		Status: 201, Headers: map[string]string{"x-b": "2", "content-type": "application/json"}, Body: "\ufeff{\"id\": 7, \"tags\": [\"a\", 1.50]}",
	}, &got)
	require.Equal(t, `[201,{"content-type":"application/json","x-b":"2"},{"id":7,"tags":["a",1.5,"new"]},{"id":7,"tags":["a",1.5]}]`, evaluate(t, host,
		`(lambda r, j: [r.status, r.headers, [j, j["tags"].append("new")][0], r.json()])(*(lambda r: (r, r.json()))(http.get("u")))`))
	require.Equal(t, `"string"`, evaluate(t, host, `type(http.get("u").body)`))
}

func TestHTTP_ABodyThatIsNoTextIsBytes(t *testing.T) {
	t.Parallel()
	var got monitor.Request
	host := answering(monitor.Response{Status: 200, Body: "\xff\xd8", Headers: map[string]string{"content-type": "image/jpeg"}}, &got)
	require.Equal(t, `["bytes","/9g="]`, evaluate(t, host, `(lambda body: [type(body), body])(http.get("u").body)`))
	require.Equal(t, "GET u: the body is no JSON (image/jpeg): it is not UTF-8 text", fails(t, host, `http.get("u").json()`).Message)
}

func TestHTTP_ABodyThatIsNoJSONIsAFailureOfTheServer(t *testing.T) {
	t.Parallel()
	var got monitor.Request
	host := answering(monitor.Response{Status: 200, Body: "<html>\n  down for\tmaintenance", Headers: map[string]string{"content-type": "text/html"}}, &got)
	require.Equal(t, `["http","GET https://a.example/x: the body is no JSON (text/html): JSON at offset 0: unexpected '<'; it begins with <html> down for maintenance"]`,
		evaluate(t, host, `(lambda e: [e.kind, e.message])(attempt(lambda: http.get("https://u:p@a.example/x?key=1").json()).error)`))
	require.Contains(t, fails(t, host, `http.get("u").json(5)`).Message, "json")
}

func TestHTTP_AResponseCountsAsMemory(t *testing.T) {
	t.Parallel()
	var got monitor.Request
	host := answering(monitor.Response{Status: 200, Body: string(make([]byte, 17<<20))}, &got)
	failure := fails(t, host, `http.get("u").status`)
	require.Equal(t, monitor.FailureLimit, failure.Kind)
	host.http = func(context.Context, monitor.Request) (monitor.Response, error) {
		return monitor.Response{Status: 200, Body: string(make([]byte, 3<<20))}, nil
	}
	failure = fails(t, host, `[http.get("u") for _ in range(50)]`)
	require.Equal(t, monitor.FailureLimit, failure.Kind)
	require.Contains(t, failure.Message, "memory")
}

func TestHTTP_Mistakes(t *testing.T) {
	t.Parallel()
	for expression, want := range map[string]string{
		`http.get(5)`:                                   `http.get() argument "url" must be a string, not an int`,
		`http.post("u", json = 1, body = "x")`:          `argument "json" cannot be given together with body`,
		`http.post("u", json = len)`:                    `argument "json" has no JSON: a function cannot be stored`,
		`http.post("u", body = {"a": 1})`:               `argument "body" must be a string, not a dict`,
		`http.get("u", headers = ["a"])`:                `argument "headers" must be a dict, not a list`,
		`http.get("u", headers = {"a": 1})`:             `argument "headers" must be a dict of strings, but holds a string: an int`,
		`http.get("u", headers = {"a": "1", "A": "2"})`: `argument "headers" has "A" twice`,
		`http.get("u", params = "a=b")`:                 `argument "params" must be a dict, not a string`,
		`http.get("u", params = {1: "b"})`:              `argument "params" must have strings as keys, but has an int`,
		`http.get("u", params = {"a": {"b": 1}})`:       `argument "params" cannot hold a dict ("a")`,
		`http.get("u", timeout = 0)`:                    `argument "timeout" must be more than 0`,
		`http.get("u", timeout = "soon")`:               `"soon" is not a duration`,
		`http.get("u", allow_status = 404)`:             `argument "allow_status" must be a list, not an int`,
		`http.get("u", allow_status = [200])`:           `argument "allow_status" must be a list of numbers from 400 to 599, but holds 200`,
		`http.get("u", allow_status = ["404"])`:         `but holds "404"`,
		`http.request("CONNECT", "u")`:                  `http.request() argument "method" must be one of "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", not "CONNECT"`,
		`http.get("u")`:                                 `no host`,
	} {
		require.Contains(t, fails(t, &world{}, expression).Message, want, expression)
	}
}

func TestHTTP_FailuresCanBeCaughtByKind(t *testing.T) {
	t.Parallel()
	for _, kind := range []monitor.FailureKind{monitor.FailureHTTP, monitor.FailureTimeout, monitor.FailureConnection} {
		host := &world{http: func(context.Context, monitor.Request) (monitor.Response, error) {
			return monitor.Response{}, &monitor.Failure{Kind: kind, Message: "it went wrong"}
		}}
		require.Equal(t, `["`+string(kind)+`","it went wrong"]`, evaluate(t, host, `(lambda e: [e.kind, e.message])(attempt(http.get, "u").error)`))
	}
	host := &world{http: func(context.Context, monitor.Request) (monitor.Response, error) {
		return monitor.Response{}, &monitor.Failure{Kind: monitor.FailureCancelled, Message: "the executor stops"}
	}}
	require.Equal(t, monitor.FailureCancelled, fails(t, host, `attempt(http.get, "u").error`).Kind)
}

func TestHTTP_CallsRunAtTheSameTime(t *testing.T) {
	t.Parallel()
	const n = 4
	arrived, all := make(chan struct{}, n), make(chan struct{})
	host := &world{http: func(_ context.Context, r monitor.Request) (monitor.Response, error) {
		arrived <- struct{}{}
		if len(arrived) == n {
			close(all)
		}
		<-all // nobody gets on before all are here
		return monitor.Response{Status: 200, Body: `"` + r.URL + `"`}, nil
	}}
	require.Equal(t, `["0","1","2","3"]`, evaluate(t, host, `[r.json() for r in parallel(lambda i: http.get(str(i)), list(range(4)))]`))
}

func TestSecret_IsTheHosts(t *testing.T) {
	t.Parallel()
	require.Equal(t, `"hunter2"`, evaluate(t, &world{}, `secret("SHOP_API_KEY")`))
	require.Contains(t, fails(t, &world{}, `secret("HOME")`).Message, "there is no secret HOME")
	require.Contains(t, fails(t, &world{}, `secret(5)`).Message, `secret() argument "name" must be a string`)
}
