package monitor

import (
	"errors"
	"fmt"
)

// Code sorts errors by what the caller can do about them. The HTTP API turns it
// into a status, the command line into an exit status; nobody else looks at it.
type Code string

// The codes.
const (
	CodeInternal    Code = "internal"    // a bug or a broken environment
	CodeInvalid     Code = "invalid"     // what was given is wrong: 422
	CodeNotFound    Code = "not_found"   // 404
	CodeConflict    Code = "conflict"    // the state does not allow it: 409
	CodeStale       Code = "stale"       // somebody else changed it since: 412
	CodeForbidden   Code = "forbidden"   // 403
	CodeUnavailable Code = "unavailable" // store or queue away, or a lock not had in time: 503
	CodeFenced      Code = "fenced"      // the execution is no longer this executor's (R04)
	CodeSchema      Code = "schema"      // the database's schema does not fit this binary
)

// Error is an error with a code.
type Error struct {
	Code Code
	// Message says what is wrong and, where known, what would be right. It
	// includes the cause's own words.
	Message string
	// Err is the cause, or nil.
	Err error
}

// Error is the message.
func (e *Error) Error() string { return e.Message }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an error with a code. What stands for a %w becomes its cause.
func Errorf(code Code, format string, args ...any) error {
	err := fmt.Errorf(format, args...)
	return &Error{Code: code, Message: err.Error(), Err: errors.Unwrap(err)}
}

// CodeOf gives the code of the first coded error in err's chain, or
// [CodeInternal].
func CodeOf(err error) Code {
	if coded, ok := errors.AsType[*Error](err); ok {
		return coded.Code
	}
	return CodeInternal
}
