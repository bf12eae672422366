package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/e2e/browser"
)

// TestBrowser_EverywhereOfASiteThatIsHostile looks at all places of one site: nothing in
// it is changed, so that all can look at the same time.
func TestBrowser_EverywhereOfASiteThatIsHostile(t *testing.T) {
	t.Parallel()
	s := furnished(t)
	t.Run("RunsNothingOfItAndCanBeUsedByEverybody", func(t *testing.T) {
		t.Parallel()
		s.toursAsAdmin(t)
	})
	t.Run("OpensDialogsThatCanBeUsedByEverybody", func(t *testing.T) {
		t.Parallel()
		s.opensDialogs(t)
	})
	t.Run("OffersNoChangeToAViewer", func(t *testing.T) {
		t.Parallel()
		viewer := s.visitor(t, "viewer")
		all, changes := offered(t, viewer)
		require.NotEmpty(t, all)
		require.Empty(t, changes, "a viewer changes nothing")
		for _, refusal := range viewer.Refusals() {
			require.NotContains(t, refusal, "403", "the page asks for what a viewer may not have")
		}
	})
	t.Run("OffersARespondersDeeds", func(t *testing.T) {
		t.Parallel()
		_, changes := offered(t, s.visitor(t, "responder"))
		require.Subset(t, firstWords(changes), []string{"Unlock", "Solve", "Refresh", "Disable"})
		require.NotContains(t, firstWords(changes), "Save")
	})
	t.Run("OffersAnEditorsDeeds", func(t *testing.T) {
		t.Parallel()
		_, changes := offered(t, s.visitor(t, "editor"))
		require.Subset(t, firstWords(changes), []string{"Unlock", "Edit", "Save"})
	})
}

// dirtying tells when a script has run that somebody has smuggled in.
const dirtying = `window.dirty = () => { window.isDirty = true; console.error("dirty") }`

// wary opens the site as its administrator, in a browser that tells of smuggled scripts.
func (s *site) wary(t *testing.T) *browser.Page {
	t.Helper()
	page := s.surf(t)
	page.Before(dirtying)
	page.Reload()
	return page
}

// requireClean is called where hostile data is shown.
func requireClean(t *testing.T, page *browser.Page, where string) {
	t.Helper()
	require.Empty(t, browser.Eval[[]string](page, smuggled), where)
	require.False(t, browser.Eval[bool](page, "window.isDirty === true"), where)
}

// shows tells whether the hostile text stands in a part of the page, as the text that it is.
func shows(page *browser.Page, part string) bool {
	return browser.Eval[bool](page, fmt.Sprintf(`document.querySelector(%q).textContent.includes("<img src=x onerror=dirty()>")`, part))
}

// auditing looks at parts of a page on large and small screens, light and dark.
type auditing struct {
	axe      string
	problems []string
}

func (a *auditing) look(page *browser.Page, part, where string, what browser.Audited) {
	if found := page.Audit(a.axe, part, what); len(found) > 0 {
		a.problems = append(a.problems, browser.Describe(where, found))
	}
}

func (a *auditing) everyWay(page *browser.Page, part, where string) {
	a.look(page, part, where+", light", browser.Everything)
	page.Dark(true)
	a.look(page, part, where+", dark", browser.Colours)
	page.Size(390, 844)
	a.look(page, part, where+", dark on a phone", browser.Colours)
	page.Dark(false)
	a.look(page, part, where+", light on a phone", browser.Everything)
	if over := browser.Eval[int](page, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
		a.problems = append(a.problems, browser.Describe(where, []string{"a phone has to scroll it sideways"}))
	}
	page.Size(1280, 900)
}

func (a *auditing) report(t *testing.T) {
	t.Helper()
	slices.Sort(a.problems)
	for _, problem := range slices.Compact(a.problems) {
		t.Error(problem)
	}
}

func (s *site) toursAsAdmin(t *testing.T) {
	t.Helper()
	audit := &auditing{axe: axe(t)}
	page := s.wary(t)
	page.Find("heading", "Sign in")
	audit.everyWay(page, "body", "sign-in")
	signIn(page, adminToken)
	page.Find("button", "Sign out")
	shown := 0
	places := tour(t, page, func(place string) {
		requireClean(t, page, place)
		audit.everyWay(page, "body", place)
		if shows(page, "body") {
			shown++
		}
	})
	audit.report(t)
	require.Subset(t, places, []string{"#/", "#/monitors", "#/events", "#/silences", "#/monitors/hostile", "#/monitors/hostile/edit"})
	require.Greater(t, shown, 5, "it is shown as the text that it is")
}

// opening is a dialog, and how one comes to it.
type opening struct {
	place string
	// presses are the buttons and choices on the way, the last one of which opens it.
	presses []string
	dialog  string
	// hostile tells that there is something of the hostile data in it.
	hostile bool
}

