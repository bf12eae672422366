package datasource_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/vedettehq/vedette/internal/datasource"
)

func TestAppendString_R08_ReadsBackAsTheTextItWas(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		var back string
		require.NoError(t, json.Unmarshal(datasource.AppendString(nil, text), &back))
		require.Equal(t, strings.ReplaceAll(text, "\x00", "\uFFFD"), back)
	})
}

func TestAppendString_R08_WhatCannotBeStoredBecomesAReplacementCharacter(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                 `""`,
		"a\x00b":           `"a` + "\uFFFD" + `b"`,
		"\xff\xfe!":        `"` + "\uFFFD\uFFFD" + `!"`,
		"\xe2\x82":         `"` + "\uFFFD\uFFFD" + `"`, // a character cut off
		"\xed\xa0\x80":     `"` + "\uFFFD\uFFFD\uFFFD" + `"`,
		"é€😀":              `"é€😀"`,
		"a\"b\\c\n\t\x01/": `"a\"b\\c\n\t\u0001/"`,
		"<&>\u2028":        `"<&>` + "\u2028" + `"`,
	} {
		require.Equal(t, want, string(datasource.AppendString(nil, text)))
		require.Equal(t, want, string(datasource.AppendString(nil, []byte(text))))
	}
}

func TestAppendFloat_R08_IsTheShortestTextThatReadsBackEqual(t *testing.T) {
	t.Parallel()
	for f, want := range map[float64]string{
		0: "0", math.Copysign(0, -1): "0", 7: "7", -1.5: "-1.5", 0.1: "0.1",
		1e20: "100000000000000000000", 1e21: "1e21", 1.25e300: "1.25e300", -1e-7: "-1e-7", 1e-10: "1e-10", 1e-100: "1e-100",
		math.NaN(): "null", math.Inf(1): "null", math.Inf(-1): "null",
	} {
		require.Equal(t, want, string(datasource.AppendFloat(nil, f)))
	}
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.Float64().Draw(t, "f")
		var back float64
		require.NoError(t, json.Unmarshal(datasource.AppendFloat(nil, f), &back))
		if !math.IsInf(f, 0) && !math.IsNaN(f) {
			require.Equal(t, f+0, back) //nolint:testifylint // equality to the last bit is the point
		}
	})
}

func TestAppendTime_R08_IsUTCWithMilliseconds(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 23, 59, 59, 999_999_999, time.FixedZone("", -3600))
	require.Equal(t, `"2026-11-24T00:59:59.999Z"`, string(datasource.AppendTime(nil, at)))
}

func TestAppendBytes_R08_IsBase64(t *testing.T) {
	t.Parallel()
	require.Equal(t, `"3q2+7w=="`, string(datasource.AppendBytes(nil, []byte{0xde, 0xad, 0xbe, 0xef})))
}
