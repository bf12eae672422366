package storetest

import (
	"fmt"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

var versionHistory = map[string]func(*fixture){
	"MonitorVersions_ListsNewestFirst":             listVersions,
	"MonitorVersions_R66_StayReadable":             listVersionsArchived,
	"MonitorVersions_AreThoseOfWhoHasTheName":      listVersionsAnew,
	"MonitorVersion_HasItsFiles":                   readVersion,
	"MonitorVersions_SayWhatDoesNotExist":          listVersionsNotFound,
	"MonitorVersions_AreStableWhileOthersAreAdded": listVersionsStable,
}

func (f *fixture) versions(name string, page store.Page) []store.VersionView {
	f.Helper()
	views, err := f.store.MonitorVersions(f.Context(), name, page)
	require.NoError(f, err)
	return views
}

func numbers(views []store.VersionView) []int {
	list := make([]int, len(views))
	for i := range views {
		list[i] = views[i].Number
	}
	return list
}

func listVersions(f *fixture) {
	f.register("other")
	f.register("orders", func(r *store.Registration) { r.Message = "first" })
	f.pass(time.Minute)
	second := f.register("orders", content("changed"), func(r *store.Registration) { r.Author = "eve" })
	views := f.versions("orders", store.Page{Limit: 10})
	require.Equal(f, []int{2, 1}, numbers(views))
	second.Files, second.Declaration = nil, monitor.Declaration{}
	require.Equal(f, store.VersionView{Version: second, Current: true}, views[0])
	require.False(f, views[1].Current)
	require.Equal(f, "first", views[1].Message)
	require.Equal(f, "ada", views[1].Author)
}

func listVersionsArchived(f *fixture) {
	f.register("orders")
	f.register("orders", content("changed"))
	f.change(store.Scope{Monitor: "orders", Issues: true}, archiving)
	views := f.versions("orders", store.Page{Limit: 10})
	require.Equal(f, []int{2, 1}, numbers(views))
	require.False(f, views[0].Current, "nothing of it is in force")
	last, err := f.store.MonitorVersion(f.Context(), "orders", 0)
	require.NoError(f, err)
	require.Equal(f, 2, last.Number)
	require.False(f, last.Current)
}

func listVersionsAnew(f *fixture) {
	f.register("orders")
	f.register("orders", content("changed"))
	f.change(store.Scope{Monitor: "orders", Issues: true}, archiving)
	again := f.register("orders")
	views := f.versions("orders", store.Page{Limit: 10})
	require.Equal(f, []int{1}, numbers(views))
	require.Equal(f, again.ID, views[0].ID)
	require.True(f, views[0].Current)
}

func readVersion(f *fixture) {
	first := f.register("orders")
	second := f.register("orders", content("changed"))
	for number, want := range map[int]store.VersionView{
		1: {Version: first}, 2: {Version: second, Current: true}, 0: {Version: second, Current: true},
	} {
		got, err := f.store.MonitorVersion(f.Context(), "orders", number)
		require.NoError(f, err)
		require.Equal(f, want, got)
	}
}

func listVersionsNotFound(f *fixture) {
	f.register("orders")
	_, err := f.store.MonitorVersions(f.Context(), "gone", store.Page{Limit: 10})
	f.code(monitor.CodeNotFound, err)
	require.ErrorContains(f, err, `"gone"`)
	for _, name := range []string{"gone", "orders"} {
		_, err = f.store.MonitorVersion(f.Context(), name, 7)
		f.code(monitor.CodeNotFound, err)
		require.ErrorContains(f, err, fmt.Sprintf("version 7 of monitor %q does not exist", name))
	}
}

func listVersionsStable(f *fixture) {
	for i := range 4 {
		f.register("orders", content(fmt.Sprint(i)))
	}
	require.Equal(f, []int{4, 3}, numbers(f.versions("orders", store.Page{Limit: 2})))
	f.register("orders", content("meanwhile"))
	require.Equal(f, []int{2, 1}, numbers(f.versions("orders", store.Page{Limit: 2, BeforeID: 3})))
	require.Empty(f, f.versions("orders", store.Page{Limit: 2, BeforeID: 1}))
}
