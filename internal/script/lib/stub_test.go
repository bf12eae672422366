package lib_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/script/lib"
)

func TestStub_NamesEverything(t *testing.T) {
	t.Parallel()
	stub := lib.Stub()
	for _, builtin := range lib.All().Builtins {
		require.NotEmpty(t, builtin.Doc, builtin.Signature)
		require.True(t, strings.HasSuffix(builtin.Doc, "."), builtin.Doc)
		name, _, _ := strings.Cut(builtin.Signature, "(")
		module, member, isMember := strings.Cut(name, ".")
		if !isMember {
			require.Contains(t, stub, "\ndef "+builtin.Signature+":\n    \"\"\""+strings.ReplaceAll(builtin.Doc, `\`, `\\`))
			continue
		}
		require.Contains(t, stub, "\n    def "+strings.TrimPrefix(builtin.Signature, module+".")+":\n")
		require.Contains(t, stub, "\n"+module+": _"+module+"\n")
		require.Contains(t, stub, " "+member+"(")
	}
	for _, constant := range lib.All().Constants {
		_, member, _ := strings.Cut(constant.Name, ".")
		require.Contains(t, stub, "\n    "+member+": "+constant.Type+"\n")
	}
}

func TestAll_EveryBuiltinIsThereOnce(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, builtin := range lib.All().Builtins {
		name, _, _ := strings.Cut(builtin.Signature, "(")
		require.False(t, seen[name], name)
		seen[name] = true
	}
	for _, name := range []string{
		"monitor", "receiver", "count_rule", "age_rule", "value_rule", "query", "read_file", "setting", "variables.get", "variables.set",
		"parallel", "attempt", "incomplete", "fail", "print", "log.info", "now", "age", "days", "sum", "round", "format", "max", "min",
		"chunks", "random.int", "json.encode", "time.parse_time", "math.pow", "re.search", "struct",
	} {
		require.True(t, seen[name], name)
	}
}

func TestStub_ExplainsEveryOption(t *testing.T) {
	t.Parallel()
	stub := lib.Stub()
	explained := map[string]bool{}
	for _, builtin := range lib.All().Builtins {
		name, _, _ := strings.Cut(builtin.Signature, "(")
		if builtin.Parameters == nil {
			continue
		}
		explained[name] = true
		names := builtin.ParameterNames()
		require.ElementsMatch(t, names, slices.Collect(maps.Keys(builtin.Parameters)), name)
		for _, parameter := range names {
			require.Contains(t, stub, "    "+parameter+": "+builtin.Parameters[parameter]+"\n")
		}
	}
	for _, name := range []string{"monitor", "receiver", "count_rule", "age_rule", "value_rule", "query"} {
		require.True(t, explained[name], name)
	}
}
