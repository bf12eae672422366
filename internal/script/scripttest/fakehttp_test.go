package scripttest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestFakeHTTP_TheLastThatMatchesCounts(t *testing.T) {
	t.Parallel()
	passes(t, `
    fake_http("GET", "billing.example", json = {"n": 1})
    fake_http("get", "/orders/7", json = [2], status = 201, headers = {"X-Next": "8"})
    fake_http("POST", "/orders", body = "taken", status = 202)
    assert.eq(http.get("https://billing.example/").json(), {"n": 1})
    r = http.get("https://billing.example/orders/7?x=1")
    assert.eq((r.status, r.json(), r.headers), (201, [2], {"content-type": "application/json", "x-next": "8"}))
    assert.eq(http.post("https://billing.example/orders", json = {"id": 7}).body, "taken")
    assert.eq(http.post("https://billing.example/orders", json = {}).headers, {})
    assert.eq([(r.method, r.url, r.json, r.auth) for r in requests()][2:3], [("POST", "https://billing.example/orders", {"id": 7}, None)])
    assert.eq(requests()[2].headers, {"content-type": "application/json"})
`)
}

func TestFakeHTTP_AFunctionGetsTheRequest(t *testing.T) {
	t.Parallel()
	passes(t, `
    seen = []
    def page(request):
        seen.append((request.method, request.json, request.body, request.auth))
        return {"page": request.url[-1]}
    fake_http("PUT", "/list", json = page)
    assert.eq(http.put("https://a.example/list?p=2", json = {"a": 1}, auth = "billing").json(), {"page": "2"})
    assert.eq(seen, [("PUT", {"a": 1}, '{"a":1}', "billing")])
`)
}

func TestFakeHTTP_FailsAsServersDo(t *testing.T) {
	t.Parallel()
	passes(t, `
    fake_http("GET", "/gone", json = {"error": "no such order"}, status = 404)
    error = attempt(http.get, "https://a.example/gone").error
    assert.eq((error.kind, error.message), ("http", 'GET https://a.example/gone: status 404 Not Found: {"error":"no such order"}'))
    assert.eq(http.get("https://a.example/gone", allow_status = [404]).status, 404)
    for kind in ["timeout", "connection", "http"]:
        fake_http("GET", "/", error = kind)
        assert.eq(attempt(http.get, "https://a.example/").error.kind, kind)
    fake_http("GET", "/", error = "refused")
    error = attempt(http.get, "https://a.example/").error
    assert.eq((error.kind, error.message), ("http", "refused"))
`)
}

func TestFakeHTTP_ACallWithoutAFakeFailsTheTest(t *testing.T) {
	t.Parallel()
	for body, message := range map[string]string{
		`attempt(http.get, "https://a.example/x?y=1")`:                                             `no fake_http() answers the call: GET https://a.example/x?y=1`,
		`fake_http("POST", "/", json = 1); attempt(http.get, "https://a.example/")`:                `no fake_http() answers the call: GET https://a.example/`,
		`fake_http("GET", "/", json = lambda r: fail("oh")); attempt(http.get, "https://a.e/")`:    `the function that fakes the call GET https://a.e/ failed: monitor_test.star:4:44: oh`,
		`fake_http("GET", "/", json = lambda r: len); attempt(http.get, "https://a.e/")`:           `failed: json has no JSON: a function cannot be stored`,
		`fake_http("GET", "/", json = lambda r: http.get("x")); attempt(http.get, "https://a.e/")`: `http cannot be called inside of a fake's function`,
	} {
		require.Contains(t, fails(t, "\n    "+body+"\n").Message, message)
	}
}

func TestFakeHTTP_WhatCannotBeFaked(t *testing.T) {
	t.Parallel()
	passes(t, `
    assert.fails(lambda: fake_http("GET", "/", json = 1, body = "x"), "takes one of json, body and error")
    assert.fails(lambda: fake_http("GET", "/", json = 1, error = "timeout"), "takes one of json, body and error")
    assert.fails(lambda: fake_http("GET", "/", json = {"f": struct(a = assert)}), "cannot be stored")
    assert.fails(lambda: fake_http("GET", "/", status = 42), 'argument "status" must be from 200 to 599, not 42')
    assert.fails(lambda: fake_http("GET", "/", headers = {"a": 1}), "must be a dict of strings")
    assert.fails(lambda: fake_http("GET", "/", headers = []), "must be a dict, not a list")
    assert.fails(lambda: fake_http(1, 2), '"method" must be a string.*"url" must be a string')
    assert.fails(lambda: fake_secret("a", 5), '"value" must be a string')
`)
}

const billing = `"""Invoices that are missing."""

monitor(search_cron = "@hourly", update_cron = "@hourly", model_id_key = "id", missing = "solve")

def search():
    return http.get("https://billing.example/missing", headers = {"X-Key": secret("KEY")}).json()

def on_issue_created(event):
    print("key", secret("KEY"))
    http.post("https://chat.example", json = {"text": event.data["id"]})
`

func TestFakeSecret_IsGivenToTheMonitorAndShownToNobody(t *testing.T) {
	t.Parallel()
	result := run(t, billing, `
def test_run():
    fake_secret("KEY", "hunter2")
    assert.eq(secret("KEY"), "hunter2")
    fake_http("GET", "/missing", json = lambda r: [{"id": 7, "sent": r.headers["x-key"]}])
    plan = run()
    assert.eq([i.data for i in plan.created], [{"id": 7, "sent": "[redacted]"}])
    fake_http("POST", "chat.example", status = 204)
    reaction = event("issue_created", data = {"id": 7})
    assert.eq(reaction.error, None)
    assert.eq(requests()[-1].json, {"text": 7})

def test_without():
    attempt(lambda: run())
`)
	require.Nil(t, result.Tests[0].Failure)
	require.Equal(t, `no fake_secret() gives the secret "KEY"`, result.Tests[1].Failure.Message)
	require.Equal(t, "monitor.star:6:", result.Tests[1].Failure.Position[:15])
	for _, entry := range result.Tests[0].Log {
		require.NotContains(t, entry.Message, "hunter2")
	}
	require.Contains(t, result.Tests[0].Log, monitor.LogEntry{Level: monitor.LogInfo, Message: "key [redacted]"})
}
