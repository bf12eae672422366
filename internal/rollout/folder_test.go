package rollout

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFind(t *testing.T) {
	t.Parallel()
	tr := newTree(t, "m/a/monitor.star", "1", "m/b/monitor.star", "1", "m/typo/montor.star", "1", "m/shared/x.star", "1",
		"m/.git/monitor.star", "1", "m/README.md", "1", "other/a/monitor.star", "1", "empty/README.md", "1")
	at := func(path string) string { return filepath.Join(tr.dir, path) }

	found, strays, err := Find([]string{at("m"), at("m/a"), at("m") + "/b/"})
	require.NoError(t, err)
	require.Equal(t, []string{at("m/a"), at("m/b")}, found)
	require.Equal(t, []string{at("m/typo")}, strays)

	for dir, says := range map[string]string{
		"empty": "holds none", "m/README.md": "is a file", "none": "no such file",
	} {
		_, _, err := Find([]string{at(dir)})
		require.ErrorContains(t, err, says)
		require.ErrorContains(t, err, dir)
	}
	_, _, err = Find([]string{at("m/a"), at("other/a")})
	require.ErrorContains(t, err, `the same monitor, "a"`)
}
