package notify

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Driver makes targets of one kind.
type Driver struct {
	// Open makes a target without connecting: a service that is away is an error of
	// its calls, not of the start. Settings that make no sense are an error here,
	// which names the key and tells no secret.
	Open func(Config) (Target, error)
	// Listen is nil for a service in which people cannot act on alerts.
	Listen Listen
}

// Config is what a target is made of.
type Config struct {
	// Receiver is the name under which it is configured.
	Receiver string
	Settings Settings
	// Secret gives a variable of the environment, such as SLACK_TOKEN; an empty one
	// if it is not set.
	Secret func(name string) monitor.Secret
	// HTTP is to be used for all that goes over HTTP.
	HTTP   *http.Client
	Logger *slog.Logger
	// Product is what calls itself in User-Agent: vedette/1.2.
	Product string
}

// Settings are the values below a target's key in the configuration.
type Settings struct {
	// Path is where they stand: receivers.payments.slack.
	Path string
	// JSON is an object.
	JSON monitor.Data
}

// Decode reads the settings into a struct by its json tags. An unknown key is an
// error, and so is a value of another type.
func (s Settings) Decode(into any) error {
	decoder := json.NewDecoder(bytes.NewReader([]byte(s.JSON)))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(into)
	if err == nil {
		return nil
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return s.Errorf(wrong.Field, "expected a value of type %s, not %s", wrong.Type, wrong.Value)
	}
	if key, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return fmt.Errorf("unknown key %q", s.Path+"."+strings.Trim(key, `"`))
	}
	return fmt.Errorf("%s: %w", s.Path, err)
}

// Errorf is an error about one of the settings.
func (s Settings) Errorf(key, format string, args ...any) error {
	path := s.Path
	if key != "" {
		path += "." + key
	}
	return fmt.Errorf(path+": "+format, args...)
}
