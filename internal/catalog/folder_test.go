package catalog

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestFolder_RegistersEachSubfolder(t *testing.T) {
	t.Parallel()
	tr := newTree(t, nil)
	tr.write(t, map[string]string{
		"orders/monitor.star":   orders,
		"orders/sql/search.sql": "select 1",
		"payments/monitor.star": orders,
		"README.md":             "Our monitors.",
		".git/monitor.star":     "no",
	})
	tr.look(t)
	require.Equal(t, map[string]int{"orders": 1, "payments": 1}, tr.store.numbers())
	require.Empty(t, tr.problems())
	require.Contains(t, tr.store.versions[0].Files, "sql/search.sql")
	require.Equal(t, "folder", tr.store.versions[0].Author)
	require.Contains(t, tr.log.String(), `msg="monitor registered" monitor=orders version=1 source=folder`)
}

func TestFolder_R78_ActsOnlyOnContentThatChanged(t *testing.T) {
	t.Parallel()
	tr := newTree(t, nil)
	tr.write(t, map[string]string{"orders/monitor.star": orders, "payments/monitor.star": orders})
	tr.look(t)

	_, _, err := tr.store.Register(t.Context(), registration("orders", orders+"# by the API"), time.Now())
	require.NoError(t, err)
	tr.write(t, map[string]string{"payments/monitor.star": orders + "# changed"})
	tr.look(t)
	require.Equal(t, map[string]int{"orders": 2, "payments": 2}, tr.store.numbers())
	require.Empty(t, tr.problems())
}

func TestFolder_R78_DoesNotBringBackAnOlderVersion(t *testing.T) {
	t.Parallel()
	tr := newTree(t, nil)
	tr.write(t, map[string]string{"orders/monitor.star": orders})
	tr.look(t)
	_, _, err := tr.store.Register(t.Context(), registration("orders", orders+"# newer"), time.Now())
	require.NoError(t, err)

	tr.restart(nil)
	tr.look(t)
	require.Equal(t, map[string]int{"orders": 2}, tr.store.numbers())
	require.Contains(t, tr.problems()["orders"], "earlier version")

	tr.write(t, map[string]string{"orders/monitor.star": orders + "# newest"})
	tr.look(t)
	require.Equal(t, map[string]int{"orders": 3}, tr.store.numbers())
	require.Empty(t, tr.problems())
}

func TestFolder_R78_AnEditThatIsTakenBackIsNoOlderVersion(t *testing.T) {
	t.Parallel()
	tr := newTree(t, nil)
	for _, code := range []string{orders, orders + "# edited", orders} {
		tr.write(t, map[string]string{"orders/monitor.star": code})
		tr.look(t)
	}
	require.Equal(t, map[string]int{"orders": 3}, tr.store.numbers())
	require.Empty(t, tr.problems())

	// What somebody else made since is not undone by it.
	_, _, err := tr.store.Register(t.Context(), registration("orders", orders+"# by the API"), time.Now())
	require.NoError(t, err)
	tr.write(t, map[string]string{"orders/monitor.star": orders + "# edited"})
	tr.look(t)
	require.Equal(t, map[string]int{"orders": 4}, tr.store.numbers())
	require.Contains(t, tr.problems()["orders"], "earlier version")
}

func TestFolder_R78_NeverArchivesBecauseAFolderIsMissing(t *testing.T) {
	t.Parallel()
	tr := newTree(t, nil)
	tr.write(t, map[string]string{"orders/monitor.star": orders, "broken/monitor.star": "monitor()"})
	tr.look(t)
	require.Contains(t, tr.problems(), "broken")

	require.NoError(t, os.RemoveAll(filepath.Join(tr.path, "orders")))
	require.NoError(t, os.RemoveAll(filepath.Join(tr.path, "broken")))
	tr.look(t)
	require.Equal(t, map[string]int{"orders": 1}, tr.store.numbers())
	require.Empty(t, tr.problems(), "what is gone has no problem")
}

func TestFolder_R78_WhatAPersonDeletedStaysDeleted(t *testing.T) {
	t.Parallel()
	examples := map[string]monitor.Files{"sample": {monitor.CodeFile: orders}}
	tr := newTree(t, examples)
	tr.write(t, map[string]string{"orders/monitor.star": orders})
	tr.look(t)
	require.Len(t, tr.store.numbers(), 2)

	tr.store.archive("orders")
	tr.store.archive("sample")
	tr.restart(examples)
	tr.look(t)
	require.Empty(t, tr.store.numbers())
}

