package monitor_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestData_Field(t *testing.T) {
	t.Parallel()
	const data = monitor.Data(`{"a":{"b":"}"},"b":[1,{"c":2}],"quo\"te":"x\\","n":-1.5e3,"é":null,"t":true}`)
	for name, want := range map[string]monitor.Data{
		"a": `{"b":"}"}`, "b": `[1,{"c":2}]`, `quo"te`: `"x\\"`, "n": "-1.5e3", "é": "null", "t": "true",
	} {
		got, ok := data.Field(name)
		require.True(t, ok, name)
		require.Equal(t, want, got, name)
	}
	for _, name := range []string{"c", "", "A"} {
		_, ok := data.Field(name)
		require.False(t, ok, name)
	}
}

func TestData_FieldOfWhatIsNoObject(t *testing.T) {
	t.Parallel()
	for _, data := range []monitor.Data{"", "1", `"a"`, `["a"]`, "null", "{", `{"a"`, `{"a":`, `{a:1}`, `{}`} {
		_, ok := data.Field("a")
		require.False(t, ok, "%s", data)
	}
}

func TestData_Fields(t *testing.T) {
	t.Parallel()
	type field struct {
		name  string
		value monitor.Data
	}
	fields := func(data monitor.Data) (all []field) {
		for name, value := range data.Fields() {
			all = append(all, field{name, value})
		}
		return all
	}
	require.Equal(t, []field{{"10", `{"b":"}"}`}, {`quo"te`, "1"}, {"2", "null"}}, fields(`{"10":{"b":"}"},"quo\"te":1, "2" : null}`))
	for _, data := range []monitor.Data{"", "1", `"a"`, `["a"]`, "null", "{", `{"a"`, `{"a":`, `{a:1}`, `{}`} {
		require.Empty(t, fields(data), "%s", data)
	}
	for name := range monitor.Data(`{"a":1,"b":2}`).Fields() {
		require.Equal(t, "a", name, "it can be left")
		break
	}
}

func TestData_FieldPassesOverWhiteSpace(t *testing.T) {
	t.Parallel()
	value, ok := monitor.Data("{ \"x\" : 1 ,\n\"a\" : 2 }").Field("a")
	require.True(t, ok)
	require.Equal(t, monitor.Data("2"), value)
}

func TestData_TextAndNumber(t *testing.T) {
	t.Parallel()
	text, ok := monitor.Data(`"a\u00e9\n"`).Text()
	require.True(t, ok)
	require.Equal(t, "aé\n", text)
	_, ok = monitor.Data("1").Text()
	require.False(t, ok)
	number, ok := monitor.Data("-1.5e3").Number()
	require.True(t, ok)
	require.InDelta(t, -1500.0, number, 0)
	for _, data := range []monitor.Data{"", `"1"`, "true", "null", "[]", "1e999"} {
		_, ok = data.Number()
		require.False(t, ok, "%s", data)
	}
}

func TestData_IsObject(t *testing.T) {
	t.Parallel()
	require.True(t, monitor.Data("{}").IsObject())
	for _, data := range []monitor.Data{"", "[]", "null", `"{}"`} {
		require.False(t, data.IsObject(), "%s", data)
	}
}

func TestData_IsItsOwnJSON(t *testing.T) {
	t.Parallel()
	text, err := json.Marshal(map[string]monitor.Data{"a": `{"b":1}`, "none": ""})
	require.NoError(t, err)
	require.JSONEq(t, `{"a":{"b":1},"none":null}`, string(text))
	var back map[string]monitor.Data
	require.NoError(t, json.Unmarshal(text, &back))
	require.Equal(t, monitor.Data(`{"b":1}`), back["a"])
}
