package monitor

import (
	"strconv"
	"strings"
)

// decimal is a number exactly as its text says: digits * 10^exponent. Two equal
// numbers have equal decimals, however they were written, so == compares them;
// floats would take 2^53+1 for 2^53.
type decimal struct {
	negative bool
	// digits has no zeros at either end; it is empty for zero.
	digits   string
	exponent int
}

// maxExponent keeps sums of exponents and lengths far from overflowing.
const maxExponent = 1 << 30

func startsNumber(c byte) bool { return c == '-' || '0' <= c && c <= '9' }

// parseDecimal reads a JSON number.
func parseDecimal(text string) (decimal, bool) {
	mantissa, negative := strings.CutPrefix(text, "-")
	exponent := 0
	if i := strings.IndexAny(mantissa, "eE"); i >= 0 {
		n, err := strconv.Atoi(mantissa[i+1:])
		if err != nil || n > maxExponent || n < -maxExponent {
			return decimal{}, false
		}
		mantissa, exponent = mantissa[:i], n
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := whole + fraction
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return decimal{}, false
	}
	digits = strings.TrimLeft(digits, "0")
	trimmed := strings.TrimRight(digits, "0")
	if trimmed == "" {
		return decimal{}, true
	}
	exponent += len(digits) - len(trimmed) - len(fraction)
	return decimal{negative, trimmed, exponent}, true
}

// length is about how long plain is.
func (d decimal) length() int {
	if d.exponent > 0 {
		return len(d.digits) + d.exponent
	}
	return len(d.digits)
}

// plain writes integers without fraction or exponent, and other numbers with an
// exponent only where they are smaller than a millionth, as JSON encoders do.
func (d decimal) plain() string {
	sign := ""
	if d.negative {
		sign = "-"
	}
	point := len(d.digits) + d.exponent
	switch {
	case d.digits == "":
		return "0"
	case d.exponent >= 0:
		return sign + d.digits + strings.Repeat("0", d.exponent)
	case point > 0:
		return sign + d.digits[:point] + "." + d.digits[point:]
	case point > -6:
		return sign + "0." + strings.Repeat("0", -point) + d.digits
	}
	fraction := ""
	if len(d.digits) > 1 {
		fraction = "." + d.digits[1:]
	}
	return sign + d.digits[:1] + fraction + "e" + strconv.Itoa(point-1)
}