func TestFolder_ABrokenMonitorKeepsItsLastGoodVersion(t *testing.T) {
	t.Parallel()
	tr := newTree(t, nil)
	tr.write(t, map[string]string{"orders/monitor.star": orders})
	tr.look(t)
	tr.write(t, map[string]string{"orders/monitor.star": strings.Replace(orders, "return []", "return [", 1)})
	tr.look(t)
	tr.look(t)
	require.Equal(t, map[string]int{"orders": 1}, tr.store.numbers())
	require.Contains(t, tr.problems()["orders"], "monitor.star:")
	require.Equal(t, 1, strings.Count(tr.log.String(), "level=ERROR"), "logged once for each change")
	require.Contains(t, tr.log.String(), filepath.Join(tr.path, "orders", "monitor.star")+":")

	tr.write(t, map[string]string{"orders/monitor.star": orders})
	tr.look(t)
	require.Empty(t, tr.problems(), "mended by undoing the change")
}

func TestFolder_ASharedFileTouchesThoseThatLoadIt(t *testing.T) {
	t.Parallel()
	tr := newTree(t, nil)
	tr.write(t, map[string]string{
		"orders/monitor.star":   `load("//shared/money.star", "cents")` + orders,
		"payments/monitor.star": orders,
		"shared/money.star":     "def cents(x):\n    return x * 100\n",
	})
	tr.look(t)
	tr.write(t, map[string]string{"shared/money.star": "def cents(x):\n    return 100 * x\n"})
	tr.look(t)
	require.Equal(t, map[string]int{"orders": 2, "payments": 1}, tr.store.numbers())
}

func TestFolder_ExamplesAreRegisteredUnlessAFolderHasTheirName(t *testing.T) {
	t.Parallel()
	tr := newTree(t, map[string]monitor.Files{
		"sample": {monitor.CodeFile: orders},
		"orders": {monitor.CodeFile: orders + "# example"},
	})
	tr.write(t, map[string]string{"orders/monitor.star": orders})
	tr.look(t)
	require.Equal(t, map[string]int{"orders": 1, "sample": 1}, tr.store.numbers())
	require.Equal(t, orders, tr.store.versions[0].Files[monitor.CodeFile])
	require.Equal(t, "example", tr.store.versions[1].Author)
}

func TestFolder_LooksAgainWhenTheStoreWasAway(t *testing.T) {
	t.Parallel()
	tr := newTree(t, nil)
	tr.write(t, map[string]string{"orders/monitor.star": orders})
	tr.store.err = monitor.Errorf(monitor.CodeUnavailable, "away")
	_, err := tr.folder.look(t.Context())
	require.Error(t, err)

	tr.store.err = nil
	tr.look(t)
	require.Equal(t, map[string]int{"orders": 1}, tr.store.numbers())
}

func TestFolder_R67_WhatTheStoreRefusesIsAProblem(t *testing.T) {
	t.Parallel()
	tr := newTree(t, nil)
	tr.write(t, map[string]string{"orders/monitor.star": orders, "payments/monitor.star": orders})
	refusing := &refusingStore{fakeStore: tr.store}
	tr.folder.catalog.store = refusing
	tr.look(t)
	require.Contains(t, tr.problems()["orders"], "3 issues are active")
	require.Contains(t, tr.store.numbers(), "payments", "the others are seen to")
}

func TestFolder_BadInputHasOneClearLine(t *testing.T) {
	t.Parallel()
	outside := filepath.Join(t.TempDir(), "secret.sql")
	require.NoError(t, os.WriteFile(outside, []byte("secret"), 0o600))
	tests := map[string]struct {
		files   map[string]string
		link    string // links to outside
		problem string
	}{
		"no_code":        {map[string]string{"no_code/search.sql": ""}, "", "monitor.star: warning: there is no such file"},
		"Wrong-Name":     {map[string]string{"Wrong-Name/monitor.star": orders}, "", `"Wrong-Name"`},
		"oversized":      {map[string]string{"oversized/monitor.star": orders, "oversized/big.sql": strings.Repeat("x", 1<<20+1)}, "", "big.sql: "},
		"binary":         {map[string]string{"binary/monitor.star": orders, "binary/logo.png": "\x89PNG\xff"}, "", "logo.png:1:1: "},
		"escaping":       {map[string]string{"escaping/monitor.star": orders}, "escaping/link.sql", "link.sql: "},
		"folder_as_code": {map[string]string{"folder_as_code/monitor.star/x": ""}, "", "monitor.star: "},
		"deep":           {map[string]string{"deep/monitor.star": orders, "deep/1/2/3/4/5/x.sql": ""}, "", "nested"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr := newTree(t, nil)
			tr.write(t, test.files)
			tr.write(t, map[string]string{"good/monitor.star": orders})
			if test.link != "" {
				require.NoError(t, os.Symlink(outside, filepath.Join(tr.path, test.link)))
			}
			tr.look(t)
			require.Equal(t, map[string]int{"good": 1}, tr.store.numbers())
			require.Len(t, strings.Split(tr.problems()[name], "\n"), 1, tr.problems()[name])
			require.Contains(t, tr.problems()[name], test.problem)
		})
	}
}

