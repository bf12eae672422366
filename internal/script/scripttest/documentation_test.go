package scripttest_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/lib"
	"github.com/vedettehq/vedette/internal/script/scripttest"
)

// root is the repository, as seen from this package.
const root = "../../.."

// opening begins a block of code in the documentation that is checked: "monitor"
// or "test", then the monitor's name if a test does not follow right behind it.
var opening = regexp.MustCompile("^```python (monitor|test)(?: ([a-z0-9_]+))?$")

// block is one of them.
type block struct {
	place string
	kind  string
	name  string
	text  string
}

// blocksOf finds the blocks of a Markdown file.
func blocksOf(t *testing.T, path string) (found []block) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, path))
	require.NoError(t, err)
	var open *block
	for i, line := range strings.Split(string(text), "\n") {
		match := opening.FindStringSubmatch(line)
		switch {
		case open == nil && match != nil:
			open = &block{place: fmt.Sprintf("%s:%d", path, i+1), kind: match[1], name: match[2]}
		case open != nil && line == "```":
			found = append(found, *open)
			open = nil
		case open != nil:
			open.text += line + "\n"
		}
	}
	require.Nil(t, open, "%s has a block without an end", path)
	return found
}

// documents lists the Markdown files that users read.
func documents(t *testing.T) []string {
	t.Helper()
	paths := []string{"README.md"}
	err := fs.WalkDir(os.DirFS(root), "docs", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && filepath.Ext(path) == ".md" {
			paths = append(paths, path)
		}
		return err
	})
	require.NoError(t, err)
	return paths
}

func TestDocumentation_MonitorsAreValidAndTestsPass(t *testing.T) {
	t.Parallel()
	count := map[string]int{}
	for _, path := range documents(t) {
		var last string
		monitors := map[string]string{}
		for _, b := range blocksOf(t, path) {
			count[b.kind]++
			if b.kind == "monitor" {
				last = b.text
				monitors[b.name] = b.text
				t.Run(b.place, func(t *testing.T) {
					t.Parallel()
					requireValid(t, b.text)
				})
				continue
			}
			code := last
			if b.name != "" {
				code = monitors[b.name]
			}
			t.Run(b.place, func(t *testing.T) {
				t.Parallel()
				requirePass(t, code, b.text)
			})
		}
	}
	require.GreaterOrEqual(t, count["monitor"], 3)
	require.GreaterOrEqual(t, count["test"], 1)
}

func requireValid(t *testing.T, code string) {
	t.Helper()
	_, diagnostics := script.NewCompiler(lib.All(), script.Config{}).Compile("documented", monitor.Files{monitor.CodeFile: code})
	require.Empty(t, diagnostics, "%s", diagnostics)
}

func requirePass(t *testing.T, code, tests string) {
	t.Helper()
	require.NotEmpty(t, code, "the test has no monitor before it")
	result, err := scripttest.Run(t.Context(), "documented", monitor.Files{monitor.CodeFile: code, monitor.TestFile: tests}, scripttest.Options{})
	require.NoError(t, err)
	require.Empty(t, result.Diagnostics, "%s", result.Diagnostics)
	for _, test := range result.Tests {
		require.Nil(t, test.Failure, test.Name)
	}
}
