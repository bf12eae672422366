package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

func TestLists(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	status := w.ok("status")
	require.Contains(t, status, "status         ok\n")
	require.Contains(t, status, "monitors       3, of which 3 enabled\n")
	require.Contains(t, status, "active alerts  2 (1 high, 1 low)\n")

	var names []string
	for line := range strings.Lines(w.ok("monitor", "list")) {
		names = append(names, strings.Join(strings.Fields(line)[:2], " "))
	}
	require.Equal(t, []string{"NAME HEALTH", "broken unknown", "letters violating", "orders violating"}, names)
	for _, filter := range [][]string{{"--query", "ord"}, {"--label", "team=shop"}, {"--health", "violating", "-q", "order"}} {
		require.Equal(t, 2, strings.Count(w.ok(append([]string{"monitor", "list"}, filter...)...), "\n"), filter)
	}
	require.Equal(t, 1, strings.Count(w.ok("monitor", "list", "--enabled=false"), "\n"))

	require.Equal(t, 3, strings.Count(w.ok("issue", "list", "--monitor", "orders", "--status", "active"), "\n"))
	require.Equal(t, 2, strings.Count(w.ok("issue", "list", "--monitor", "orders", "--model-id", "7"), "\n"))
	require.Equal(t, 2, strings.Count(w.ok("alert", "list", "--priority", "high"), "\n"))
	require.Equal(t, 2, strings.Count(w.ok("alert", "list", "--priority", "4", "--acknowledged=false"), "\n"))
	require.Equal(t, w.ok("alert", "list", "-o", "json", "--status", "active", "--priority", "high"), w.ok("alert", "list", "-o", "json", "--sort", "priority", "--limit", "1"))
	require.Equal(t, w.ok("alert", "list", "-o", "json", "--priority", "4"), w.ok("alert", "list", "-o", "json", "--priority", "low", "--locked=false"))
	require.Equal(t, "[]\n", w.ok("alert", "list", "-o", "json", "-q", "nothing", "--label", "team=shop"))
	require.Contains(t, w.ok("execution", "list", "--status", "failed"), "no stock")
	require.Equal(t, 4, strings.Count(w.ok("event", "list", "--name", "issue_created"), "\n"))
	require.Equal(t, 3, strings.Count(w.ok("event", "list", "--limit", "2"), "\n"))
	require.NotContains(t, w.ok("event", "list"), "\x1b", "a pipe sees no colours")
}

func TestLists_ForPrograms(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var issues []client.Issue
	require.NoError(t, json.Unmarshal([]byte(w.ok("issue", "list", "-o", "json")), &issues))
	require.Len(t, issues, 3)
	var one client.IssueDetail
	require.NoError(t, json.Unmarshal([]byte(w.ok("issue", "get", strconv.FormatInt(issues[0].ID, 10), "-o", "json")), &one))
	require.Equal(t, issues[0].ModelID, one.ModelID)
	require.JSONEq(t, string(issues[0].Data), string(one.Data))
	require.NotEmpty(t, one.Timeline)

	var alerts []map[string]any
	require.NoError(t, yaml.Unmarshal([]byte(w.ok("alert", "list", "-o", "yaml", "--limit", "1")), &alerts))
	require.Len(t, alerts, 1)
	require.Contains(t, alerts[0], "is_priority_acknowledged")
	require.Equal(t, "[]\n", w.ok("alert", "list", "-o", "json", "--status", "solved"))
}

func TestActions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	alert := w.alertOf("orders")
	id := strconv.FormatInt(alert.ID, 10)
	require.Equal(t, "alert "+id+" of orders (high, 2 active issues): acknowledged\n", w.ok("alert", "ack", id, "-m", "on it"))
	require.Contains(t, w.ok("event", "list", "--source", "alert", "--source-id", id, "--name", "alert_acknowledged"), "comment=on it")
	require.Contains(t, w.ok("alert", "lock", id), "locked")
	require.Contains(t, w.ok("alert", "get", id), "locked         yes\n")
	require.Contains(t, w.ok("alert", "unlock", id), "unlocked")

	letters := w.alertOf("letters")
	var solved client.Alert
	require.NoError(t, json.Unmarshal([]byte(w.ok("alert", "solve", strconv.FormatInt(letters.ID, 10), "-o", "json")), &solved))
	require.Equal(t, "solved", solved.Status)

	page, err := w.client.Issues(t.Context(), client.IssueFilter{Monitor: "orders", ModelID: "7"}, client.Paging{})
	require.NoError(t, err)
	issue := strconv.FormatInt(page.Items[0].ID, 10)
	require.Equal(t, "issue "+issue+" of orders (7): dropped\n", w.ok("issue", "drop", issue, "--comment", "a test"))
	require.Contains(t, w.ok("issue", "get", issue), "status    dropped\n")

	require.Equal(t, "orders: disabled\n", w.ok("monitor", "disable", "orders"))
	require.Contains(t, w.ok("monitor", "get", "orders"), "health         disabled\n")
	require.Equal(t, "orders: enabled\n", w.ok("monitor", "enable", "orders"))
}

