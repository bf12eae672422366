package telemetry

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNewLogger_JSON(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	log := NewLogger(&out, LogConfig{Mode: LogJSON, Level: slog.LevelWarn})
	log.Info("not shown")
	log.Warn("shown", "monitor", "stuck_orders")

	var line map[string]any
	require.NoError(t, json.Unmarshal(out.Bytes(), &line), "exactly one object")
	require.Equal(t, "shown", line["msg"])
	require.Equal(t, "WARN", line["level"])
	require.Equal(t, "stuck_orders", line["monitor"])
}

func TestNewLogger_Friendly(t *testing.T) {
	t.Parallel()
	var plain, coloured bytes.Buffer
	NewLogger(&plain, LogConfig{Mode: LogFriendly}).Info("issue_created", "model_id", "7 8\x1b[31m")
	NewLogger(&coloured, LogConfig{Mode: LogFriendly, Colour: true}).Error("issue_created")

	require.Regexp(t, `^\d\d:\d\d:\d\d\.\d{3} INF issue_created model_id="7 8"\n$`, plain.String(),
		"what a monitor logs must not steer the terminal")
	require.Contains(t, coloured.String(), "\x1b[")
}

func TestWantsColour_OnlyOnATerminal(t *testing.T) {
	t.Parallel()
	file, err := os.Create(filepath.Join(t.TempDir(), "log"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, file.Close()) })
	none := func(string) (string, bool) { return "", false }
	require.False(t, WantsColour(file, none))
}