func openings(issue string) []opening {
	return []opening{
		{"#/alerts/1", []string{"Unlock"}, "Unlock alert 1", false},
		{"#/alerts/1", []string{"Solve"}, "Solve alert 1", false},
		{"#/alerts/1", []string{"Silence …"}, "Add a silence", false},
		{"#/alerts/1", []string{"Send again …"}, "Send notifications", false},
		{"#/alerts/1", []string{"Select all that are shown", "Drop 1 issue …"}, "Drop 1 issue", false},
		{"#/issues/" + issue, []string{"Drop …"}, "Drop issue", false},
		{"#/issues/" + issue, []string{"Silence …"}, "Add a silence", false},
		{"#/silences", []string{"Add a silence …"}, "Add a silence", false},
		{"#/silences", []string{"End …"}, "End silence 1", false},
		{"#/monitors/hostile", []string{"Disable"}, "Disable hostile", false},
		{"#/monitors/hostile?tab=versions", []string{"Restore version 1"}, "Restore version 1", false},
		{"#/monitors/hostile/edit?pane=versions", []string{"Restore version 1 …"}, "Restore version 1", false},
		{"#/monitors/hostile/edit?pane=versions", []string{"Compare version 1"}, "From version 1", true},
		{"#/monitors/hostile/edit", []string{"Delete …"}, "Delete hostile?", false},
		{"#/monitors/hostile/edit", []string{"+ File"}, "Add a file", false},
		{"#/monitors/hostile/edit?file=notes.md", []string{"Rename"}, "Rename notes.md", false},
		{"#/monitors/hostile/edit?file=notes.md", []string{"Delete"}, "Delete notes.md?", false},
	}
}

// press presses what is called so: a button, or else a box to tick.
func press(page *browser.Page, name string) {
	role := "button"
	if strings.HasPrefix(name, "Select") {
		role = "choice"
	}
	page.Click(role, name)
}

func (s *site) opensDialogs(t *testing.T) {
	t.Helper()
	audit := &auditing{axe: axe(t)}
	page := s.wary(t)
	signIn(page, adminToken)
	page.Find("button", "Sign out")
	for _, o := range openings(s.watch("hostile").issueID(t, payload)) {
		page.Visit(o.place)
		settled(page)
		for _, name := range o.presses {
			press(page, name)
		}
		page.Find("dialog", o.dialog)
		requireClean(t, page, o.dialog)
		require.Equal(t, o.hostile, shows(page, "dialog[open]"), o.dialog)
		audit.everyWay(page, "dialog[open]", o.dialog)
		requireTrapped(t, page, o.dialog)
		requireClosable(t, page, o)
	}
	opensMenus(t, page, audit)
	audit.report(t)
}

// opensMenus opens what lies over a page without being a dialog.
func opensMenus(t *testing.T, page *browser.Page, audit *auditing) {
	t.Helper()
	page.Visit("#/alerts/1")
	page.Click("button", "Columns")
	columns := page.In("region", "Columns")
	columns.See("<img src=x onerror=dirty()>")
	columns.Find("choice", "nested")
	audit.everyWay(page, "body", "the menu of columns")
	page.Press(kb.Escape)
	page.FindNo("choice", "nested")
	require.True(t, page.Focused("button", "Columns"))

	page.Visit("#/monitors/hostile/edit?file=notes.md")
	page.Fill("notes.md", "typed, and not saved")
	for _, o := range []opening{
		{"", []string{"Save …"}, "Save hostile as a new version", false},
		{"", []string{"Overview"}, "Leave without saving?", false},
	} {
		role := "button"
		if o.presses[0] == "Overview" {
			role = "link"
		}
		page.Click(role, o.presses[0])
		page.Find("dialog", o.dialog)
		audit.everyWay(page, "dialog[open]", o.dialog)
		requireTrapped(t, page, o.dialog)
		page.Press(kb.Escape)
		page.FindNo("dialog", o.dialog)
		eventually(t, func() (bool, string) { return page.Focused(role, o.presses[0]), "the focus is not back" })
	}
	page.Visit("#/monitors/hostile/edit?file=monitor.star")
	page.Fill("monitor.star", "quer")
	page.Press(" ", chromedp.ModifierCtrl)
	page.See("query")
	audit.everyWay(page, "body", "completion")
}

// stops is how many things in a dialog one comes to by Tab.
const stops = `[...document.querySelectorAll("dialog[open] :is(button, input, select, textarea, summary, a[href], [tabindex='0'])")].filter((e) => e.checkVisibility() && !e.disabled).length`

// requireTrapped goes once through a dialog by Tab, which never leads out of it.
func requireTrapped(t *testing.T, page *browser.Page, dialog string) {
	t.Helper()
	within := `document.activeElement === document.body || document.activeElement.closest("dialog[open]") !== null`
	require.True(t, browser.Eval[bool](page, `document.activeElement.closest("dialog[open]") !== null`), "the focus is not in %s", dialog)
	for range browser.Eval[int](page, stops) + 2 {
		page.Press(kb.Tab)
		require.True(t, browser.Eval[bool](page, within), "Tab leads out of %s", dialog)
	}
}

// requireClosable closes a dialog by Escape; then the focus is where it was before.
func requireClosable(t *testing.T, page *browser.Page, o opening) {
	t.Helper()
	page.Press(kb.Escape)
	page.FindNo("dialog", o.dialog)
	last := o.presses[len(o.presses)-1]
	eventually(t, func() (bool, string) { return page.Focused("button", last), "the focus is not back at " + last })
}
