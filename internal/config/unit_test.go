package config

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestParseDuration(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{
		"30s": 30 * time.Second, "1h30m": 90 * time.Minute, "365d": 365 * day, "1d12h": 36 * time.Hour, "0s": 0, "250ms": 250 * time.Millisecond,
	} {
		got, err := ParseDuration(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
		again, err := ParseDuration(formatDuration(got))
		require.NoError(t, err)
		require.Equal(t, got, again, text)
	}
	for _, text := range []string{"", "1", "d", "-1s", "-1d", "1d-1h", "1.5d", "2147483647d", "106751d24h", "1h1d", "soon", "1s "} {
		_, err := ParseDuration(text)
		require.ErrorContains(t, err, "is no duration", text)
	}
}

func TestFormatDuration(t *testing.T) {
	t.Parallel()
	for want, d := range map[string]time.Duration{
		"30s": 30 * time.Second, "1m": time.Minute, "1h": time.Hour, "1h0m30s": time.Hour + 30*time.Second, "10m": 10 * time.Minute, "2d": 2 * day, "0s": 0,
	} {
		require.Equal(t, want, formatDuration(d))
	}
}

func TestParseSize(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Size{"128MiB": 128 * mebibyte, "1GiB": 1 << 30, "2 kB": 2000, "1024": 1024, "7B": 7, "0": 0} {
		got, err := ParseSize(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
		again, err := ParseSize(got.String())
		require.NoError(t, err)
		require.Equal(t, got, again, text)
	}
	for _, text := range []string{"", "MiB", "-1MiB", "1.5GiB", "9223372036854775807KiB", "lots"} {
		_, err := ParseSize(text)
		require.ErrorContains(t, err, "is no size", text)
	}
}
