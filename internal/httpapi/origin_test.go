package httpapi

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/catalog"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// withFolder gives a server a folder with the monitor orders, and the example sample.
func withFolder(path string) func(*world) {
	return func(w *world) {
		code, _ := w.deps.Catalog.(*catalog.Catalog)
		w.deps.Origins = catalog.NewFolder(code, slog.New(slog.DiscardHandler), catalog.FolderConfig{
			Path: path, Examples: map[string]monitor.Files{"sample": {monitor.CodeFile: ordersCode}},
		})
		w.writeOrders(path, ordersCode)
	}
}

func (w *world) writeOrders(path, code string) {
	w.Helper()
	require.NoError(w, os.MkdirAll(filepath.Join(path, "orders"), 0o700))
	require.NoError(w, os.WriteFile(filepath.Join(path, "orders", monitor.CodeFile), []byte(code), 0o600))
}

// from registers content as what brings it does.
func (w *world) from(source monitor.Source, name, code string) {
	w.Helper()
	r := w.registration(name, code)
	r.Source = source
	_, err := w.deps.Catalog.Register(w.Context(), r)
	require.NoError(w, err)
}

func TestOrigin_WhatAFolderBringsIsReadOnlyElsewhere(t *testing.T) {
	t.Parallel()
	path := t.TempDir()
	w := newWorld(t, withFolder(path))
	w.from(monitor.SourceFolder, "orders", ordersCode)
	w.from(monitor.SourceExample, "sample", ordersCode)
	for name, says := range map[string]string{
		"orders": "comes from the folder " + filepath.Join(path, "orders"),
		"sample": "is one of the examples",
	} {
		_, err := w.client.PutMonitor(t.Context(), name, upload(ordersCode+"# mine"), "*")
		w.code(monitor.CodeConflict, says, err)
		_, err = w.client.DeleteMonitor(t.Context(), name, "", "")
		w.code(monitor.CodeConflict, says, err)
		require.Equal(t, 1, w.number(name))
	}
	require.Equal(t, client.ReadOnlyFolder, w.readOnly("orders"))
	require.Equal(t, client.ReadOnlyExample, w.readOnly("sample"))
	// Disabling and refreshing it is no change of its content.
	_, err := w.client.Disable(t.Context(), "sample", "")
	require.NoError(t, err)
}

// readOnly is why nobody can change a monitor, as the server tells it.
func (w *world) readOnly(name string) string {
	w.Helper()
	shown, err := w.client.Monitor(w.Context(), name)
	require.NoError(w, err)
	return shown.ReadOnly
}

func TestOrigin_AnExampleThatIsNotLoadedIsPeoples(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withFolder(t.TempDir()))
	w.from(monitor.SourceExample, "other", ordersCode)
	require.Empty(t, w.readOnly("other"))
	w.put("other", ordersCode+"# mine", "*")
	require.Equal(t, 2, w.number("other"))

	w = newWorld(t, func(w *world) { w.config.MonitorsReadOnly = true })
	w.from(monitor.SourceExample, "other", ordersCode)
	require.Equal(t, client.ReadOnlyServer, w.readOnly("other"))
}

func TestOrigin_AFolderKeepsItsNameEvenIfItDoesNotWork(t *testing.T) {
	t.Parallel()
	path := t.TempDir()
	w := newWorld(t, withFolder(path))
	w.writeOrders(path, "nonsense()")
	_, err := w.client.PutMonitor(t.Context(), "orders", upload(ordersCode), "")
	w.code(monitor.CodeConflict, "comes from the folder", err)
}

func TestOrigin_WhatNoFolderHasAnyMoreIsPeoples(t *testing.T) {
	t.Parallel()
	path := t.TempDir()
	w := newWorld(t, withFolder(path))
	w.from(monitor.SourceFolder, "orders", ordersCode)
	require.NoError(t, os.RemoveAll(filepath.Join(path, "orders")))
	same := w.put("orders", ordersCode, "*")
	require.False(t, same.Changed)
	require.Equal(t, "api", same.Source)
	require.Equal(t, 2, w.put("orders", ordersCode+"# mine", same.ETag).Version)
	_, err := w.client.DeleteMonitor(t.Context(), "orders", "", "")
	require.NoError(t, err)
}

func TestOrigin_WhatPeopleMadeBeforeStaysTheirs(t *testing.T) {
	t.Parallel()
	path := t.TempDir()
	w := newWorld(t, withFolder(path))
	w.from(monitor.SourceAPI, "orders", ordersCode+"# mine")
	require.Equal(t, 2, w.put("orders", ordersCode+"# still mine", "*").Version)
}

func TestOrigin_R78_WhatAFolderHasCanBeRestored(t *testing.T) {
	t.Parallel()
	path := t.TempDir()
	w := newWorld(t, withFolder(path))
	// As when an older image is started: its folder's content is not brought back by itself.
	w.from(monitor.SourceFolder, "orders", ordersCode)
	w.from(monitor.SourceFolder, "orders", ordersCode+"# newer")
	w.from(monitor.SourceFolder, "orders", ordersCode+"# newest")
	_, err := w.client.Restore(t.Context(), "orders", 2, client.Restoration{}, "")
	w.code(monitor.CodeConflict, "comes from the folder", err)
	restored, err := w.client.Restore(t.Context(), "orders", 1, client.Restoration{}, "")
	require.NoError(t, err)
	require.Equal(t, 4, restored.Version)
	require.Equal(t, "folder", restored.Source)
}

func TestReadOnly_RefusesEverybody(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(w *world) { w.config.MonitorsReadOnly = true })
	session, err := w.client.Session(t.Context())
	require.NoError(t, err)
	require.True(t, session.MonitorsReadOnly, "so that nobody is offered what would be refused")
	w.from(monitor.SourceAPI, "orders", ordersCode)
	body := fmt.Sprintf(`{"files":{"monitor.star":%q}}`, ordersCode)
	for _, call := range [][2]string{{"PUT", "/api/v1/monitors/orders"}, {"PUT", "/api/v1/monitors/another"}, {"DELETE", "/api/v1/monitors/orders"}, {"POST", "/api/v1/monitors/orders/versions/1/restore"}} {
		sent := ""
		if call[0] == "PUT" {
			sent = body
		}
		got := w.send(call[0], call[1], sent, header("If-Match", "*"))
		require.Equal(t, 403, got.status, "%v %s", call, got.body)
		require.Contains(t, got.body, "http_server.monitor_register is false")
	}
	valid, err := w.client.Validate(t.Context(), client.Draft{Name: "orders", Files: upload(ordersCode).Files})
	require.NoError(t, err, "looking is allowed")
	require.True(t, valid.Valid)
}
