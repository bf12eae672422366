package rollout

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/patch"
)

func differing(d Difference) []string {
	files := []string{}
	for _, change := range d.Changes {
		files = append(files, string(change.Kind)+" "+change.File)
	}
	return files
}

func TestDiffFolders(t *testing.T) {
	t.Parallel()
	server := newServer()
	server.brought("a", "me", "", monitor.Files{"monitor.star": "1", "old.sql": "1"})
	server.brought("a", "me", "", monitor.Files{"monitor.star": "1"})
	tr := newTree(t, "a/monitor.star", "1", "b/monitor.star", "1")
	r := New(server, plainReader{}, Options{}, nil)
	dirs := []string{filepath.Join(tr.dir, "a"), filepath.Join(tr.dir, "b")}
	found, err := r.DiffFolders(t.Context(), dirs, 0)
	require.NoError(t, err)
	require.Equal(t, []patch.Change{}, found[0].Changes)
	require.Equal(t, 2, found[0].From)
	require.Equal(t, []string{"added monitor.star"}, differing(found[1]))

	found, err = r.DiffFolders(t.Context(), dirs[:1], 1)
	require.NoError(t, err)
	require.Equal(t, []string{"removed old.sql"}, differing(found[0]))

	tr.write("b/monitor.star", "BROKEN")
	_, err = r.DiffFolders(t.Context(), dirs, 0)
	_, broken := errors.AsType[*Broken](err)
	require.True(t, broken, err)
}

func TestDiffVersions(t *testing.T) {
	t.Parallel()
	server := newServer()
	for _, text := range []string{"1", "2", "3"} {
		server.brought("a", "me", "", monitor.Files{"monitor.star": text})
	}
	for _, c := range []struct {
		from, to         int
		wantFrom, wantTo int
		kinds            []string
	}{
		{0, 0, 2, 3, []string{"changed monitor.star"}},
		{1, 0, 1, 3, []string{"changed monitor.star"}},
		{0, 1, 0, 1, []string{"added monitor.star"}},
		{3, 1, 3, 1, []string{"changed monitor.star"}},
		{2, 2, 2, 2, []string{}},
	} {
		d, err := New(server, plainReader{}, Options{}, nil).DiffVersions(t.Context(), "a", c.from, c.to)
		require.NoError(t, err)
		require.Equal(t, c.wantFrom, d.From)
		require.Equal(t, c.wantTo, d.To)
		require.Equal(t, c.kinds, differing(d))
	}
	_, err := New(server, plainReader{}, Options{}, nil).DiffVersions(t.Context(), "none", 0, 0)
	require.Equal(t, monitor.CodeNotFound, monitor.CodeOf(err))
}

func TestExport_WritesWhatCanBeAppliedAgain(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "new")
	files := monitor.Files{"monitor.star": "1", "sql/a.sql": "2", "//shared/money.star": "3"}
	written, err := Export(dir, "orders", files)
	require.NoError(t, err)
	require.Equal(t, []string{dir + "/orders/monitor.star", dir + "/orders/sql/a.sql", dir + "/shared/money.star"}, written)
	text, err := os.ReadFile(dir + "/orders/sql/a.sql")
	require.NoError(t, err)
	require.Equal(t, "2", string(text))

	written, err = Export(dir, "orders", files)
	require.NoError(t, err)
	require.Empty(t, written)

	files["monitor.star"], files["new.sql"] = "other", "4"
	_, err = Export(dir, "orders", files)
	require.ErrorContains(t, err, dir+"/orders/monitor.star is there with other content")
	require.NoFileExists(t, dir+"/orders/new.sql", "none is written")

	for _, file := range []string{"../../escape", "//../escape"} {
		_, err = Export(dir, "orders", monitor.Files{file: "x"})
		require.Error(t, err)
		require.NoFileExists(t, filepath.Join(filepath.Dir(dir), "escape"))
	}
	_, err = Export(dir, "../orders", files)
	require.Error(t, err)
}
