package deploytest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// checkout is a folder with what `make run-local` looks at.
type checkout struct {
	*testing.T
	dir string
}

func newCheckout(t *testing.T) checkout {
	t.Helper()
	c := checkout{t, t.TempDir()}
	c.write("docker/access", read(t, "docker/access"), 0o700)
	return c
}

func (c checkout) write(name, text string, mode os.FileMode) {
	c.Helper()
	path := filepath.Join(c.dir, name)
	require.NoError(c, os.MkdirAll(filepath.Dir(path), 0o700))
	require.NoError(c, os.WriteFile(path, []byte(text), mode))
}

// binary is a vedette that has a configuration.
func (c checkout) binary(address, auth string) string {
	c.Helper()
	c.write("bin/vedette", "#!/bin/sh\ncat <<'END'\nhttp_server:\n  address: \""+address+"\"\n  auth: "+auth+"\nlogging:\n  address: elsewhere\nEND\n", 0o700)
	return filepath.Join(c.dir, "bin/vedette")
}

// access runs the script, and gives what it said.
func (c checkout) access(environ []string, args ...string) string {
	c.Helper()
	command := exec.CommandContext(c.Context(), filepath.Join(c.dir, "docker/access"), args...)
	command.Env = append([]string{"PATH=" + os.Getenv("PATH")}, environ...)
	out, err := command.CombinedOutput()
	require.NoError(c, err, string(out))
	return string(out)
}

// secrets gives the file, which may not be there.
func (c checkout) secrets() string {
	c.Helper()
	text, err := os.ReadFile(filepath.Join(c.dir, ".env.secrets"))
	if !os.IsNotExist(err) {
		require.NoError(c, err)
	}
	return string(text)
}

func TestAccess_ContainersGetATokenOnce(t *testing.T) {
	t.Parallel()
	c := newCheckout(t)
	said := c.access([]string{"PORT=9000"}, "docker")
	require.Contains(t, said, "sign in at http://127.0.0.1:9000")
	first := c.secrets()
	require.Regexp(t, `^VEDETTE_ADMIN_TOKEN=[0-9a-f]{64}\n$`, first)
	require.NotContains(t, said, strings.TrimSpace(strings.TrimPrefix(first, "VEDETTE_ADMIN_TOKEN=")), "a terminal is not where it belongs")
	info, err := os.Stat(filepath.Join(c.dir, ".env.secrets"))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	c.access(nil, "docker")
	require.Equal(t, first, c.secrets())
}

func TestAccess_LeavesOtherLinesAlone(t *testing.T) {
	t.Parallel()
	const others = "# mine\nDATABASE_SHOP=postgres://x\n#VEDETTE_ADMIN_TOKEN=old\nVEDETTE_ADMIN_TOKEN=\nVEDETTE_TOKEN=mine"
	c := newCheckout(t)
	c.write(".env.secrets", others, 0o644)
	c.access(nil, "docker")
	require.Regexp(t, `^VEDETTE_ADMIN_TOKEN=[0-9a-f]{64}\n$`, strings.TrimPrefix(c.secrets(), others+"\n"))
	info, err := os.Stat(filepath.Join(c.dir, ".env.secrets"))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}

func TestAccess_ATokenThatIsThereIsKept(t *testing.T) {
	t.Parallel()
	for _, given := range []string{"VEDETTE_ADMIN_TOKEN=mine\n", "export VEDETTE_ADMIN_TOKEN=\"mine\"\n", "VEDETTE_ADMIN_TOKEN_FILE=/run/secrets/admin\n"} {
		c := newCheckout(t)
		c.write(".env.secrets", given, 0o600)
		require.Contains(t, c.access(nil, "docker"), "sign in at")
		require.Equal(t, given, c.secrets())
	}
}

func TestAccess_TheBinaryNeedsOneOnlyWhereOthersReachIt(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"127.0.0.1:8000", "localhost:8000", "[::1]:8000"} {
		c := newCheckout(t)
		require.Empty(t, c.access(nil, "binary", c.binary(address, "token")), address)
		require.Empty(t, c.secrets(), address)
	}
	c := newCheckout(t)
	said := c.access(nil, "binary", c.binary("0.0.0.0:8000", "token"))
	require.Contains(t, said, "wrote a random VEDETTE_ADMIN_TOKEN")
	require.Contains(t, said, "sign in at http://127.0.0.1:8000")
	require.NotEmpty(t, c.secrets())
	c = newCheckout(t)
	require.Contains(t, c.access([]string{"VEDETTE_ADMIN_TOKEN=mine"}, "binary", c.binary("0.0.0.0:8000", "token")), "sign in at")
	require.Empty(t, c.secrets(), "the environment has it")
	require.Empty(t, c.access(nil, "binary", c.binary("0.0.0.0:8000", "none")))
	require.Empty(t, c.secrets())
}

// What is delivered lets nobody in without a token.
func TestAccess_NoConfigurationLetsEverybodyIn(t *testing.T) {
	t.Parallel()
	for _, pattern := range []string{"configs/*.yaml", "resources/kubernetes_template/*.yaml", "resources/helm/vedette/values.yaml"} {
		for _, file := range files(t, pattern) {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			require.NotRegexp(t, `(?m)^\s*auth:\s*none`, string(text), file)
		}
	}
}
