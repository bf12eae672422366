package e2e

import (
	"net/http"
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/e2e/browser"
)

// deed is something that people ask of the server in a dialog.
type deed struct {
	place string
	// opens is the button that leads to the dialog.
	opens string
	// dialog, field and yes are what the dialog is called, where something is typed,
	// and the button that does it.
	dialog, field, yes string
	method, path       string
}

const (
	comment = "Comment, kept with the events"
	typed   = "typed with care, and not to be lost"
)

// deeds are all that there are, on a site as troubled makes it.
var deeds = []deed{
	{"#/alerts/1", "Acknowledge", "Acknowledge alert 1", comment, "Acknowledge", http.MethodPost, "/alerts/1/acknowledge"},
	{"#/alerts/1", "Lock", "Lock alert 1", comment, "Lock", http.MethodPost, "/alerts/1/lock"},
	{"#/alerts/1", "Solve", "Solve alert 1", comment, "Solve", http.MethodPost, "/alerts/1/solve"},
	{"#/alerts/1", "Silence …", "Add a silence", "Why", "Add", http.MethodPost, "/silences"},
	{"#/alerts/1", "Send again …", "Send notifications of orders again", "", "Send again", http.MethodPost, "/notifications/resend"},
	{"#/issues/1", "Drop …", "Drop issue 1", comment, "Drop", http.MethodPost, "/issues/1/drop"},
	{"#/issues/1", "Silence …", "Add a silence", "Why", "Add", http.MethodPost, "/silences"},
	{"#/silences", "End …", "End silence 1", comment, "End it", http.MethodPost, "/silences/1/expire"},
	{"#/monitors/orders", "Disable", "Disable orders", comment, "Disable", http.MethodPost, "/monitors/orders/disable"},
	{"#/monitors/orders?tab=versions", "Restore version 1", "Restore version 1", comment, "Restore", http.MethodPost, "/monitors/orders/versions/1/restore"},
	{"#/monitors/orders/edit?pane=versions", "Restore version 1 …", "Restore version 1", comment, "Restore", http.MethodPost, "/monitors/orders/versions/1/restore"},
	{"#/monitors/orders/edit?pane=versions", "Delete …", "Delete orders?", comment, "Delete the monitor", http.MethodDelete, "/monitors/orders"},
}

// troubled is a site with a monitor of two versions, an alert, an issue and a silence,
// seen through something that makes trouble.
func troubled(t *testing.T) (*site, *between, *browser.Page) {
	t.Helper()
	s := newSite(t, "sqlite")
	s.guard()
	b := newBusiness(t, s)
	b.open(t, "order", 1, 10)
	s.run(t)
	s.put(t, "orders", "first", map[string]string{"monitor.star": byHand})
	s.put(t, "orders", "second", map[string]string{"monitor.star": byHand + "\n"})
	w := s.watch("orders")
	w.ran(t)
	a := s.post(t, "/silences", map[string]any{"labels": map[string]string{"team": "nobody"}, "for": "2h", "comment": "first"})
	require.Equal(t, http.StatusCreated, a.status, a.body)
	front, trouble := stand(t, s)
	page := front.visitor(t, "editor")
	return s, trouble, page
}

func (d deed) open(page *browser.Page) browser.Scope {
	page.Visit(d.place)
	page.Click("button", d.opens)
	dialog := page.In("dialog", d.dialog)
	if d.field != "" {
		dialog.Fill(d.field, typed)
	}
	return dialog
}

func TestBrowser_SaysWhatWentWrongAndLosesNothing(t *testing.T) {
	t.Parallel()
	s, trouble, page := troubled(t)
	told := map[string]http.HandlerFunc{
		"it is refused with 409. What is shown is being read anew":          answering(http.StatusConflict),
		"it is refused with 422. Mend that, and try again. body.thing":      answering(http.StatusUnprocessableEntity),
		"it is refused with 500. Try again; if it stays so":                 answering(http.StatusInternalServerError),
		"The server cannot be reached. It may have been done all the same:": hangUp,
	}
	for i, deed := range deeds {
		dialog := deed.open(page)
		for words, how := range told {
			trouble.make(how, deed.method, deed.path)
			dialog.Click("button", deed.yes)
			dialog.See(words)
			if deed.field != "" {
				require.Equal(t, typed, dialog.Value(deed.field), deed.dialog)
			}
		}
		trouble.make(silence, deed.method, deed.path)
		dialog.Click("button", deed.yes)
		if i == 0 {
			dialog.See("The server has not answered yet")
		}
		dialog.Click("button", "Stop waiting")
		dialog.See("You stopped waiting.")
		page.Press(kb.Escape)
		page.FindNo("dialog", deed.dialog)
	}
	alert := get[alertView](t, s, "/alerts/1")
	require.Equal(t, "active", alert.Status)
	require.False(t, alert.Acknowledged || alert.Locked)
	require.Len(t, list[versionView](t, s, "/monitors/orders/versions"), 2)
	// What was refused can be done as soon as it is possible.
	trouble.make(nil, "", "")
	solve := deeds[2].open(page)
	solve.Click("button", "Solve")
	page.FindNo("dialog", "Solve")
	page.See(typed)
}

