package script

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// string reads a string in quotes. What has no escapes is not copied: the value
// keeps the text it came from.
func (d *decoder) string() (string, error) {
	d.pos++
	start := d.pos
	for i := start; i < len(d.text); i++ {
		switch c := d.text[i]; {
		case c == '"':
			d.pos = i + 1
			return d.text[start:i], nil
		case c == '\\':
			return d.escaped(start, i)
		case c < 0x20:
			d.pos = i
			return "", d.errorf("control character in a string")
		}
	}
	d.pos = len(d.text)
	return "", d.errorf("a string does not end")
}

// escaped reads a string from the escape at i on.
func (d *decoder) escaped(start, i int) (string, error) {
	var b strings.Builder
	for {
		b.WriteString(d.text[start:i])
		if i >= len(d.text) {
			d.pos = i
			return "", d.errorf("a string does not end")
		}
		switch c := d.text[i]; {
		case c == '"':
			d.pos = i + 1
			return b.String(), nil
		case c == '\\':
			r, end := unescape(d.text, i)
			if end < 0 {
				d.pos = i
				return "", d.errorf("unknown escape in a string")
			}
			b.WriteRune(r)
			start, i = end, end
			continue
		case c < 0x20:
			d.pos = i
			return "", d.errorf("control character in a string")
		}
		start = i
		for i++; i < len(d.text) && d.text[i] != '"' && d.text[i] != '\\' && d.text[i] >= 0x20; {
			i++
		}
	}
}

var shortEscapes = map[byte]rune{
	'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t',
}

// unescape gives the character of the escape at i and where it ends, or -1. Half
// of a surrogate pair is U+FFFD.
func unescape(text string, i int) (rune, int) {
	if i+1 >= len(text) {
		return 0, -1
	}
	if text[i+1] != 'u' {
		r, ok := shortEscapes[text[i+1]]
		if !ok {
			return 0, -1
		}
		return r, i + 2
	}
	first, ok := hex4(text, i+2)
	if !ok {
		return 0, -1
	}
	if !utf16.IsSurrogate(first) {
		return first, i + 6
	}
	if strings.HasPrefix(text[i+6:], `\u`) {
		if second, ok := hex4(text, i+8); ok {
			if r := utf16.DecodeRune(first, second); r != utf8.RuneError {
				return r, i + 12
			}
		}
	}
	return utf8.RuneError, i + 6
}

func hex4(text string, i int) (rune, bool) {
	if i+4 > len(text) {
		return 0, false
	}
	n, err := strconv.ParseUint(text[i:i+4], 16, 32)
	return rune(n), err == nil
}
