package httpapi

import (
	"encoding/json"
	"errors"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

var (
	errNotUTF8  = errors.New("the body is not UTF-8 text")
	errUnpaired = errors.New(`the body has half a character in it: \ud800 to \udfff come in pairs`)
)

// readJSON decodes a body. What the standard library would replace by U+FFFD
// without a word is refused: files must arrive as they were sent.
func readJSON(body []byte, target any) error {
	if !utf8.Valid(body) {
		return errNotUTF8
	}
	if hasUnpaired(body) {
		return errUnpaired
	}
	validated, ok := target.(*any)
	if !ok {
		return json.Unmarshal(body, target)
	}
	// What is decoded into anything is only looked at for mistakes.
	if err := checkKeys(body); err != nil {
		return err
	}
	err := json.Unmarshal(body, validated)
	*validated = withStandIns(*validated)
	return err
}

// hasUnpaired looks for an escape of one half of a surrogate pair without the other.
func hasUnpaired(text []byte) bool {
	for i := 0; i+1 < len(text); i++ {
		if text[i] != '\\' {
			continue
		}
		half, ok := escaped(text[i:])
		switch {
		case !ok:
			i++ // the escaped character may be a backslash
		case !utf16.IsSurrogate(half):
			i += 5
		default:
			other, ok := escaped(text[i+6:])
			if !ok || utf16.DecodeRune(half, other) == utf8.RuneError {
				return true
			}
			i += 11
		}
	}
	return false
}

// escaped reads the character that is written as \uXXXX at the start of a text.
func escaped(text []byte) (rune, bool) {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	value, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	return rune(value), err == nil
}
