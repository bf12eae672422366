package telemetry

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNewRegistry(t *testing.T) {
	t.Parallel()
	families, err := NewRegistry(Build{Version: "v1.2.3", Commit: "abc", GoVersion: "go1.26"}).Gather()
	require.NoError(t, err)

	found := map[string]string{}
	for _, family := range families {
		found[family.GetName()] = family.GetMetric()[0].String()
	}
	require.Contains(t, found, "go_goroutines")
	require.Contains(t, found, "process_start_time_seconds")
	require.Contains(t, found["vedette_build_info"], "v1.2.3")
	require.Contains(t, found["vedette_build_info"], "abc")
}
