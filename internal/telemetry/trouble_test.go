package telemetry_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/telemetry"
)

func TestTrouble_LogsChangesOnly(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	trouble := telemetry.NewTrouble(telemetry.NewLogger(&log, telemetry.LogConfig{}), "the queue")
	turns := []struct {
		err   error
		lines int
	}{
		{nil, 0},
		{errors.New("away"), 1},
		{errors.New("away"), 1},
		{errors.New("still away"), 2},
		{nil, 3},
		{nil, 3},
		{errors.New("away"), 4},
	}
	for _, turn := range turns {
		trouble.Note(t.Context(), turn.err)
		require.Equal(t, turn.lines, strings.Count(log.String(), "\n"), "after %v", turn.err)
	}
	require.Contains(t, log.String(), "the queue")

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	trouble.Note(ctx, context.Canceled)
	require.NotContains(t, log.String(), context.Canceled.Error())
}
