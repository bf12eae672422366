package telemetry

import (
	"io"
	"log/slog"
	"os"

	"github.com/lmittmann/tint"
	"github.com/mattn/go-isatty"
)

// LogMode is how log lines look.
type LogMode string

// The modes.
const (
	LogFriendly LogMode = "friendly" // for people: short lines, coloured on a terminal
	LogJSON     LogMode = "json"     // for machines: an object a line
)

// LogConfig says what is logged and how.
type LogConfig struct {
	Mode  LogMode
	Level slog.Level
	// Colour is only used by LogFriendly. See [WantsColour].
	Colour bool
}

// NewLogger makes a logger that writes to w, one line for each record.
func NewLogger(w io.Writer, config LogConfig) *slog.Logger {
	if config.Mode == LogJSON {
		return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: config.Level}))
	}
	return slog.New(tint.NewTextHandler(w, &tint.Options{
		Level:      config.Level,
		TimeFormat: "15:04:05.000",
		NoColor:    !config.Colour,
	}))
}

// noColour is the variable by which people say that they want none
// (https://no-color.org).
const noColour = "NO_COLOR" //nolint:misspell // the name is not ours

// WantsColour tells whether what is written to the file is seen by somebody who
// wants colours: it is a terminal, and the environment does not say otherwise.
func WantsColour(file *os.File, lookup func(string) (string, bool)) bool {
	if value, ok := lookup(noColour); ok && value != "" {
		return false
	}
	if term, _ := lookup("TERM"); term == "dumb" {
		return false
	}
	return isatty.IsTerminal(file.Fd()) || isatty.IsCygwinTerminal(file.Fd())
}
