package notify

import (
	"errors"
	"fmt"
	"time"
)

// Kind says what an error of a target means for what comes next.
type Kind string

// The kinds.
const (
	// Temporary: it may work later. It is the kind of every other error, too.
	Temporary Kind = "temporary"
	// Throttled: not before RetryAfter.
	Throttled Kind = "throttled"
	// Refused: a person has to mend something first: a token, a channel, an address.
	Refused Kind = "refused"
	// Rejected: this one message can never be shown as it is.
	Rejected Kind = "rejected"
	// Gone: what was to be edited is not there any more.
	Gone Kind = "gone"
)

// Error is an error of a target.
type Error struct {
	Kind Kind
	// RetryAfter is how long the service asks to be left alone; 0: it does not say.
	RetryAfter time.Duration
	// Message says what happened in words that help whoever can mend it, without
	// secrets.
	Message string
	cause   error
}

func (e *Error) Error() string { return e.Message }

func (e *Error) Unwrap() error { return e.cause }

// Errorf makes an error of a kind. %w keeps a cause.
func Errorf(kind Kind, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	return &Error{Kind: kind, Message: err.Error(), cause: errors.Unwrap(err)}
}

// KindOf is the kind of an error.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Temporary
}

// longestPause bounds what a service may ask for: whoever is told of nothing for days
// because of one answer does not know that there is nothing to wait for.
const longestPause = time.Hour

// RetryAfter is how long the service that gave the error asks to be left alone, up to
// an hour; 0: it does not say.
func RetryAfter(err error) time.Duration {
	if e, ok := errors.AsType[*Error](err); ok {
		return min(e.RetryAfter, longestPause)
	}
	return 0
}
