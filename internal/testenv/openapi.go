package testenv

import (
	"embed"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// openAPIFiles are a linter of OpenAPI documents, without what it depends on.
//
//go:embed openapi/package.json openapi/package-lock.json openapi/ruleset.yaml
var openAPIFiles embed.FS

// LintOpenAPI has a public linter read an OpenAPI document, and gives what it finds,
// a line each; empty if there is nothing. It skips the test where the linter cannot
// be had.
func LintOpenAPI(t testing.TB, document []byte) string {
	t.Helper()
	node, err := exec.LookPath("node")
	dir := ""
	if err == nil {
		dir, err = nodePackage{"openapi", openAPIFiles}.install(t.Context())
	}
	if err != nil {
		Skip(t, "a linter of OpenAPI documents", "install Node.js 20 or newer with npm ("+err.Error()+")")
	}
	file := filepath.Join(t.TempDir(), "openapi.json")
	require.NoError(t, os.WriteFile(file, document, 0o600))
	command := exec.CommandContext(t.Context(), node, "node_modules/@stoplight/spectral-cli/dist/index.js",
		"lint", "--quiet", "--ruleset", "ruleset.yaml", "--format", "text", "--fail-severity", "hint", file)
	command.Dir = dir
	found, err := command.CombinedOutput()
	if _, ended := errors.AsType[*exec.ExitError](err); err != nil && !ended {
		require.NoError(t, err)
	}
	if err == nil {
		return ""
	}
	return string(found)
}
