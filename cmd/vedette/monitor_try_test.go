package main

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

func TestParseIssues_SaysWhatWouldBeRight(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		`{"id": 1}`:     "put it into a list, [{...}]",
		`null`:          "JSON list with an object for each issue",
		`7`:             "JSON list with an object for each issue",
		`[{"id": 1},7]`: "entry 2 is no object",
		`[{"id": 1}`:    "it is no JSON: unexpected end",
		``:              "it is no JSON: unexpected end",
	} {
		_, err := parseIssues([]byte(text))
		require.ErrorContains(t, err, says, text)
	}
	issues, err := parseIssues([]byte(` [{"id": 1}, {}] `))
	require.NoError(t, err)
	require.Equal(t, []monitor.Data{`{"id": 1}`, `{}`}, issues)
}

func TestMonitorTry_OnAServer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	dir := folder(t, "orders")
	environment := []string{serverVariable + "=" + w.url}

	e := vedetteIn(t, dir, environment, "monitor", "try", "orders", "-o", "json")
	require.Zero(t, e.status, e.errors)
	require.Equal(t, "tried on "+w.url+", from the issues that are stored\n", e.errors)
	var preview client.Preview
	require.NoError(t, json.Unmarshal([]byte(e.out), &preview))
	require.Equal(t, 2, preview.ActiveIssues, "those that the server's monitor has found")
	require.Empty(t, preview.Created)

	e = vedetteIn(t, dir, environment, "monitor", "try", "orders", "--local")
	require.Zero(t, e.status, e.errors)
	require.Equal(t, "tried in this process\n", e.errors)
	require.Contains(t, e.out, "2 created")

	e = w.run("monitor", "try", "broken")
	require.Equal(t, exitFailed, e.status)
	require.Contains(t, e.errors, "tried version 1, on "+w.url)
	require.Contains(t, e.out, `fail("no stock")`)

	e = vedetteIn(t, dir, nil, "monitor", "try", "orders", "--local", "--server", w.url)
	require.Equal(t, exitUsage, e.status, e.errors)
}

func TestMonitorTry_AServerThatWasNamedHasToAnswer(t *testing.T) {
	t.Parallel()
	dir, away := folder(t, "orders"), "http://"+freeAddress(t)
	e := vedetteIn(t, dir, nil, "monitor", "try", "orders", "--server", away)
	require.Equal(t, exitFailed, e.status)
	require.Contains(t, e.errors, "no answer from "+away)

	e = vedetteIn(t, dir, []string{serverVariable + "=" + away}, "monitor", "try", "orders")
	require.Zero(t, e.status, e.errors)
	require.Contains(t, e.errors, "tried in this process: no answer from "+away)
}
