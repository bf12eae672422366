package deploytest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// root is the checkout.
var root = filepath.Join("..", "..")

func read(t *testing.T, path ...string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(append([]string{root}, path...)...))
	require.NoError(t, err)
	return string(content)
}

// files lists the files of the checkout that match a pattern; none is a mistake.
func files(t *testing.T, pattern string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(root, pattern))
	require.NoError(t, err)
	require.NotEmpty(t, found, pattern)
	return found
}

// vedette gives a binary with all plugins, as the image's first stage has it.
var vedette = sync.OnceValues(func() (string, error) {
	return build("", filepath.Join(os.TempDir(), "vedette-deploytest"))
})

// build does what the image's stages do.
func build(tags, into string) (string, error) {
	into, err := filepath.Abs(into)
	if err != nil {
		return "", err
	}
	command := exec.Command("go", "build", "-trimpath", "-tags", tags, "-ldflags", "-s -w", "-o", into, "./cmd/vedette")
	command.Dir = root
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := command.CombinedOutput()
	if err != nil {
		return "", &buildError{string(out), err}
	}
	return into, nil
}

// buildError is a build that failed, with what the compiler said.
type buildError struct {
	out string
	err error
}

func (e *buildError) Error() string { return e.err.Error() + ": " + e.out }

// run runs the binary in an empty directory, with nothing but the given
// environment.
func run(t *testing.T, environ []string, args ...string) (string, error) {
	t.Helper()
	binary, err := vedette()
	require.NoError(t, err)
	command := exec.CommandContext(t.Context(), binary, args...)
	command.Dir = t.TempDir()
	command.Env = append([]string{"PATH=/nowhere"}, environ...)
	out, err := command.CombinedOutput()
	return strings.TrimSpace(string(out)), err
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	path, err := filepath.Abs(path)
	require.NoError(t, err)
	return path
}
