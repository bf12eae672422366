package httpapi

import (
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestAttempts_AreCountedByAddressForAMinute(t *testing.T) {
	t.Parallel()
	var a attempts
	now := time.Now()
	one, other := netip.MustParseAddr("10.0.0.1"), netip.MustParseAddr("10.0.0.2")
	for range mostAttempts {
		wait, _ := a.fail(one, now)
		require.Zero(t, wait)
	}
	wait, first := a.fail(one, now.Add(20*time.Second))
	require.Equal(t, 40*time.Second, wait)
	require.True(t, first)
	wait, first = a.fail(one, now.Add(59*time.Second))
	require.Equal(t, time.Second, wait)
	require.False(t, first, "told once")
	wait, _ = a.fail(other, now)
	require.Zero(t, wait)
	wait, _ = a.fail(one, now.Add(attemptsWindow))
	require.Zero(t, wait)
}

func TestAttempts_TakeNoMoreMemoryHoweverManyAddressesThereAre(t *testing.T) {
	t.Parallel()
	var a attempts
	now := time.Now()
	address := netip.MustParseAddr("10.0.0.0")
	for range mostAddresses + 100 {
		a.fail(address, now)
		address = address.Next()
	}
	require.Len(t, a.failed, mostAddresses+1)
	wait, _ := a.fail(address, now)
	require.Positive(t, wait, "those beyond share a count")
}

func TestAddressOf(t *testing.T) {
	t.Parallel()
	for remote, want := range map[string]string{
		"10.1.2.3:4567":            "10.1.2.3",
		"[::ffff:10.1.2.3]:4567":   "10.1.2.3",
		"[2001:db8:1:2:3:4:5:6]:7": "2001:db8:1:2::",
		"[fe80::1%eth0]:7":         "fe80::",
		"@":                        "invalid IP",
	} {
		require.Equal(t, want, addressOf(remote).String(), remote)
	}
}

func TestAccess_LimitsWrongTokensAndNeverKeepsOutARightOne(t *testing.T) {
	t.Parallel()
	var log logbook
	w := newWorld(t, withAdmin)
	w.server.api.access.logger = log.logger()
	right := w.token("ada", Viewer)
	for i := range mostAttempts {
		require.Equal(t, 401, w.send("GET", "/status", "", bearer("guess"+strconv.Itoa(i))).status)
	}
	for range 3 {
		got := w.send("GET", "/status", "", bearer("guess"))
		require.Equal(t, 429, got.status)
		seconds, err := strconv.Atoi(got.header.Get("Retry-After"))
		require.NoError(t, err)
		require.Positive(t, seconds)
		require.LessOrEqual(t, seconds, 60)
	}
	require.Equal(t, 429, w.send("POST", sessionPath, `{"token":"guess"}`).status, "signing in counts as well")
	require.Equal(t, 200, w.send("GET", "/status", "", bearer(right)).status)
	require.Equal(t, 200, w.send("GET", "/status", "", bearer(adminSecret)).status)
	require.Equal(t, 201, w.send("POST", sessionPath, `{"token":"`+right+`"}`).status)
	require.Equal(t, 401, w.send("GET", "/status", "").status, "who shows no token guesses none")
	require.Equal(t, mostAttempts+1, strings.Count(log.String(), "token refused"), "the log is not filled either")
	require.Contains(t, w.send("GET", "/metrics", "").body, "vedette_http_refused_tokens_total 14\n")
}
