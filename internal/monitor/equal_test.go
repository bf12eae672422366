package monitor_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestEqual_R08(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]monitor.Data{
		{`{"a":1,"b":2}`, `{"b":2,"a":1}`},
		{`{"x":0,"a":1,"b":[{"c":1,"d":2}]}`, `{"x":0.0,"b":[{"d":2,"c":1}],"a":1}`},
		{"1", "1.0"},
		{"1", "1.000"},
		{"100", "1e2"},
		{"100", "1E+2"},
		{"0.1", "0.10"},
		{"0.1", "1e-1"},
		{"0", "-0"},
		{"0", "0.0e5"},
		{"123.45", "1.2345e2"},
		{"9007199254740993", "9007199254740993.0"},
		{`"é"`, `"\u00e9"`},
		{`"/"`, `"\/"`},
		{`{"\u0061":1}`, `{"a":1}`},
		{`{"z":1,"\u0061":1}`, `{"a":1,"z":1}`},
		{"{}", "{ }"},
		{"[1,2]", "[1, 2]"},
	} {
		require.True(t, monitor.Equal(pair[0], pair[1]), "%s = %s", pair[0], pair[1])
		require.True(t, monitor.Equal(pair[1], pair[0]), "%s = %s", pair[1], pair[0])
	}
}

func TestEqual_R08_Differs(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]monitor.Data{
		{`{"a":1}`, `{"a":2}`},
		{`{"a":1}`, `{"b":1}`},
		{`{"a":1}`, `{"a":1,"b":2}`},
		{`{"b":2,"a":1}`, `{"a":1,"b":2,"c":3}`},
		{`{"a":1,"b":2}`, `{"b":1,"a":2}`},
		{"{}", `{"a":null}`},
		{"{}", "[]"},
		{"[1,2]", "[2,1]"},
		{"[1]", "[1,1]"},
		{"[[1],2]", "[[1,2]]"},
		{"9007199254740993", "9007199254740992"},
		{"9007199254740993", "9007199254740992.0"},
		{"0.1", "0.1000000000000000055"},
		{"1e400", "1e401"},
		{"1e99999999999", "1e99999999998"},
		{"1", "-1"},
		{"1", `"1"`},
		{"1", "true"},
		{"null", "false"},
		{"null", `"null"`},
		{`"a"`, `"A"`},
		{`"a"`, `"a "`},
		{`"\u00e9"`, `"\u00e8"`},
		{"", "null"},
	} {
		require.False(t, monitor.Equal(pair[0], pair[1]), "%s = %s", pair[0], pair[1])
		require.False(t, monitor.Equal(pair[1], pair[0]), "%s = %s", pair[1], pair[0])
	}
}

// same is the slow and plain way to compare, to hold the quick one against.
func same(a, b any) bool {
	switch a := a.(type) {
	case map[string]any:
		other, ok := b.(map[string]any)
		if !ok || len(a) != len(other) {
			return false
		}
		for key, value := range a {
			if otherValue, found := other[key]; !found || !same(value, otherValue) {
				return false
			}
		}
		return true
	case []any:
		other, ok := b.([]any)
		if !ok || len(a) != len(other) {
			return false
		}
		for i := range a {
			if !same(a[i], other[i]) {
				return false
			}
		}
		return true
	case json.Number:
		other, ok := b.(json.Number)
		if !ok {
			return false
		}
		x, okX := new(big.Rat).SetString(a.String())
		y, okY := new(big.Rat).SetString(other.String())
		return okX && okY && x.Cmp(y) == 0
	}
	return a == b
}

// drawJSON draws a value from so few that equal ones come up often.
func drawJSON(t *rapid.T, depth int) string {
	kinds := []string{"scalar", "scalar", "list", "object"}
	if depth == 0 {
		kinds = kinds[:1]
	}
	switch rapid.SampledFrom(kinds).Draw(t, "kind") {
	case "list":
		var elements []string
		for range rapid.IntRange(0, 2).Draw(t, "length") {
			elements = append(elements, drawJSON(t, depth-1))
		}
		return "[" + strings.Join(elements, ",") + "]"
	case "object":
		var fields []string
		for _, key := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", `\"`}), 0, 3, rapid.ID).Draw(t, "keys") {
			fields = append(fields, `"`+key+`":`+drawJSON(t, depth-1))
		}
		return "{" + strings.Join(fields, ",") + "}"
	}
	return rapid.SampledFrom([]string{
		"null", "true", "0", "-0.0", "10", "1e1", "10.0", "0.1", "1e-1", "9007199254740993", `"x"`, `"\u0078"`, `"10"`,
	}).Draw(t, "scalar")
}

func TestEqual_R08_AgreesWithThePlainWay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		texts := [2]string{drawJSON(t, 2), drawJSON(t, 2)}
		var values [2]any
		for i, text := range texts {
			decoder := json.NewDecoder(strings.NewReader(text))
			decoder.UseNumber()
			require.NoError(t, decoder.Decode(&values[i]))
		}
		require.Equal(t, same(values[0], values[1]), monitor.Equal(monitor.Data(texts[0]), monitor.Data(texts[1])), "%q", texts)
		var spaced bytes.Buffer
		require.NoError(t, json.Indent(&spaced, []byte(texts[0]), "", " "))
		require.True(t, monitor.Equal(monitor.Data(texts[0]), monitor.Data(spaced.String())))
	})
}

func FuzzData(f *testing.F) {
	f.Add(`{"a":[1,2,{"b":null}]}`, `{"a":`)
	f.Add(`{"a":1,"b":"\`, `{"b":1,"a":`)
	f.Add("[,", "[:")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := monitor.Data(a), monitor.Data(b)
		require.Equal(t, monitor.Equal(x, y), monitor.Equal(y, x))
		require.True(t, monitor.Equal(x, x))
		if value, ok := x.Field(b); ok {
			require.Contains(t, a, string(value))
		}
		if id, err := monitor.ModelID(x, b); err == nil {
			require.LessOrEqual(t, len([]rune(id)), monitor.MaxModelIDLength)
		}
	})
}

func BenchmarkEqual(b *testing.B) {
	row := func(status string, keys ...string) monitor.Data {
		var fields []string
		for i, key := range keys {
			fields = append(fields, fmt.Sprintf(`%q:%d`, key, i*1000))
		}
		return monitor.Data("{" + strings.Join(fields, ",") + `,"status":"` + status + `"}`)
	}
	keys := []string{"order_id", "customer_id", "amount", "currency", "created", "carrier", "weight", "items"}
	old := row("open", keys...)
	for name, other := range map[string]monitor.Data{
		"same text": old, "changed at the end": row("shut", keys...), "other order": row("open", keys[1], keys[0]),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				monitor.Equal(old, other)
			}
		})
	}
}
