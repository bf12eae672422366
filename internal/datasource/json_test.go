package datasource_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/datasource"
)

func TestAppendJSON_R08_BringsJSONToStoredForm(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		` { "b" : 1.0 , "a" : [ 1 , null , true , "x" ] } `: `{"b":1,"a":[1,null,true,"x"]}`,
		`{}`:                            `{}`,
		`[]`:                            `[]`,
		`"a\u0000\ud800b\u00e9"`:        `"a` + "\uFFFD\uFFFD" + `bé"`,
		`12345678901234567890123`:       `12345678901234567890123`,
		`1e2`:                           `100`,
		`{"a":1,"b":{"x":2},"a":[3,4]}`: `{"a":[3,4],"b":{"x":2}}`,
		`{"a":[1,2,3],"b":2,"c":3,"a":0,"c":"longer than before","b":7}`: `{"a":0,"b":7,"c":"longer than before"}`,
		`[{"k":1,"k":2},{"k":{"n":1,"n":2}}]`:                            `[{"k":2},{"k":{"n":2}}]`,
	} {
		got, err := datasource.AppendJSON([]byte("x"), []byte(text))
		require.NoError(t, err, text)
		require.Equal(t, "x"+want, string(got))
	}
}

// Whoever writes a query decides what is in its JSON: many repeated keys must not
// take a time that grows with their square.
func TestAppendJSON_R08_ManyRepeatedKeys(t *testing.T) {
	t.Parallel()
	const keys = 200_000
	var text, want strings.Builder
	for round := range 2 {
		for i := range keys {
			fmt.Fprintf(&text, `,"k%d":%d`, i, round)
		}
	}
	for i := range keys {
		fmt.Fprintf(&want, `,"k%d":1`, i)
	}
	got, err := datasource.AppendJSON(nil, []byte("{"+text.String()[1:]+"}"))
	require.NoError(t, err)
	require.Equal(t, "{"+want.String()[1:]+"}", string(got))
}

func TestAppendJSON_R08_RefusesWhatCannotBeStored(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		``: "read JSON", `{`: "read JSON", `{"a"}`: "read JSON", `nope`: "read JSON", `[1,]`: "read JSON",
		`1 2`:                  "more than one",
		`{"n": 1e999999999}`:   "cast to text",
		`[9007199254740993.5]`: "cast to text or to cents",
		strings.Repeat("[", 1001) + strings.Repeat("]", 1001): "nested deeper",
	} {
		got, err := datasource.AppendJSON([]byte("x"), []byte(text))
		require.ErrorContains(t, err, want, text)
		require.Equal(t, "x", string(got), "nothing may be left of it")
	}
}

func FuzzAppendJSON(f *testing.F) {
	for _, seed := range []string{`{"a":1,"a":{"b":[1.50,null]},"c":"\u0000"}`, `[1e400,-0,"\ud83d\ude00"]`, `{"":{"":[]}}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once, err := datasource.AppendJSON(nil, []byte(text))
		if err != nil {
			return
		}
		require.True(t, json.Valid(once))
		twice, err := datasource.AppendJSON(nil, once)
		require.NoError(t, err)
		require.Equal(t, string(once), string(twice))
	})
}
