package config

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// write puts a file into dir, below its own name, and gives its path.
func write(t *testing.T, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

// load reads a configuration of the given text, with an environment of NAME=value.
func load(t *testing.T, text string, environ ...string) (Config, error) {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, DefaultFile, text)
	return Load(LoadOptions{Dir: dir, Environ: environ})
}

// problems gives what is wrong with a configuration, without the file's folder.
func problems(t *testing.T, text string, environ ...string) []string {
	t.Helper()
	_, err := load(t, text, environ...)
	var found *Error
	require.ErrorAs(t, err, &found)
	lines := make([]string, len(found.Problems))
	for i, problem := range found.Problems {
		problem.File = filepath.Base(problem.File)
		lines[i] = problem.String()
	}
	return lines
}
