package httpapi

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// registration is for content that did not come through the API.
func (w *world) registration(name, code string) store.Registration {
	return store.Registration{Name: name, Files: monitor.Files{monitor.CodeFile: code}, Source: monitor.SourceAPI, Author: "ada"}
}

func TestVersions_ListAndRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i := range 5 {
		w.from(monitor.SourceAPI, "orders", ordersCode+fmt.Sprintf("# %d", i))
	}
	var numbers []int
	list := func(ctx context.Context, p client.Paging) (client.Page[client.Version], error) {
		return w.client.Versions(ctx, "orders", p)
	}
	for version, err := range client.All(t.Context(), client.Paging{Limit: 2}, list) {
		require.NoError(t, err)
		require.Equal(t, version.Number == 5, version.Current)
		require.Equal(t, "orders", version.Monitor)
		require.Equal(t, "ada", version.Author)
		require.NotEmpty(t, version.Hash)
		numbers = append(numbers, version.Number)
	}
	require.Equal(t, []int{5, 4, 3, 2, 1}, numbers)

	version, err := w.client.Version(t.Context(), "orders", 2)
	require.NoError(t, err)
	require.Equal(t, map[string]string{monitor.CodeFile: ordersCode + "# 1"}, version.Files)

	_, err = w.client.Versions(t.Context(), "gone", client.Paging{})
	w.code(monitor.CodeNotFound, "gone", err)
	_, err = w.client.Version(t.Context(), "orders", 6)
	w.code(monitor.CodeNotFound, `version 6 of monitor "orders" does not exist`, err)
	for path, status := range map[string]int{
		"orders/versions/0": 422, "orders/versions/x": 422, "orders/versions/99999999999": 422,
		"orders/versions?cursor=x": 422, "orders/versions?limit=0": 422, "a%2Fb/versions": 404,
	} {
		require.Equal(t, status, w.send("GET", "/api/v1/monitors/"+path, "").status, path)
	}
}

func TestRestore_StoresTheOldContentAsANewVersion(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.put("orders", ordersCode, "")
	second := w.put("orders", ordersCode+"# 2", first.ETag)
	_, err := w.client.Restore(t.Context(), "orders", 1, client.Restoration{}, first.ETag)
	w.code(monitor.CodeStale, "at version 2 by now", err)

	restored, err := w.client.Restore(t.Context(), "orders", 1, client.Restoration{}, second.ETag)
	require.NoError(t, err)
	require.True(t, restored.Changed)
	require.Equal(t, 3, restored.Version)
	require.Equal(t, first.Hash, restored.Hash)
	version, err := w.client.Version(t.Context(), "orders", 3)
	require.NoError(t, err)
	require.Equal(t, "Restore version 1", version.Message)
	require.Equal(t, "local", version.Author)

	same, err := w.client.Restore(t.Context(), "orders", 1, client.Restoration{Message: "again"}, "")
	require.NoError(t, err)
	require.False(t, same.Changed, "it is current already")
	_, err = w.client.Restore(t.Context(), "orders", 9, client.Restoration{}, "")
	w.code(monitor.CodeNotFound, "version 9", err)
}

func TestRestore_R66_MakesADeletedMonitorAnew(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.put("orders", ordersCode, "")
	w.put("orders", ordersCode+"# 2", first.ETag)
	_, err := w.client.DeleteMonitor(t.Context(), "orders", "", "")
	require.NoError(t, err)
	_, err = w.client.Restore(t.Context(), "orders", 2, client.Restoration{}, first.ETag)
	w.code(monitor.CodeStale, "does not exist", err)

	restored, err := w.client.Restore(t.Context(), "orders", 2, client.Restoration{}, "")
	require.NoError(t, err)
	require.Equal(t, 1, restored.Version)
	require.NotEqual(t, first.ID, restored.ID)
}

func TestRestore_R67_ChecksWhatPutChecks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.register("orders") // its code does not compile any more
	w.put("orders", strings.Replace(ordersCode, `"id"`, `"order_id"`, 1), "*")
	w.put("orders", ordersCode, "*")
	view, err := w.store.Monitor(t.Context(), "orders")
	require.NoError(t, err)
	w.find("orders", view.Declaration, "7")

	_, err = w.client.Restore(t.Context(), "orders", 1, client.Restoration{}, "")
	w.code(monitor.CodeInvalid, "monitor.star", err)
	var invalid *client.Invalid
	require.ErrorAs(t, err, &invalid)
	_, err = w.client.Restore(t.Context(), "orders", 2, client.Restoration{}, "")
	w.code(monitor.CodeConflict, "drop_issues", err)
	restored, err := w.client.Restore(t.Context(), "orders", 2, client.Restoration{DropIssues: true}, "")
	require.NoError(t, err)
	require.Zero(t, restored.ActiveIssues)
}
