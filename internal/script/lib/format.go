package lib

import (
	"fmt"
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/script"
)

// formatSpec is Python's notation: [[fill]align][sign][#][0][width][grouping][.precision][type].
type formatSpec struct {
	fill      string
	align     string
	sign      string
	alternate bool
	width     int
	grouping  string
	// precision is -1 if none is given.
	precision int
	kind      string
}

var specPattern = regexp.MustCompile(`^(?s:(.)?([<>=^]))?([-+ ]?)(#?)(0?)(\d{0,4})([,_]?)(?:\.(\d{1,3}))?([a-zA-Z%]?)$`)

func parseSpec(text string) (formatSpec, error) {
	match := specPattern.FindStringSubmatch(text)
	if match == nil {
		return formatSpec{}, fmt.Errorf(`format(): %q is not a format: write for example ".2f", ",", ">10" or "05d"`, text)
	}
	spec := formatSpec{
		fill: match[1], align: match[2], sign: match[3], alternate: match[4] != "",
		grouping: match[7], precision: -1, kind: match[9],
	}
	spec.width, _ = strconv.Atoi(match[6]) // empty: no width
	if match[8] != "" {
		spec.precision, _ = strconv.Atoi(match[8]) // only digits
	}
	if match[5] != "" && spec.align == "" {
		spec.fill, spec.align = "0", "="
	}
	if spec.fill == "" {
		spec.fill = " "
	}
	return spec, nil
}

func format(s *script.Scope, a *script.Args) (starlark.Value, error) {
	text := a.String("spec")
	if err := a.Err(); err != nil {
		return nil, err
	}
	spec, err := parseSpec(text)
	if err != nil {
		return nil, err
	}
	value := a.Value("x")
	var formatted string
	switch value := value.(type) {
	case starlark.Int:
		formatted, err = spec.int(value)
	case starlark.Float:
		formatted, err = spec.float(float64(value))
	default:
		shown, showErr := s.Show(value)
		if showErr != nil {
			return nil, showErr
		}
		formatted, err = spec.text(shown, value)
	}
	if err != nil {
		return nil, err
	}
	return starlark.String(formatted), nil
}

func (f formatSpec) unknown(value string) error {
	return fmt.Errorf("format(): %s cannot be formatted with %q", value, f.kind)
}

func (f formatSpec) text(text string, value starlark.Value) (string, error) {
	if f.kind != "" && f.kind != "s" || f.align == "=" || f.sign != "" || f.grouping != "" {
		return "", fmt.Errorf("format(): %s is no number", script.Describe(value))
	}
	if f.precision >= 0 {
		text = firstRunes(text, f.precision)
	}
	return f.pad("", text, "<"), nil
}

// firstRunes are the first n characters of a text.
func firstRunes(text string, n int) string {
	for i := range text {
		if n == 0 {
			return text[:i]
		}
		n--
	}
	return text
}

var intBases = map[string]struct {
	base   int
	prefix string
}{"": {10, ""}, "d": {10, ""}, "b": {2, "0b"}, "o": {8, "0o"}, "x": {16, "0x"}, "X": {16, "0X"}}

func (f formatSpec) int(n starlark.Int) (string, error) {
	if strings.Contains("eEfFgG%", f.kind) && f.kind != "" {
		x, _ := new(big.Float).SetInt(n.BigInt()).Float64()
		return f.float(x)
	}
	base, ok := intBases[f.kind]
	if !ok || f.precision >= 0 {
		return "", f.unknown("an int")
	}
	digits := new(big.Int).Abs(n.BigInt()).Text(base.base)
	if f.kind == "X" {
		digits = strings.ToUpper(digits)
	}
	group := 3
	if base.base != 10 {
		group = 4
	}
	sign := f.signOf(n.Sign() < 0)
	if f.alternate {
		sign += base.prefix
	}
	return f.pad(sign, f.grouped(digits, group), ">"), nil
}

func (f formatSpec) float(x float64) (string, error) {
	negative := math.Signbit(x)
	magnitude := math.Abs(x)
	precision := f.precision
	if precision < 0 && f.kind != "" {
		precision = 6
	}
	var digits string
	switch f.kind {
	case "":
		digits = plainFloat(magnitude, f.precision)
	case "f", "F":
		digits = strconv.FormatFloat(magnitude, 'f', precision, 64)
	case "e", "E":
		digits = strconv.FormatFloat(magnitude, f.kind[0], precision, 64)
	case "g", "G":
		digits = strconv.FormatFloat(magnitude, f.kind[0], max(precision, 1), 64)
	case "%":
		digits = strconv.FormatFloat(magnitude*100, 'f', precision, 64) + "%"
	default:
		return "", f.unknown("a float")
	}
	switch {
	case math.IsNaN(x):
		return f.pad(f.signOf(false), "nan", ">"), nil
	case math.IsInf(x, 0):
		return f.pad(f.signOf(negative), "inf", ">"), nil
	}
	whole := len(digits) - len(strings.TrimLeft(digits, "0123456789"))
	return f.pad(f.signOf(negative), f.grouped(digits[:whole], 3)+digits[whole:], ">"), nil
}

// plainFloat is how a float is shown if nothing is asked for: with a point.
func plainFloat(x float64, precision int) string {
	if precision >= 0 {
		return strconv.FormatFloat(x, 'g', max(precision, 1), 64)
	}
	return starlark.Float(x).String()
}

func (f formatSpec) signOf(negative bool) string {
	if negative {
		return "-"
	}
	return strings.Trim(f.sign, "-")
}

// grouped puts separators between groups of digits.
func (f formatSpec) grouped(digits string, size int) string {
	if f.grouping == "" {
		return digits
	}
	first := (len(digits)-1)%size + 1
	parts := []string{digits[:first]}
	for i := first; i < len(digits); i += size {
		parts = append(parts, digits[i:i+size])
	}
	return strings.Join(parts, f.grouping)
}

// pad fills up to the width.
func (f formatSpec) pad(sign, text, align string) string {
	missing := f.width - utf8.RuneCountInString(sign) - utf8.RuneCountInString(text)
	if f.align != "" {
		align = f.align
	}
	if missing <= 0 {
		return sign + text
	}
	switch align {
	case "<":
		return sign + text + strings.Repeat(f.fill, missing)
	case "^":
		return strings.Repeat(f.fill, missing/2) + sign + text + strings.Repeat(f.fill, missing-missing/2)
	case "=":
		return sign + strings.Repeat(f.fill, missing) + text
	}
	return strings.Repeat(f.fill, missing) + sign + text
}
