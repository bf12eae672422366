package e2e

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/e2e/browser"
	"github.com/vedettehq/vedette/internal/e2e/process"
)

// versionView is a version of a monitor.
type versionView struct {
	Number  int               `json:"number"`
	Author  string            `json:"author"`
	Message string            `json:"message"`
	Files   map[string]string `json:"files"`
}

// lateCode is what an author writes in the editor, with a level to change.
const lateCode = `"""Orders that are late."""

monitor(model_id_key = "id", search_cron = "` + seldom + `", update_cron = "` + seldom + `", missing = "solve", alert = count_rule(%s = 0))

def search():
    log.info("looked for late orders")
    return query("business", "select id, amount from problems where state = 'open' order by id")
`

// author opens the dashboard as an editor of that name.
func (s *site) author(t *testing.T, name string) (*browser.Page, tokenView) {
	t.Helper()
	token := s.invite(t, name, "editor")
	page := s.surf(t)
	signIn(page, token.Token)
	page.See(name + " (editor)")
	return page, token
}

// lateOrders is a site with that monitor, as its first version.
func lateOrders(t *testing.T) (*site, *process.Process) {
	t.Helper()
	s := newSite(t, "sqlite")
	s.guard()
	newBusiness(t, s)
	p := s.run(t)
	s.put(t, "late_orders", "first", map[string]string{"monitor.star": fmt.Sprintf(lateCode, "low")})
	return s, p
}

// saveAs saves what is written.
func saveAs(page *browser.Page, message string) {
	page.Click("button", "Save")
	dialog := page.In("dialog", "Save late_orders")
	dialog.Fill("What changed", message)
	dialog.Click("button", "Save")
}

func TestBrowser_AMonitorIsWrittenTriedAndSaved(t *testing.T) {
	t.Parallel()
	s := newSite(t, "sqlite")
	s.guard()
	b := newBusiness(t, s)
	b.open(t, "order", 71, 10)
	b.open(t, "order", 72, 20)
	p := s.run(t)
	page, _ := s.author(t, "ada")

	page.Click("link", "New monitor")
	page.Fill("Name", "Late Orders")
	page.See("a-z, 0-9 and _")
	page.Fill("Name", "late_orders")
	page.Click("button", "Write it")
	page.Find("field", "monitor.star")
	page.Click("choice", "monitor_test.star")
	page.Click("button", "Delete")
	page.In("dialog", "Delete").Click("button", "Delete")

	page.Click("choice", "monitor.star")
	page.Fill("monitor.star", fmt.Sprintf(lateCode, "lowest"))
	page.See("monitor.star:3")
	page.Fill("monitor.star", fmt.Sprintf(lateCode, "moderate"))
	page.See("No mistakes were found")

	page.Click("button", "Try")
	page.See("The run would succeed. Issues: 2 created.")
	page.See("Would be created (2)")
	page.See("71")
	page.See("select id, amount from problems")
	page.In("region", "Rows of query 1").Find("row", "72 20")
	page.See("looked for late orders")
	require.Empty(t, list[issueView](t, s, "/issues"), "a try writes nothing")

	page.Click("button", "Save")
	dialog := page.In("dialog", "Make the monitor late_orders")
	dialog.Fill("What changed", "First <b>version</b>")
	dialog.Click("button", "Save")
	page.See("Saved as version 1.")
	version := list[versionView](t, s, "/monitors/late_orders/versions")[0]
	require.Equal(t, "ada", version.Author)
	require.Equal(t, "First <b>version</b>", version.Message)
	stored := get[versionView](t, s, "/monitors/late_orders/versions/1").Files["monitor.star"]
	require.Equal(t, fmt.Sprintf(lateCode, "moderate"), stored)

	s.watch("late_orders").ran(t)
	page.Visit("#/monitors/late_orders")
	page.See("Orders that are late.")
	page.Find("link", "Alert 1")
	stop(t, p)
}

func TestBrowser_NobodysChangeIsOverwrittenUnseen(t *testing.T) {
	t.Parallel()
	s, p := lateOrders(t)
	ada, _ := s.author(t, "ada")
	bob, _ := s.author(t, "bob")
	for page, level := range map[*browser.Page]string{ada: "moderate", bob: "high"} {
		page.Visit("#/monitors/late_orders/edit")
		page.Fill("monitor.star", fmt.Sprintf(lateCode, level))
		page.See("not saved")
	}
	saveAs(ada, "mine is better")
	ada.See("Saved as version 2.")
	bob.See("Version 2 was saved elsewhere")

	saveAs(bob, "mine is better")
	conflict := bob.In("dialog", "Somebody else has saved this monitor")
	conflict.See("ada saved version 2")
	conflict.Click("button", "Decide later")
	require.Contains(t, bob.Value("monitor.star"), "high = 0", "what was typed is still there")
	require.Len(t, list[versionView](t, s, "/monitors/late_orders/versions"), 2)

	saveAs(bob, "mine is better")
	conflict.Click("button", "Keep mine")
	bob.In("dialog", "Save late_orders").Click("button", "Save")
	bob.See("Saved as version 3.")
	require.Contains(t, get[versionView](t, s, "/monitors/late_orders/versions/2").Files["monitor.star"], "moderate = 0")
	require.Contains(t, get[versionView](t, s, "/monitors/late_orders/versions/3").Files["monitor.star"], "high = 0")
	stop(t, p)
}

func TestBrowser_KeepsWhatWasTypedWhenASessionEnds(t *testing.T) {
	t.Parallel()
	s, p := lateOrders(t)
	page, token := s.author(t, "ada")
	page.Visit("#/monitors/late_orders/edit")
	page.Fill("monitor.star", fmt.Sprintf(lateCode, "critical"))

	a, err := s.ask(t.Context(), http.MethodDelete, fmt.Sprintf("/tokens/%d", token.ID), nil)
	require.NoError(t, err)
	require.Contains(t, []int{http.StatusOK, http.StatusNoContent}, a.status, a.body)
	page.Find("dialog", "Your session has ended")
	signIn(page, s.invite(t, "ada", "editor").Token)
	page.FindNo("dialog", "Your session has ended")
	require.Contains(t, page.Value("monitor.star"), "critical = 0")

	// Not even a browser that crashes takes it along.
	page.Reload()
	page.See("not saved")
	require.Contains(t, page.Value("monitor.star"), "critical = 0")
	stop(t, p)
}
