package datasource_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/vedettehq/vedette/internal/datasource"
)

func TestAppendNumber_R08_WholeNumbersAreIntsAndOthersTheNearestFloat(t *testing.T) {
	t.Parallel()
	thousands := strings.Repeat("9", 5000)
	for text, want := range map[string]string{
		"0": "0", "-0": "0", "0.000": "0", "7.00": "7", "-7.0": "-7", "007": "7", "+5": "5", ".5": "0.5", "5.": "5",
		"12.34": "12.34", "-0.1": "-0.1", "1e3": "1000", "1.5E+3": "1500", "1500e-2": "15", "1.5e-3": "0.0015",
		"123456789012345678901234567890": "123456789012345678901234567890",
		"12345678901234567890123456.00":  "12345678901234567890123456",
		"9007199254740991.5":             "9007199254740992",
		"0.33333333333333333333333333":   "0.3333333333333333",
		"1e-400":                         "0",
		"1e-99999999999999999999":        "0",
		"NaN":                            "null",
		"Infinity":                       "null",
		"-Infinity":                      "null",
		"1e400":                          "1" + strings.Repeat("0", 400),
		thousands + "0e-1":               thousands,
		"0.00000000000000000000000001e5": "1e-21",
	} {
		got, err := datasource.AppendNumber(nil, text)
		require.NoError(t, err, text)
		require.Equal(t, want, string(got), text)
	}
}

func TestAppendNumber_R08_WhatCannotBeKeptSaysHowToCastIt(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"9007199254740992.5":      "cast to text or to cents",
		"-9007199254740992.01":    "cast to text or to cents",
		"12345678901234567.1":     "cast to text or to cents",
		"1.00000000000000001e16":  "cast to text or to cents",
		"123456789012345678.1e-1": "cast to text or to cents",
		"1e1000000000":            "cast to text",
		"1e99999999999999999999":  "cast to text",
	} {
		_, err := datasource.AppendNumber(nil, text)
		require.ErrorContains(t, err, want, text)
	}
	for _, text := range []string{"", "-", ".", "e5", "1e", "1x", "--1", "1.2.3"} {
		_, err := datasource.AppendNumber(nil, text)
		require.ErrorContains(t, err, "is not a number", text)
	}
}

func TestAppendNumber_R08_LosesNothingOfAWholeNumberAndLittleOfOthers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`-?[0-9]{1,20}(\.[0-9]{1,20})?(e[+-]?[0-9]{1,2})?`).Draw(t, "text")
		exact, ok := new(big.Rat).SetString(text)
		require.True(t, ok)
		got, err := datasource.AppendNumber(nil, text)
		if err != nil {
			require.False(t, exact.IsInt())
			return
		}
		back, ok := new(big.Rat).SetString(string(got))
		require.True(t, ok)
		if exact.IsInt() {
			require.Zero(t, exact.Cmp(back))
			return
		}
		nearest, _ := exact.Float64()
		read, _ := back.Float64()
		require.Equal(t, nearest, read) //nolint:testifylint // the very same float
	})
}