func TestActions_WhatTheStateDoesNotAllow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := strconv.FormatInt(w.alertOf("orders").ID, 10)
	e := w.run("alert", "solve", id)
	require.Equal(t, exitFailed, e.status)
	require.Equal(t, 1, strings.Count(e.errors, "\n"), e.errors)

	w.ok("monitor", "disable", "orders")
	e = w.run("monitor", "refresh", "orders", "--wait")
	require.Equal(t, exitFailed, e.status)
	require.Contains(t, e.errors, "disabled")
}

func TestRefresh_WaitsForTheRun(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before, err := w.client.Monitor(t.Context(), "orders")
	require.NoError(t, err)
	var execution client.Execution
	require.NoError(t, json.Unmarshal([]byte(w.ok("monitor", "refresh", "orders", "--tasks", "update", "--wait", "-o", "json")), &execution))
	require.Greater(t, execution.ID, before.LastExecution.ID)
	require.Equal(t, "succeeded", execution.Status)
	require.Equal(t, []string{"update"}, execution.Tasks)

	e := w.run("monitor", "refresh", "broken", "--wait")
	require.Equal(t, exitFailed, e.status)
	require.Contains(t, e.out, "status     failed\n")
	require.Contains(t, e.out, "monitor.star:4:5: no stock")
	require.Contains(t, e.out, "in search", "the traceback")
	require.Contains(t, e.out, "before rows=7", "the log")
	require.Empty(t, e.errors, "no progress in a pipe")
	require.Equal(t, "orders: due now\n", w.ok("monitor", "refresh", "orders"))
}

func TestServer_WhereItIs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "configs.yaml"), []byte("broken: ["), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, ".env.secrets"), []byte("VEDETTE_SERVER="+w.url+"\n"), 0o600))
	require.Zero(t, vedetteIn(t, dir, nil, "status").status, "neither a broken configuration nor another directory is in the way")
	e := vedetteIn(t, dir, []string{"VEDETTE_SERVER=http://127.0.0.1:1"}, "status")
	require.Equal(t, exitFailed, e.status, "the environment wins over the file")
	require.Zero(t, vedetteIn(t, dir, []string{"VEDETTE_SERVER=http://127.0.0.1:1"}, "status", "--server", w.url).status)
}

func TestServer_AwayOrOfAnotherVersion(t *testing.T) {
	t.Parallel()
	e := vedette(t, nil, "status", "--server", "http://127.0.0.1:1")
	require.Equal(t, ended{status: exitFailed, errors: "vedette: no answer from http://127.0.0.1:1: dial tcp 127.0.0.1:1: connect: connection refused (--server or VEDETTE_SERVER says where vedette is)\n"}, e)

	w := newWorld(t)
	e = w.run("alert", "get", "99999")
	require.Equal(t, exitFailed, e.status)
	require.Contains(t, e.errors, "alert 99999 does not exist")
	require.Contains(t, e.errors, "the server is version v9.9.9")
}

func TestUsage(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"alert", "ack"},
		{"alert", "ack", "x"},
		{"alert", "get", "0"},
		{"alert", "list", "more"},
		{"alert", "list", "--nope"},
		{"alert", "list", "--priority", "urgent"},
		{"issue", "list", "--status", "open"},
		{"issue", "list", "--limit", "-1"},
		{"monitor", "get"},
		{"monitor", "dev"},
		{"monitor", "refresh", "orders", "--tasks", "destroy"},
		{"status", "-o", "xml"},
		{"status", "--server", "localhost"},
	} {
		e := vedette(t, nil, args...)
		require.Equal(t, exitUsage, e.status, "%v: %s", args, e.errors)
		require.Equal(t, 1, strings.Count(e.errors, "\n"), "%v: %s", args, e.errors)
		require.Empty(t, e.out)
	}
}

func TestCompletion_OffersTheServersMonitors(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	require.Equal(t, "orders\n:4\n", w.ok("__complete", "monitor", "get", "ord"))
	require.Equal(t, "orders\n:4\n", w.ok("__complete", "alert", "list", "--monitor", "ord"))
	require.Equal(t, ":4\n", w.ok("__complete", "monitor", "get", "orders", ""), "one is enough")
	require.Equal(t, "active\nsolved\n:4\n", w.ok("__complete", "alert", "list", "--status", ""))

	e := vedette(t, nil, "__complete", "monitor", "get", "--server", silent(t), "ord")
	require.Zero(t, e.status)
	require.Equal(t, ":4\n", e.out, "a server that does not answer is not waited for")
}

func TestParsePriority(t *testing.T) {
	t.Parallel()
	for _, word := range priorities() {
		_, err := parsePriority(word)
		require.NoError(t, err, word)
	}
	p, err := parsePriority("high")
	require.NoError(t, err)
	require.Equal(t, monitor.High, p)
}
