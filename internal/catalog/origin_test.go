package catalog

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestOrigin_IsWhatBringsAMonitorRightNow(t *testing.T) {
	t.Parallel()
	tr := newTree(t, map[string]monitor.Files{"sample": {monitor.CodeFile: orders}, "orders": {monitor.CodeFile: orders}})
	tr.write(t, map[string]string{
		"orders/monitor.star": orders, "broken/monitor.star": "monitor(", "notes/README.md": "no monitor", "shared/monitor.star": "x = 1",
	})
	folder := Origin{Source: monitor.SourceFolder, Path: filepath.Join(tr.path, "orders")}
	require.Equal(t, folder, tr.folder.Origin("orders"))
	require.Equal(t, monitor.SourceFolder, tr.folder.Origin("broken").Source, "working or not")
	require.Equal(t, Origin{Source: monitor.SourceExample}, tr.folder.Origin("sample"))
	for _, name := range []string{"notes", "shared", "elsewhere", "../" + filepath.Base(tr.path) + "/orders", "", "."} {
		require.Zero(t, tr.folder.Origin(name), name)
	}
	require.NoError(t, os.RemoveAll(filepath.Join(tr.path, "orders")))
	require.Equal(t, Origin{Source: monitor.SourceExample}, tr.folder.Origin("orders"))
	require.NoError(t, os.RemoveAll(tr.path))
	require.Zero(t, tr.folder.Origin("broken"))
}

func TestHolds_ComparesWithWhatIsThere(t *testing.T) {
	t.Parallel()
	tr := newTree(t, map[string]monitor.Files{"sample": {monitor.CodeFile: orders}})
	tr.write(t, map[string]string{"orders/monitor.star": orders, "broken/monitor.star": "monitor(", "shared/unused.star": "x = 1"})
	hash := monitor.Files{monitor.CodeFile: orders}.Hash()
	require.True(t, tr.folder.Holds("orders", hash), "without what is shared and not loaded")
	require.True(t, tr.folder.Holds("sample", hash))
	require.False(t, tr.folder.Holds("orders", "other"))
	require.False(t, tr.folder.Holds("broken", monitor.Files{monitor.CodeFile: "monitor("}.Hash()))
	require.False(t, tr.folder.Holds("elsewhere", hash))
}

func TestFolder_R78_AnEarlierVersionThatIsRestoredIsNoProblemAnyMore(t *testing.T) {
	t.Parallel()
	tr := newTree(t, nil)
	tr.write(t, map[string]string{"orders/monitor.star": orders})
	tr.look(t)
	register := func(code string) {
		_, _, err := tr.store.Register(t.Context(), registration("orders", code), time.Now())
		require.NoError(t, err)
	}
	register(orders + "# newer")
	tr.restart(nil)
	tr.look(t)
	tr.look(t)
	require.Contains(t, tr.problems()["orders"], "earlier version")

	register(orders)
	tr.look(t)
	require.Empty(t, tr.problems())
	require.Equal(t, map[string]int{"orders": 3}, tr.store.numbers())
	require.Equal(t, monitor.SourceFolder, tr.store.sources["orders"], "the folder has it again")

	register(orders + "# newest")
	tr.look(t)
	require.Equal(t, map[string]int{"orders": 4}, tr.store.numbers(), "nothing changed in the folder")
}

func TestFolder_TakesOverWhatArrivedOtherwiseWithEqualContent(t *testing.T) {
	t.Parallel()
	tr := newTree(t, nil)
	r := registration("orders", orders)
	r.Source = monitor.SourceAPI
	_, _, err := tr.store.Register(t.Context(), r, time.Now())
	require.NoError(t, err)
	tr.write(t, map[string]string{"orders/monitor.star": orders})
	tr.look(t)
	require.Equal(t, map[string]int{"orders": 1}, tr.store.numbers())
	require.Equal(t, monitor.SourceFolder, tr.store.sources["orders"])
	require.NotContains(t, tr.log.String(), "monitor registered")
}

func TestFolder_R78_WhatComesBackIsLookedAtAnew(t *testing.T) {
	t.Parallel()
	tr := newTree(t, nil)
	tr.write(t, map[string]string{"orders/monitor.star": orders})
	tr.look(t)
	require.NoError(t, os.RemoveAll(filepath.Join(tr.path, "orders")))
	tr.look(t)
	tr.write(t, map[string]string{"orders/monitor.star": orders})
	tr.look(t)
	require.Equal(t, map[string]int{"orders": 1}, tr.store.numbers())
	require.Empty(t, tr.problems(), "it is what is current")

	require.NoError(t, os.RemoveAll(filepath.Join(tr.path, "orders")))
	tr.look(t)
	tr.store.archive("orders")
	tr.write(t, map[string]string{"orders/monitor.star": orders})
	tr.look(t)
	require.Empty(t, tr.store.numbers(), "what a person deleted stays deleted")
	require.Contains(t, tr.problems()["orders"], "earlier version", "and it is said why")
}
