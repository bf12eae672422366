package script

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"go.starlark.net/starlark"
)

// string writes text. U+0000, which a database cannot hold, and what is no valid
// UTF-8 become U+FFFD and are counted.
func (e *encoder) string(s string) {
	e.buffer = append(e.buffer, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= 0x20 && c < utf8.RuneSelf && c != '"' && c != '\\' {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r != utf8.RuneError || size > 1 {
				i += size
				continue
			}
		}
		e.buffer = append(e.buffer, s[start:i]...)
		e.special(c)
		i++
		start = i
	}
	e.buffer = append(e.buffer, s[start:]...)
	e.buffer = append(e.buffer, '"')
}

// special writes a byte that cannot stand in JSON text as it is.
func (e *encoder) special(c byte) {
	const digits = "0123456789abcdef"
	switch {
	case c == 0 || c >= utf8.RuneSelf:
		e.replaced++
		e.buffer = utf8.AppendRune(e.buffer, utf8.RuneError)
	case c == '"' || c == '\\':
		e.buffer = append(e.buffer, '\\', c)
	case strings.IndexByte("\b\f\n\r\t", c) >= 0:
		e.buffer = append(e.buffer, '\\', "bfnrt"[strings.IndexByte("\b\f\n\r\t", c)])
	default:
		e.buffer = append(e.buffer, '\\', 'u', '0', '0', digits[c>>4], digits[c&0xf])
	}
}

// unstorable is a value without a stored form, somewhere inside of another.
type unstorable struct {
	// path leads to it: ["items"][3].
	path string
	err  error
}

func (u *unstorable) Error() string { return shortenPath(u.path) + ": " + u.err.Error() }

func (u *unstorable) Unwrap() error { return u.err }

// within says that an error happened inside of a list or dict. Size has no place.
func within(step string, err error) error {
	if errors.Is(err, errTooLarge) {
		return err
	}
	if u, ok := errors.AsType[*unstorable](err); ok {
		u.path = step + u.path
		return u
	}
	return &unstorable{step, err}
}

const (
	maxShownText = 40
	maxShownPath = 120
)

// shown is a number in parentheses: what else there is may be long or endless.
func shown(value starlark.Value) string {
	switch value := value.(type) {
	case starlark.Int:
		if _, small := value.Int64(); small {
			return " (" + value.String() + ")"
		}
	case starlark.Bool, starlark.Float:
		return " (" + value.String() + ")"
	}
	return ""
}

// shorten cuts text that is only quoted to show where something is.
func shorten(text string) string {
	if len(text) <= maxShownText {
		return text
	}
	return strings.ToValidUTF8(text[:maxShownText], "") + "..."
}

func shortenPath(path string) string {
	if len(path) <= maxShownPath {
		return path
	}
	return fmt.Sprintf("%s ... %s",
		strings.ToValidUTF8(path[:maxShownPath/2], ""), strings.ToValidUTF8(path[len(path)-maxShownPath/2:], ""))
}
