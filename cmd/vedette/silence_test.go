package main

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
)

func TestSilence_FromTheFirstToTheLast(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	e := w.run("silence", "add", "--label", "team=shop", "--priority", "high", "--for", "2h", "-m", "release 7.2")
	require.Zero(t, e.status, e.errors)
	require.Regexp(t, `^silence 1 \(team=shop, high or less important\): until 20\S+Z\n$`, e.out)
	require.Regexp(t, `(?m)^ *1  active  team=shop, high or less important .* release 7.2$`, w.run("silence", "list").out)

	page, err := w.client.Alerts(t.Context(), client.AlertFilter{Monitor: "orders"}, client.Paging{})
	require.NoError(t, err)
	require.Len(t, page.Items, 1)
	require.Regexp(t, `(?m)^silenced +by silence 1$`, w.run("alert", "get", "1").out+w.run("alert", "get", "2").out)

	e = w.run("silence", "add", "--everything", "--every", "0 2 * * 0", "--for", "90m", "--zone", "Europe/Berlin", "-m", "maintenance", "-o", "json")
	var recurring client.Silence
	require.NoError(t, json.Unmarshal([]byte(e.out), &recurring), e.errors)
	require.Equal(t, "0 2 * * 0", recurring.Every)
	require.Regexp(t, `(?m)^recurs +0 2 \* \* 0 Europe/Berlin for 90m$`, w.run("silence", "get", "2").out)

	require.Equal(t, "silence 1 (team=shop, high or less important): over\n", w.run("silence", "expire", "1", "-m", "done early").out)
	require.NotContains(t, w.run("silence", "list").out, "team=shop")
	require.Contains(t, w.run("silence", "list", "--all").out, "team=shop")
	require.Regexp(t, `(?m)^why +done early$`, w.run("silence", "get", "1").out)
	e = w.run("silence", "expire", "1")
	require.Equal(t, exitFailed, e.status)
	require.Contains(t, e.errors, "silence 1 is over already")
}

func TestSilence_Usage(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"silence", "add", "--everything", "--for", "1h"},
		{"silence", "add", "--everything", "--for", "1h", "-m", " "},
		{"silence", "add", "--label", "team", "--for", "1h", "-m", "x"},
		{"silence", "add", "--label", "team=a", "--label", "team=b", "--for", "1h", "-m", "x"},
		{"silence", "add", "--everything", "--until", "tomorrow", "-m", "x"},
		{"silence", "add", "--priority", "urgent", "-m", "x"},
		{"silence", "list", "--all", "--active"},
		{"silence", "expire"},
		{"silence", "expire", "first"},
	} {
		e := vedette(t, nil, args...)
		require.Equal(t, exitUsage, e.status, "%v: %s", args, e.errors)
	}
}
