package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
)

func TestEventList_FollowsFromWhereItIsTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	table := w.ok("event", "list", "--follow", "--after", "0", "--name", "issue_created", "--limit", "3")
	require.Equal(t, 4, strings.Count(table, "\n"))
	require.Contains(t, strings.Split(table, "\n")[0], "EVENT")
	lines := strings.Split(strings.TrimSpace(w.ok("event", "list", "-f", "--after", "0", "--limit", "4", "-o", "json")), "\n")
	require.Len(t, lines, 4)
	before := int64(0)
	for _, line := range lines {
		var event client.Event
		require.NoError(t, json.Unmarshal([]byte(line), &event))
		require.Greater(t, event.ID, before)
		before = event.ID
	}
	for says, args := range map[string][]string{
		"--after: it says where":    {"--after", "3"},
		"--after: it has to be":     {"--follow", "--after", "-2"},
		"--limit: it has to be":     {"--limit", "-1"},
		"--follow: it does not go":  {"--follow", "--dead"},
		"--name: it does not go":    {"--name", "issue_created", "--dead"},
		"there is no event 1000000": {"--follow", "--after", "1000000"},
	} {
		got := w.run(append([]string{"event", "list"}, args...)...)
		require.Contains(t, got.errors, says)
		require.NotZero(t, got.status, args)
	}
}

func TestEventRedeliver(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	require.Equal(t, 1, strings.Count(w.ok("event", "list", "--dead"), "\n"), "only the header")
	require.Equal(t, "nothing was given up: there is nothing to deliver again\n", w.ok("event", "redeliver", "--all"))
	require.JSONEq(t, `{"deliveries":0}`, w.ok("event", "redeliver", "--monitor", "orders", "-o", "json"))
	for says, args := range map[string][]string{
		"event 1 has no delivery that was given up": {"1"},
		`monitor "nobody" does not exist`:           {"--monitor", "nobody"},
	} {
		got := w.run(append([]string{"event", "redeliver"}, args...)...)
		require.Equal(t, 1, got.status)
		require.Contains(t, got.errors, says)
	}
	for says, args := range map[string][]string{
		"which events?":        {},
		"either ids of events": {"--all", "7"},
		`"x" is no id`:         {"x"},
		"or --monitor, or":     {"--all", "--monitor", "orders"},
	} {
		got := w.run(append([]string{"event", "redeliver"}, args...)...)
		require.Equal(t, 2, got.status, args)
		require.Contains(t, got.errors, says)
	}
}
