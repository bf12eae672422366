package cli

import (
	"encoding/json"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestYAML_Golden(t *testing.T) {
	t.Parallel()
	n, err := parseNode([]byte(`{"id":12345678901234567890123,"share":7.10,"yes":"no","name":"stuck_orders","when":"2026-11-24T10:24:24Z",
		"text":"first\n  second\n\nlast","odd":" \n","red":"\u001b[31m","empty":{},"none":[],"null":null,"number":"007",
		"list":[{"a":1,"b":[true,[]]},"x",[1,2]],"a: b":"c #d"}`))
	require.NoError(t, err)
	require.Equal(t, `id: 12345678901234567890123
share: 7.10
"yes": "no"
name: stuck_orders
when: "2026-11-24T10:24:24Z"
text: |-
  first
    second

  last
odd: " \n"
red: "\u001B[31m"
empty: {}
none: []
"null": null
number: "007"
list:
  - a: 1
    b:
      - true
      - []
  - x
  - - 1
    - 2
"a: b": "c #d"
`, yamlOf(n))
}

func TestYAML_SaysWhatTheJSONSaid(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		value := map[string]any{
			rapid.String().Draw(t, "key"): rapid.String().Draw(t, "text"),
			"list": []any{
				rapid.StringMatching(`[ -~\n]{0,40}`).Draw(t, "ascii"),
				map[string]any{"x": rapid.StringMatching(`[a-z \n]{0,20}`).Draw(t, "lines")},
			},
		}
		text, err := json.Marshal(value)
		require.NoError(t, err)
		n, err := parseNode(text)
		require.NoError(t, err)
		var want, got any
		require.NoError(t, json.Unmarshal(text, &want))
		require.NoError(t, yaml.Unmarshal([]byte(yamlOf(n)), &got), yamlOf(n))
		require.Equal(t, want, got, yamlOf(n))
	})
}
