package scripttest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

// What code asked is kept for the test to look at, and it may ask much.
func TestFakes_WhatIsKeptIsBounded(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", maxNoted/4)
	queries := &fakes{list: []fake{{database: "shop"}}}
	for range 4 {
		_, full := queries.take(monitor.Query{Database: "shop", Args: []any{[]any{long, 7}}})
		require.Nil(t, full)
	}
	_, full := queries.take(monitor.Query{Database: "shop", SQL: "select 1"})
	require.ErrorContains(t, full, "more than 64 MiB together")
	require.Len(t, queries.queries, 4)

	calls := &fakeCalls{list: []fakeCall{{method: "POST"}}}
	for range 4 {
		_, full := calls.take(monitor.Request{Method: "POST", Body: long})
		require.Nil(t, full)
	}
	_, full = calls.take(monitor.Request{Method: "POST", Body: "x"})
	require.ErrorContains(t, full, "more than 64 MiB together")
	require.Len(t, calls.made, 4)
}
