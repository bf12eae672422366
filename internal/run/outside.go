package run

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// Querier runs the queries of monitors; [Databases] is one.
type Querier interface {
	// Query runs a statement on the database it names. Errors are *monitor.Failure.
	Query(ctx context.Context, q monitor.Query) (monitor.Rows, error)
}

// Caller makes the HTTP calls of monitors; *egress.Client is one.
type Caller interface {
	// Call makes a call. Errors are *monitor.Failure; with one for the status of a
	// response comes the response.
	Call(ctx context.Context, r monitor.Request) (monitor.Response, error)
}

// SecretHolder knows the values that the operator exposed to monitors; [Secrets] is
// one.
type SecretHolder interface {
	// LookupSecret gives a value by its name. Errors are *monitor.Failure.
	LookupSecret(name string) (monitor.Secret, error)
}

// Outside is all that monitors can reach of the world.
type Outside struct {
	Querier
	Caller
	SecretHolder
}

// outsideOf makes the most of what there is.
func outsideOf(databases Querier) Outside {
	outside := Outside{databases, noCaller{}, Secrets{}}
	if caller, ok := databases.(Caller); ok {
		outside.Caller = caller
	}
	if holder, ok := databases.(SecretHolder); ok {
		outside.SecretHolder = holder
	}
	return outside
}

// noCaller makes no calls.
type noCaller struct{}

func (noCaller) Call(context.Context, monitor.Request) (monitor.Response, error) {
	return monitor.Response{}, &monitor.Failure{Kind: monitor.FailureHTTP, Message: "refused: no host may be called from here"}
}

// Secrets are the values that the operator exposed to monitors, by name.
type Secrets map[string]monitor.Secret

var _ SecretHolder = Secrets(nil)

// LookupSecret gives one of them.
func (s Secrets) LookupSecret(name string) (monitor.Secret, error) {
	if value, ok := s[name]; ok {
		return value, nil
	}
	message := "there is no secret \"" + name + "\": none is exposed (secrets in the configuration lists those that are)"
	if names := slices.Sorted(maps.Keys(s)); len(names) > 0 {
		message = "there is no secret \"" + name + "\"" + script.DidYouMean(name, names) + ": exposed to monitors is " + strings.Join(names, ", ") + " (secrets in the configuration)"
	}
	return monitor.Secret{}, &monitor.Failure{Kind: monitor.FailureCode, Message: message}
}
