package datasource

import (
	"encoding/base64"
	"math"
	"strconv"
	"time"
	"unicode/utf8"
)

// storedTime is how a time is stored: RFC 3339 in UTC with milliseconds.
const storedTime = "2006-01-02T15:04:05.000Z"

// AppendNull appends null: what a column without a value has.
func AppendNull(dst []byte) []byte { return append(dst, "null"...) }

// AppendBool appends a bool.
func AppendBool(dst []byte, b bool) []byte {
	return strconv.AppendBool(dst, b)
}

// AppendTime appends a time in stored form (R08). What is finer than a
// millisecond is cut off, not rounded, so that a time never moves into the next
// day.
func AppendTime(dst []byte, t time.Time) []byte {
	dst = append(dst, '"')
	dst = t.UTC().AppendFormat(dst, storedTime)
	return append(dst, '"')
}

// AppendBytes appends bytes in stored form (R08): base64 with padding.
func AppendBytes(dst, b []byte) []byte {
	dst = append(dst, '"')
	dst = base64.StdEncoding.AppendEncode(dst, b)
	return append(dst, '"')
}

// AppendFloat appends a float in stored form (R08): the shortest text that reads
// back equal, null for NaN and the infinities.
func AppendFloat(dst []byte, f float64) []byte {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return append(dst, "null"...)
	}
	if f == 0 {
		return append(dst, '0') // negative zero is equal to it
	}
	if abs := math.Abs(f); abs >= 1e-6 && abs < 1e21 {
		return strconv.AppendFloat(dst, f, 'f', -1, 64)
	}
	return appendExponent(dst, f)
}

// appendExponent writes 1e+300 as 1e300 and 1e-07 as 1e-7.
func appendExponent(dst []byte, f float64) []byte {
	var scratch [32]byte
	text := strconv.AppendFloat(scratch[:0], f, 'e', -1, 64)
	for i, c := range text {
		afterE := i > 0 && text[i-1] == 'e'
		leadingZero := c == '0' && i > 1 && text[i-2] == 'e' && i+1 < len(text)
		if (afterE && c == '+') || leadingZero {
			continue
		}
		dst = append(dst, c)
	}
	return dst
}

// AppendString appends text in stored form (R08). U+0000 and what is no valid
// UTF-8 become U+FFFD.
func AppendString[Text string | []byte](dst []byte, s Text) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if escaped := escapes[c]; escaped != "" {
				dst = append(append(dst, s[start:i]...), escaped...)
				start = i + 1
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(string(s[i:min(len(s), i+utf8.UTFMax)]))
		if r == utf8.RuneError && size == 1 {
			dst = append(append(dst, s[start:i]...), replacement...)
			start = i + 1
		}
		i += size
	}
	return append(append(dst, s[start:]...), '"')
}

const replacement = string(utf8.RuneError)

// escapes holds what stands for an ASCII character inside of a JSON string;
// empty: the character itself.
var escapes = func() (table [utf8.RuneSelf]string) {
	const digits = "0123456789abcdef"
	for c := range 0x20 {
		table[c] = `\u00` + string(digits[c>>4]) + string(digits[c&0xf])
	}
	table[0] = replacement
	table['\b'], table['\f'], table['\n'], table['\r'], table['\t'] = `\b`, `\f`, `\n`, `\r`, `\t`
	table['"'], table['\\'] = `\"`, `\\`
	return table
}()
