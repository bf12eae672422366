package sqlstore

import (
	"encoding/json"
	"strings"
)

// storable is a text as every database takes it. What services say when they fail
// is not ours to choose, and PostgreSQL refuses U+0000 and what is no UTF-8.
func storable(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "\uFFFD")
}

// encode is a value as JSON in which no text has U+0000: PostgreSQL would store
// that, and then fail every statement that looks into it, among them those that
// list many rows.
func encode(value any) (string, error) {
	encoded, err := json.Marshal(value)
	if err != nil {
		return "", err
	}
	return withoutNUL(string(encoded)), nil
}

// withoutNUL replaces U+0000 in JSON, where it stands as an escape. An escaped
// backslash that happens to come before "u0000" is none.
func withoutNUL(text string) string {
	const nul, replacement = `\u0000`, `\ufffd`
	if !strings.Contains(text, nul) {
		return text
	}
	var b strings.Builder
	for {
		escape := strings.IndexByte(text, '\\')
		if escape < 0 {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:escape])
		text = text[escape:]
		if rest, ok := strings.CutPrefix(text, nul); ok {
			b.WriteString(replacement)
			text = rest
			continue
		}
		b.WriteString(text[:2])
		text = text[2:]
	}
}
