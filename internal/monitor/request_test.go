package monitor_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestRequest_WhereLeavesOutWhatMayBeSecret(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]string{
		"https://user:password@a.example:8443/b%20c?key=1#d": "https://a.example:8443/b%20c",
		"https://a.example": "https://a.example",
		"a b\n":             "",
		"":                  "",
	} {
		require.Equal(t, want, (&monitor.Request{URL: url}).Where())
	}
}
