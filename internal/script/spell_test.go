package script

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNearest(t *testing.T) {
	t.Parallel()
	candidates := []string{"timeout", "max_rows", "search", "update", "on_issue_created", "low", "log", "i"}
	for name, want := range map[string]string{
		"time_out":        "timeout",
		"TimeOut":         "timeout",
		"serach":          "search",
		"maxrows":         "max_rows",
		"on_isue_created": "on_issue_created",
		"lo":              "low",
		"timeout":         "",
		"banana":          "",
		"":                "",
		"x":               "",
		"I":               "i",
	} {
		require.Equal(t, want, nearest(name, candidates), name)
	}
	require.Equal(t, ` (did you mean "low"?)`, DidYouMean("loww", candidates))
	require.Empty(t, DidYouMean("banana", candidates))
}

func TestDistance_IsSymmetric(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{{"", "abc"}, {"ab", "ba"}, {"kitten", "sitting"}, {"abc", "abc"}} {
		require.Equal(t, distance(pair[0], pair[1]), distance(pair[1], pair[0]))
	}
	require.Equal(t, 3, distance("", "abc"))
	require.Equal(t, 1, distance("ab", "ba"))
	require.Equal(t, 3, distance("kitten", "sitting"))
	require.Equal(t, 0, distance("abc", "abc"))
}
