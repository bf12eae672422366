package deploytest

import (
	"compress/gzip"
	"debug/elf"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const megabyte = 1_000_000

// The steps of the Dockerfile, taken one by one.
func TestImage_OfEachConfigurationIsSmallStaticAndStarts(t *testing.T) {
	t.Parallel()
	for _, file := range files(t, "configs/*.yaml") {
		tags, err := run(t, nil, "plugin", "tags", "--config", absolute(t, file))
		require.NoError(t, err, tags)
		require.True(t, strings.HasPrefix(tags, "custom,"), tags)

		image := t.TempDir()
		binary, err := build(tags, filepath.Join(image, "vedette"))
		require.NoError(t, err)
		info, err := os.Stat(binary)
		require.NoError(t, err)
		require.Less(t, info.Size(), int64(80*megabyte))
		require.Less(t, compressed(t, binary), int64(30*megabyte))
		requireStatic(t, binary)

		copyFile(t, file, filepath.Join(image, "configs.yaml"))
		listed := inside(t, image, "/vedette", "plugin", "list")
		for _, tag := range strings.Split(tags, ",")[1:] {
			require.Contains(t, listed, tag)
		}
	}
}

func TestImage_KnowsTimeZonesInAnEmptyRoot(t *testing.T) {
	t.Parallel()
	image := t.TempDir()
	binary, err := vedette()
	require.NoError(t, err)
	copyFile(t, binary, filepath.Join(image, "vedette"))
	require.NoError(t, os.WriteFile(filepath.Join(image, "configs.yaml"), []byte("time_zone: Europe/Berlin\n"), 0o644))
	require.Equal(t, "ok: configs.yaml", inside(t, image, "/vedette", "config", "check"))
}

func TestImage_RefusesAPluginItWasNotBuiltWith(t *testing.T) {
	t.Parallel()
	image := t.TempDir()
	_, err := build("custom,store.postgres,database.postgres,queue.postgres", filepath.Join(image, "vedette"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(image, "configs.yaml"), []byte("plugins: [slack]\n"), 0o644))
	out, err := confined(t, image, "/vedette", "run")
	require.Error(t, err)
	require.Contains(t, out, `there is no plugin "slack" in this binary`)
	require.Contains(t, out, "--build-arg CONFIGS_FILE=")
}

// inside runs a command in an empty root, as nobody in particular.
func inside(t *testing.T, image string, args ...string) string {
	t.Helper()
	out, err := confined(t, image, args...)
	require.NoError(t, err, out)
	return strings.TrimSpace(out)
}

func confined(t *testing.T, image string, args ...string) (string, error) {
	t.Helper()
	attributes := emptyRoot(t, image)
	command := exec.CommandContext(t.Context(), args[0], args[1:]...)
	command.Dir = "/"
	command.Env = environ
	command.SysProcAttr = attributes
	out, err := command.CombinedOutput()
	return string(out), err
}

func requireStatic(t *testing.T, binary string) {
	t.Helper()
	file, err := elf.Open(binary)
	require.NoError(t, err)
	defer func() { require.NoError(t, file.Close()) }()
	for _, program := range file.Progs {
		require.NotEqual(t, elf.PT_INTERP, program.Type, "a dynamic loader is wanted")
	}
}

// compressed is the size of a file as registries keep it.
func compressed(t *testing.T, path string) int64 {
	t.Helper()
	file, err := os.Open(path)
	require.NoError(t, err)
	defer func() { require.NoError(t, file.Close()) }()
	var size counter
	writer := gzip.NewWriter(&size)
	_, err = io.Copy(writer, file)
	require.NoError(t, err)
	require.NoError(t, writer.Close())
	t.Logf("%s: %.1f MB compressed", path, float64(size)/megabyte)
	return int64(size)
}

type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	content, err := os.ReadFile(from)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(to, content, 0o755))
}
