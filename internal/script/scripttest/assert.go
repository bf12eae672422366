package scripttest

import (
	"fmt"
	"regexp"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

const (
	// shownValue is how much of a value is shown in a message.
	shownValue = 2000
	// shownPart is how much if the message also says what it is about it.
	shownPart = 300
)

func assertions() []script.Builtin {
	return []script.Builtin{
		{
			Signature: "assert.eq(actual: Any, expected: Any) -> None",
			Doc:       "Fails the test unless the values are equal.",
			Run:       assertEqual,
		},
		{
			Signature: "assert.ne(actual: Any, unexpected: Any) -> None",
			Doc:       "Fails the test if the values are equal.",
			Run:       assertNotEqual,
		},
		{
			Signature: "assert.true(value: Any, message: str | None = None) -> None",
			Doc:       "Fails the test unless the value counts as true.",
			Run:       assertTrue,
		},
		{
			Signature: "assert.fails(function: Callable, pattern: str | None = None) -> str",
			Doc:       "Fails the test unless the function fails, with a message in which the regular expression is found; gives the message.",
			Run:       assertFails,
		},
	}
}

// failed is the failure of an assertion.
func failed(format string, args ...any) error {
	return &monitor.Failure{Kind: monitor.FailureFail, Message: fmt.Sprintf(format, args...)}
}

func assertEqual(s *script.Scope, a *script.Args) (starlark.Value, error) {
	actual, expected := a.Value("actual"), a.Value("expected")
	equal, err := starlark.Equal(actual, expected)
	if err != nil || equal {
		return starlark.None, err
	}
	where, err := differences(s, actual, expected)
	if err != nil {
		return nil, err
	}
	most := shownValue
	if where != "" {
		most = shownPart
	}
	texts, err := shown(s, most, actual, expected)
	if err != nil {
		return nil, err
	}
	return nil, failed("assert.eq: the values differ%s\n  actual:   %s\n  expected: %s", where, texts[0], texts[1])
}

func assertNotEqual(s *script.Scope, a *script.Args) (starlark.Value, error) {
	equal, err := starlark.Equal(a.Value("actual"), a.Value("unexpected"))
	if err != nil || !equal {
		return starlark.None, err
	}
	texts, err := shown(s, shownValue, a.Value("actual"))
	if err != nil {
		return nil, err
	}
	return nil, failed("assert.ne: both values are %s", texts[0])
}

func assertTrue(s *script.Scope, a *script.Args) (starlark.Value, error) {
	message := a.String("message")
	if err := a.Err(); err != nil || bool(a.Value("value").Truth()) {
		return starlark.None, err
	}
	texts, err := shown(s, shownValue, a.Value("value"))
	if err != nil {
		return nil, err
	}
	if message != "" {
		message = ": " + message
	}
	return nil, failed("assert.true: the value is %s%s", texts[0], message)
}

func assertFails(s *script.Scope, a *script.Args) (starlark.Value, error) {
	function, text := a.Callable("function"), a.String("pattern")
	pattern, err := regexp.Compile(text)
	if err != nil {
		a.Refuse("pattern", "is no regular expression: %v", err)
	}
	if err := a.Err(); err != nil {
		return nil, err
	}
	value, failure, err := s.Attempt(function, nil, nil)
	if err != nil {
		return nil, err
	}
	if failure == nil {
		texts, err := shown(s, shownValue, value)
		if err != nil {
			return nil, err
		}
		return nil, failed("assert.fails: %s() did not fail; it returned %s", function.Name(), texts[0])
	}
	if !pattern.MatchString(failure.Message) {
		return nil, failed("assert.fails: it failed with another message\n  actual:  %s\n  pattern: %s", failure.Message, text)
	}
	return starlark.String(failure.Message), nil
}

// shown are the texts of values as code would write them, each cut to its first
// bytes.
func shown(s *script.Scope, most int, values ...starlark.Value) ([]string, error) {
	texts := make([]string, len(values))
	for i, value := range values {
		if text, isText := value.(starlark.String); isText {
			texts[i] = cut(text.String(), most)
			continue
		}
		text, err := s.Show(value)
		if err != nil {
			return nil, err
		}
		texts[i] = cut(text, most)
	}
	return texts, nil
}