func TestBrowser_SaysOfButtonsWithoutAFormWhatWentWrong(t *testing.T) {
	t.Parallel()
	s, trouble, page := troubled(t)
	direct := []struct{ place, button, path string }{
		{"#/", "Acknowledge", "/alerts/1/acknowledge"},
		{"#/", "Lock", "/alerts/1/lock"},
		{"#/monitors/orders", "Refresh", "/monitors/orders/refresh"},
	}
	for _, d := range direct {
		page.Visit(d.place)
		for words, how := range map[string]http.HandlerFunc{"it is refused with 409.": answering(http.StatusConflict), "cannot be reached. It may have been done": hangUp} {
			trouble.make(how, http.MethodPost, d.path)
			page.Click("button", d.button)
			page.See(words)
			page.Click("button", "Close this message")
			page.SeeNo(words)
		}
		trouble.make(silence, http.MethodPost, d.path)
		page.Click("button", d.button)
		page.See("The server has not answered yet")
		page.Click("button", "Stop waiting")
		page.See("You stopped waiting.")
		page.Click("button", "Close this message")
	}
	for _, d := range []struct{ pane, button, path string }{{"try", "Try", "/try"}, {"tests", "Run tests", "/test"}} {
		page.Visit("#/monitors/orders/edit?pane=" + d.pane)
		for words, how := range map[string]http.HandlerFunc{"it is refused with 500.": answering(http.StatusInternalServerError), "The server cannot be reached.": hangUp} {
			trouble.make(how, http.MethodPost, d.path)
			page.Click("button", d.button)
			page.See(words)
		}
		trouble.make(silence, http.MethodPost, d.path)
		page.Click("button", d.button)
		page.Click("button", "Cancel")
		page.FindNo("button", "Cancel")
	}
	require.False(t, get[alertView](t, s, "/alerts/1").Acknowledged)
}

func TestBrowser_ASaveThatIsNotAnsweredLosesNothing(t *testing.T) {
	t.Parallel()
	s, trouble, page := troubled(t)
	page.Visit("#/monitors/orders/edit")
	page.Fill("monitor.star", byHand+"# "+typed)
	save := deed{"#/monitors/orders/edit", "Save …", "Save orders as a new version", "What changed, and why", "Save", http.MethodPut, "/monitors/orders"}
	dialog := save.open(page)
	for words, how := range map[string]http.HandlerFunc{
		"it is refused with 409. What is shown":                        answering(http.StatusConflict),
		"it is refused with 422. Mend that, and try again. body.thing": answering(http.StatusUnprocessableEntity),
		"it is refused with 500. Try again":                            answering(http.StatusInternalServerError),
		"What you typed is kept in this browser":                       hangUp,
	} {
		trouble.make(how, save.method, save.path)
		dialog.Click("button", "Save")
		dialog.See(words)
		require.Equal(t, typed, dialog.Value(save.field))
	}
	trouble.make(silence, save.method, save.path)
	dialog.Click("button", "Save")
	dialog.See("The server has not answered yet")
	dialog.Click("button", "Stop waiting")
	dialog.See("You stopped waiting.")
	trouble.make(nil, "", "")
	dialog.Click("button", "Save")
	page.See("Saved as version 3.")
	require.Equal(t, typed, list[versionView](t, s, "/monitors/orders/versions")[0].Message)
	require.Contains(t, get[versionView](t, s, "/monitors/orders/versions/3").Files["monitor.star"], typed)
}

func TestBrowser_WhatCannotBeDroppedStaysSelected(t *testing.T) {
	t.Parallel()
	s, trouble, page := troubled(t)
	page.Visit("#/alerts/1")
	page.Click("choice", "Select all that are shown")
	page.Click("button", "Drop 1 issue …")
	dialog := page.In("dialog", "Drop 1 issue of alert 1")
	dialog.Fill(comment, typed)
	trouble.make(silence, http.MethodPost, "/issues/1/drop")
	dialog.Click("button", "Drop")
	page.Click("button", "Stop")
	page.See("0 issues dropped, of 1 it is not known.")
	page.Click("button", "Close this message")
	trouble.make(hangUp, http.MethodPost, "/issues/1/drop")
	page.Click("button", "Drop 1 issue …")
	require.Equal(t, typed, dialog.Value(comment), "it need not be typed again")
	dialog.Click("button", "Drop")
	page.See("0 issues dropped, of 1 it is not known. The server cannot be reached.")
	trouble.make(nil, "", "")
	page.Click("button", "Drop 1 issue …")
	dialog.Click("button", "Drop")
	page.See("1 issue dropped.")
	require.Equal(t, "dropped", get[issueView](t, s, "/issues/1").Status)
}
