package datasourcetest

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

const password = "hunter2"

func testAway(t *testing.T, d Driver) {
	for name, address := range d.Away(t) {
		source, err := d.Open(address, generous)
		require.NoError(t, err, "%s: a database that is down is no error of the start", name)
		_, err = source.Query(t.Context(), monitor.Query{Database: "shop", SQL: "select 1 as a"})
		require.NotContains(t, requireFailure(t, err, monitor.FailureConnection), password, name)
		err = source.Ping(t.Context())
		require.Error(t, err, name)
		require.NotContains(t, err.Error(), password, name)
		require.NoError(t, source.Close())
	}
}

func testMalformed(t *testing.T, d Driver) {
	for _, address := range d.Malformed {
		_, err := d.Open(address, generous)
		require.Error(t, err, address.Reveal())
		require.NotContains(t, err.Error(), password)
	}
}
