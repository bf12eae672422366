package script

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestParseDuration(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{
		"0": 0, "0s": 0, "30s": 30 * time.Second, "1h30m": 90 * time.Minute, "7d": 168 * time.Hour, "2w": 336 * time.Hour,
		"1.5h": 90 * time.Minute, "-5m": -5 * time.Minute, "250ms": 250 * time.Millisecond, "1d12h": 36 * time.Hour,
	} {
		got, err := ParseDuration(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
	for _, text := range []string{"", "-", "30", "s", "1x", "1h 2m", "1..5h", "h1", "1h-2m", "99999999w"} {
		_, err := ParseDuration(text)
		require.Error(t, err, text)
	}
}
