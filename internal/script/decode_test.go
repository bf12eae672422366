package script

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestDecode(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`null`:                       `None`,
		` [ true , false ] `:         `[True, False]`,
		`{"a":1,"b":{"c":[]},"a":2}`: `{"a": 2, "b": {"c": []}}`,
		`-0`:                         `0`,
		`-12`:                        `-12`,
		`1234567890123456789012`:     `1234567890123456789012`,
		`999999999999999999`:         `999999999999999999`,
		`1.0`:                        `1.0`,
		`1e3`:                        `1000.0`,
		`1E-2`:                       `0.01`,
		`"a\"\\\/\b\f\n\r\tz"`:       `"a\"\\/\b\f\n\r\tz"`,
		`"\u00e9\ud83d\ude00"`:       `"é😀"`,
		`"\ud800x"`:                  `"�x"`,
		`"\udc00\ud800"`:             `"��"`,
		`"\ud800\u0041"`:             `"�A"`,
		`{"":""}`:                    `{"": ""}`,
	} {
		value, err := Decode(monitor.Data(text))
		require.NoError(t, err, text)
		require.Equal(t, want, value.String(), text)
	}
}

func TestDecode_RefusesWhatIsNoJSON(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		``, ` `, `nul`, `tru`, `[1`, `[1,`, `[1 2]`, `[,1]`, `[1,]`, `{`, `{"a"}`, `{"a":}`, `{"a":1,}`, `{a:1}`, `{1:2}`, `{"a":1 "b":2}`,
		`"`, `"a`, `"\`, `"\x"`, `"\u12"`, `"\u12G4"`, "\"a\nb\"", "\"\\n\n\"", `01`, `1.`, `.5`, `1e`, `-`, `+1`, `1 2`, `1]`, `NaN`, `'a'`, "1\x00",
		`1e999`, strings.Repeat("[", 2000) + strings.Repeat("]", 2000),
	} {
		_, err := Decode(monitor.Data(text))
		require.Error(t, err, text)
	}
}

func TestDecode_GivesValuesOfTheirOwn(t *testing.T) {
	t.Parallel()
	decoder := new(decoder)
	first, err := decoder.decode(`{"a":[1]}`)
	require.NoError(t, err)
	second, err := decoder.decode(`{"a":[1]}`)
	require.NoError(t, err)
	require.NoError(t, first.(*starlark.Dict).SetKey(starlark.String("b"), starlark.None))
	require.Equal(t, 1, second.(*starlark.Dict).Len())
}

func FuzzDecode_RoundTrip(f *testing.F) {
	for _, seed := range []string{`{"a":[1,2.5,"x\u0000é",null,true]}`, `1e21`, `-0.0`, `"\ud800"`, `[[[{}]]]`, `123456789012345678901234567890`, `1e-7`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		value, err := Decode(monitor.Data(text))
		if err != nil {
			return
		}
		stored, err := encodeWide(value)
		require.NoError(t, err)
		again, err := Decode(stored)
		require.NoError(t, err, "%s", stored)
		twice, err := encodeWide(again)
		require.NoError(t, err)
		require.Equal(t, stored, twice)
		require.True(t, monitor.Equal(stored, twice))
		require.NotContains(t, string(stored), "\x00")
	})
}

// encodeWide encodes with limits that nothing in these tests reaches.
func encodeWide(value starlark.Value) (monitor.Data, error) {
	e := encoder{maxBytes: 1 << 20, maxNesting: maxDecodedNesting + 1}
	return e.encode(value)
}
