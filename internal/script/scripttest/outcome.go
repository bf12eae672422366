package scripttest

import (
	"fmt"
	"slices"
	"sync/atomic"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
)

// outcome is what run() and event() give to a test: a plan, or what a reaction
// left behind. It remembers whether the test looked at the error: code that is
// broken finds nothing and solves nothing, and many a test would take that for
// success.
type outcome struct {
	kind   string
	fields starlark.StringDict
	// bug is why the code is broken; nil if it is not.
	bug *monitor.Failure
	// made is where in the test it was asked for.
	made   string
	looked atomic.Bool
}

var _ starlark.HasAttrs = (*outcome)(nil)

// bugAmong is the first of the failures that a fake cannot be meant to cause.
func bugAmong(failures []*monitor.Failure) *monitor.Failure {
	return firstOf(failures, monitor.FailureCode, monitor.FailureLimit, monitor.FailureResult)
}

// firstOf is the first failure of one of the kinds, or nil.
func firstOf(failures []*monitor.Failure, kinds ...monitor.FailureKind) *monitor.Failure {
	for _, failure := range failures {
		if slices.Contains(kinds, failure.Kind) {
			return failure
		}
	}
	return nil
}

// ignored is the failure of a test that did not look at a bug; nil if there is
// none, or if it did.
func (o *outcome) ignored() *monitor.Failure {
	if o.bug == nil || o.looked.Load() {
		return nil
	}
	failure := *o.bug
	failure.Message += fmt.Sprintf(" (the test does not look at the .error of the %s it got at %s)", o.kind, o.made)
	return &failure
}

// Attr gives a field.
func (o *outcome) Attr(name string) (starlark.Value, error) {
	if value, ok := o.fields[name]; ok {
		if name == "error" {
			o.looked.Store(true)
		}
		return value, nil
	}
	// The interpreter adds the name that may have been meant.
	return nil, starlark.NoSuchAttrError(fmt.Sprintf("a %s has no .%s", o.kind, name))
}

// AttrNames lists the fields.
func (o *outcome) AttrNames() []string { return o.fields.Keys() }

// String shows which error there was, and nothing of the rest, which may be long.
func (o *outcome) String() string { return fmt.Sprintf("%s(error = %s)", o.kind, o.fields["error"]) }

// Type is "plan" or "reaction".
func (o *outcome) Type() string { return o.kind }

// Freeze freezes what the fields hold.
func (o *outcome) Freeze() { o.fields.Freeze() }

// Truth is true: also a plan that changes nothing is one.
func (o *outcome) Truth() starlark.Bool { return starlark.True }

// Hash refuses: an outcome is no key.
func (o *outcome) Hash() (uint32, error) { return 0, fmt.Errorf("unhashable: %s", o.kind) }
