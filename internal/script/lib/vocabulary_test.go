package lib_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/lib"
)

// vocabulary gives each word by its kind and name, of which there is one.
func vocabulary(t *testing.T, tests ...script.Builtin) map[lib.WordKind]map[string]lib.Word {
	t.Helper()
	words := map[lib.WordKind]map[string]lib.Word{}
	for _, word := range lib.Vocabulary(tests...) {
		if words[word.Kind] == nil {
			words[word.Kind] = map[string]lib.Word{}
		}
		require.NotContains(t, words[word.Kind], word.Name)
		words[word.Kind][word.Name] = word
	}
	return words
}

func TestVocabulary_HasAllThatCodeIsCompiledWith(t *testing.T) {
	t.Parallel()
	words := vocabulary(t, script.Builtin{Signature: "fake_now(at: str) -> None", Doc: "Sets the time."})
	library := lib.All()
	require.Len(t, words[lib.BuiltinWord], len(library.Builtins)-len(words[lib.MemberWord])+1)
	require.Len(t, words[lib.ConstantWord], len(library.Constants))
	require.Len(t, words[lib.EntryPointWord], 3+len(monitor.EventNames))
	for name := range starlark.Universe {
		_, universal := words[lib.UniversalWord][name]
		_, builtin := words[lib.BuiltinWord][name]
		require.NotEqual(t, universal, builtin, name)
	}
	require.Equal(t, lib.Word{
		Name: "fake_now", Kind: lib.BuiltinWord, Place: lib.WordInTests, Signature: "fake_now(at: str) -> None", Doc: "Sets the time.",
		Parameters: []lib.WordParameter{{Parameter: script.Parameter{Name: "at", Text: "at: str", Required: true}}},
	}, words[lib.BuiltinWord]["fake_now"])
}

func TestVocabulary_ExplainsWordsAndParameters(t *testing.T) {
	t.Parallel()
	words := vocabulary(t)
	for kind, byName := range words {
		for name, word := range byName {
			require.NotEmpty(t, word.Place, name)
			if kind != lib.UniversalWord {
				require.NotEmpty(t, word.Doc, name)
				require.Contains(t, word.Signature, name)
			}
		}
	}
	for _, event := range monitor.EventNames {
		require.Regexp(t, `^Called after [a-z].+\.$`, words[lib.EntryPointWord]["on_"+string(event)].Doc)
	}
	require.Equal(t, "functions", string(words[lib.BuiltinWord]["query"].Place))
	require.Equal(t, "top_level", string(words[lib.BuiltinWord]["receiver"].Place))
	require.Equal(t, "anywhere", string(words[lib.BuiltinWord]["chunks"].Place))
	require.Equal(t, lib.MemberWord, words[lib.MemberWord]["http.get"].Kind)

	query := words[lib.BuiltinWord]["query"].Parameters
	require.Equal(t, "database", query[0].Name)
	require.True(t, query[0].Required)
	require.NotEmpty(t, query[0].Doc)
	require.Equal(t, "args", query[2].Name)
	require.False(t, query[2].Required)
}

func TestVocabulary_OptionsAreTheParametersOfMonitor(t *testing.T) {
	t.Parallel()
	words := vocabulary(t)
	parameters := words[lib.BuiltinWord]["monitor"].Parameters
	require.Len(t, words[lib.OptionWord], len(parameters))
	for _, parameter := range parameters {
		option := words[lib.OptionWord][parameter.Name]
		require.Equal(t, parameter.Text, option.Signature)
		require.Equal(t, parameter.Doc, option.Doc)
		require.NotEmpty(t, option.Doc, parameter.Name)
	}
	require.Equal(t, `missing: Literal["keep", "solve", "drop"] = "keep"`, words[lib.OptionWord]["missing"].Signature)
}
