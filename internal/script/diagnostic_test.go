package script_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

var update = flag.Bool("update", false, "write what the tests got as what they want")

const wantSection = "want"

// Each file of testdata/diagnostics has the files of a monitor, each behind a line
// -- name --, and last what validation says of them.
func TestCompile_FindsAllProblemsAtOnce(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/diagnostics/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			files, want := sections(string(text))
			program, diagnostics := compiler().Compile("sample", files)
			require.Equal(t, diagnostics.HasErrors(), program == nil)
			got := diagnostics.String() + "\n"
			if *update {
				require.NoError(t, os.WriteFile(path, []byte(joinSections(files, got)), 0o644))
				return
			}
			require.Equal(t, want, got)
		})
	}
}

// sections cuts a test's file into its parts.
func sections(text string) (files monitor.Files, want string) {
	files = monitor.Files{}
	for part := range strings.SplitSeq("\n"+text, "\n-- ") {
		name, content, found := strings.Cut(part, " --\n")
		switch {
		case !found:
		case name == wantSection:
			want = content
		default:
			files[name] = content + "\n"
		}
	}
	return files, want
}

func joinSections(files monitor.Files, want string) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(&b, "-- %s --\n%s", name, files[name])
	}
	fmt.Fprintf(&b, "-- %s --\n%s", wantSection, want)
	return b.String()
}