func TestFolder_LinksInsideOfItAreFollowed(t *testing.T) {
	t.Parallel()
	tr := newTree(t, nil)
	// As a volume of Kubernetes is mounted.
	tr.write(t, map[string]string{"..data_1/orders/monitor.star": orders})
	require.NoError(t, os.Symlink("..data_1", filepath.Join(tr.path, "..data")))
	require.NoError(t, os.Symlink(filepath.Join("..data", "orders"), filepath.Join(tr.path, "orders")))
	tr.look(t)
	require.Equal(t, map[string]int{"orders": 1}, tr.store.numbers())
}

func TestFolder_ThatDoesNotExistIsAsGoodAsEmpty(t *testing.T) {
	t.Parallel()
	tr := newTree(t, map[string]monitor.Files{"sample": {monitor.CodeFile: orders}})
	require.NoError(t, os.Remove(tr.path))
	tr.look(t)
	tr.look(t)
	require.Equal(t, map[string]int{"sample": 1}, tr.store.numbers())
	require.Equal(t, 1, strings.Count(tr.log.String(), "no folder of monitors yet"))

	tr.write(t, map[string]string{"orders/monitor.star": orders})
	tr.look(t)
	require.Equal(t, map[string]int{"orders": 1, "sample": 1}, tr.store.numbers())
}

func TestFolder_ThatCannotBeReadDoesNotKeepExamplesAway(t *testing.T) {
	t.Parallel()
	tr := newTree(t, map[string]monitor.Files{"sample": {monitor.CodeFile: orders}})
	require.NoError(t, os.Remove(tr.path))
	require.NoError(t, os.WriteFile(tr.path, nil, 0o600))
	_, err := tr.folder.look(t.Context())
	require.ErrorContains(t, err, "not a directory")
	require.Equal(t, map[string]int{"sample": 1}, tr.store.numbers())
}

func TestRun_SeesChangesWhileItRuns(t *testing.T) {
	t.Parallel()
	tr := newTree(t, nil)
	tr.folder.config.Settle, tr.folder.config.Rescan = time.Millisecond, time.Hour
	tr.write(t, map[string]string{"orders/monitor.star": orders})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- tr.folder.Run(ctx) }()
	require.Eventually(t, tr.folder.Loaded, 10*time.Second, time.Millisecond)
	require.Equal(t, map[string]int{"orders": 1}, tr.store.numbers())

	registered := func(name string, number int) func() bool {
		return func() bool { return tr.store.numbers()[name] == number }
	}
	tr.write(t, map[string]string{"orders/monitor.star": orders + "# changed"})
	require.Eventually(t, registered("orders", 2), 10*time.Second, time.Millisecond)
	tr.write(t, map[string]string{"payments/monitor.star": orders})
	require.Eventually(t, registered("payments", 1), 10*time.Second, time.Millisecond)
	tr.write(t, map[string]string{"payments/sql/search.sql": "select 1"})
	require.Eventually(t, registered("payments", 2), 10*time.Second, time.Millisecond)
	cancel()
	require.NoError(t, <-ended)
}

func TestLocate(t *testing.T) {
	t.Parallel()
	require.Equal(t, filepath.Join("monitors", "orders", "sql", "search.sql"), Locate(filepath.Join("monitors", "orders"), "sql/search.sql"))
	require.Equal(t, filepath.Join("monitors", "shared", "money.star"), Locate(filepath.Join("monitors", "orders"), "//shared/money.star"))
}

func TestCombine_LeavesOutThatAnUnreadFileIsMissing(t *testing.T) {
	t.Parallel()
	tooBig := monitor.Diagnostic{File: "monitor.star", Message: "has 3000000 bytes"}
	missing := monitor.Diagnostic{File: "monitor.star", Message: "there is no such file"}
	inText := monitor.Diagnostic{File: "monitor.star", Line: 3, Message: "undefined: x"}
	elsewhere := monitor.Diagnostic{File: "helpers.star", Message: "there is no such file"}
	combined := Combine(monitor.Diagnostics{tooBig}, monitor.Diagnostics{missing, inText, elsewhere})
	require.Equal(t, monitor.Diagnostics{tooBig, inText, elsewhere}, combined)
}

func TestReadMonitor(t *testing.T) {
	t.Parallel()
	tr := newTree(t, nil)
	tr.write(t, map[string]string{"orders/monitor.star": orders, "shared/money.star": "x = 1", "shared/deep/a/b/c/d/e.star": ""})
	name, files, diagnostics, err := ReadMonitor(filepath.Join(tr.path, "orders"))
	require.NoError(t, err)
	require.Equal(t, "orders", name)
	require.Equal(t, monitor.Files{"monitor.star": orders, "//shared/money.star": "x = 1"}, files)
	require.Len(t, diagnostics, 1)
	require.False(t, diagnostics.HasErrors())

	_, _, _, err = ReadMonitor(filepath.Join(tr.path, "nothing"))
	require.ErrorContains(t, err, "no such file")
	_, _, _, err = ReadMonitor(filepath.Join(tr.path, "orders", "monitor.star"))
	require.ErrorContains(t, err, "a monitor is a folder")
}
