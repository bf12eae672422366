package lib_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// The texts are what Python 3 gives.
func TestFormat(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ value, spec, want string }{
		{"3.14159", ".2f", "3.14"},
		{"3", ".2f", "3.00"},
		{"-3.5", "+.1f", "-3.5"},
		{"3.5", "+.1f", "+3.5"},
		{"3.5", " .1f", " 3.5"},
		{"1234567.891", ",.2f", "1,234,567.89"},
		{"1234567", ",", "1,234,567"},
		{"1234567", "_d", "1_234_567"},
		{"123", ",", "123"},
		{"-1234", ",d", "-1,234"},
		{"42", "5d", "   42"},
		{"42", "<5d", "42   "},
		{"42", "^6d", "  42  "},
		{"-42", "06d", "-00042"},
		{"42", "*>6", "****42"},
		{"42", "*=+6", "+***42"},
		{"255", "x", "ff"},
		{"255", "#X", "0XFF"},
		{"255", "#o", "0o377"},
		{"5", "b", "101"},
		{"65535", "_x", "ffff"},
		{"1048575", "_x", "f_ffff"},
		{"0.256", ".1%", "25.6%"},
		{"1", "%", "100.000000%"},
		{"1234.5", "e", "1.234500e+03"},
		{"1234.5", ".0e", "1e+03"},
		{"1234.5", ".2E", "1.23E+03"},
		{"0.00001", "g", "1e-05"},
		{"1234567.0", "g", "1.23457e+06"},
		{"100000.0", "g", "100000"},
		{"2.0", "", "2.0"},
		{"2.5", "6", "   2.5"},
		{"123456789012345678901234567890", ",", "123,456,789,012,345,678,901,234,567,890"},
		{`float("nan")`, ".1f", "nan"},
		{`float("-inf")`, "6.1f", "  -inf"},
		{`"abc"`, "", "abc"},
		{`"abc"`, "5", "abc  "},
		{`"abc"`, ">5s", "  abc"},
		{`"abc"`, "é^7", "éé" + "abc" + "éé"},
		{`"abcdef"`, ".3", "abc"},
		{`"äöü"`, "5.2", "äö   "},
		{"None", "6", "None  "},
		{"[1]", "", "[1]"},
	} {
		t.Run(c.value+" "+c.spec, func(t *testing.T) {
			t.Parallel()
			got := evaluate(t, &world{}, fmt.Sprintf("format(%s, %q)", c.value, c.spec))
			text, err := strconv.Unquote(got)
			require.NoError(t, err)
			require.Equal(t, c.want, text)
		})
	}
}

func TestFormat_Mistakes(t *testing.T) {
	t.Parallel()
	for expression, want := range map[string]string{
		`format(1, "nonsense")`: `format(): "nonsense" is not a format`,
		`format(1.5, "d")`:      `format(): a float cannot be formatted with "d"`,
		`format(1, ".2d")`:      `format(): an int cannot be formatted with "d"`,
		`format("a", ".2f")`:    `format(): a string is no number`,
		`format("a", ",")`:      `format(): a string is no number`,
		`format(1, "99999")`:    `format(): "99999" is not a format`,
		`format(1, 5)`:          `format() argument "spec" must be a string, not an int`,
	} {
		require.Contains(t, fails(t, &world{}, expression).Message, want, expression)
	}
}
