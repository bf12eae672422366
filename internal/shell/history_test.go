package shell

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

func reopened(t *testing.T, path string) []string {
	t.Helper()
	h, err := OpenHistory(path)
	require.NoError(t, err)
	lines := []string{}
	for i := range h.Len() {
		line, err := h.GetLine(i)
		require.NoError(t, err)
		lines = append(lines, line)
	}
	return lines
}

func TestHistory_LastsAndBelongsToItsOwner(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "vedette", "shell_history")
	h, err := OpenHistory(path)
	require.NoError(t, err)
	for _, line := range []string{"1", "def f():\n    return \"é\"\n", "1", "1"} {
		_, err := h.Write(line)
		require.NoError(t, err)
	}
	require.Equal(t, []string{"1", "def f():\n    return \"é\"", "1"}, reopened(t, path))
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	info, err = os.Stat(filepath.Dir(path))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o700), info.Mode().Perm())
	_, err = h.GetLine(3)
	require.ErrorContains(t, err, "no line 3")
}

func TestHistory_KeepsNoPasswords(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "shell_history")
	h, err := OpenHistory(path)
	require.NoError(t, err)
	for _, line := range []string{
		" secret = 1", "", "   ", `x = "postgres://shop:hunter2@db/shop"`, "x" + strings.Repeat("y", maxKeptBytes),
		`http.get("https://example.com/a:b@c")`,
	} {
		_, err := h.Write(line)
		require.NoError(t, err)
	}
	require.Equal(t, []string{`http.get("https://example.com/a:b@c")`}, reopened(t, path))
}

func TestHistory_IsBounded(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "shell_history")
	var text strings.Builder
	for i := range keptLines + 10 {
		fmt.Fprintf(&text, "\"%d\"\n", i)
	}
	text.WriteString("not written here\n")
	require.NoError(t, os.WriteFile(path, []byte(text.String()), 0o600))
	lines := reopened(t, path)
	require.Len(t, lines, keptLines)
	require.Equal(t, "10", lines[0])
	kept, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, keptLines, strings.Count(string(kept), "\n"))
}

func TestHistory_IsSharedByShells(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "shell_history")
	var group sync.WaitGroup
	for i := range 4 {
		h, err := OpenHistory(path)
		require.NoError(t, err)
		group.Go(func() {
			for j := range 20 {
				if _, err := h.Write(fmt.Sprintf("%d-%d", i, j)); err != nil {
					panic(err)
				}
			}
		})
	}
	group.Wait()
	require.Len(t, reopened(t, path), 80)
}

func TestHistory_InMemory(t *testing.T) {
	t.Parallel()
	h, err := OpenHistory("")
	require.NoError(t, err)
	n, err := h.Write("1")
	require.NoError(t, err)
	require.Equal(t, 1, n)
}

func TestHistoryPath(t *testing.T) {
	t.Parallel()
	for want, environment := range map[string]map[string]string{
		"/state/vedette/shell_history":               {"XDG_STATE_HOME": "/state", "HOME": "/home/a"},
		"/home/a/.local/state/vedette/shell_history": {"XDG_STATE_HOME": "relative", "HOME": "/home/a"},
		"": {},
	} {
		require.Equal(t, want, HistoryPath(func(name string) (string, bool) { value, ok := environment[name]; return value, ok }))
	}
}
