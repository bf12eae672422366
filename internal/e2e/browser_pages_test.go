package e2e

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/e2e/browser"
	"github.com/vedettehq/vedette/internal/e2e/process"
	"github.com/vedettehq/vedette/internal/testenv"
)

// smuggled finds on the page what nobody but a hostile author would have put there.
const smuggled = `(function look(root) {
	const found = [...root.querySelectorAll("img[src=x], svg[onload], script:not([src]), iframe, [srcdoc], [onerror], [ontoggle]")]
	const links = [...root.querySelectorAll("[href], [src], [action], [formaction]")].filter((e) => /^\s*(javascript|data|vbscript):/i.test(e.getAttribute("href") ?? e.getAttribute("src") ?? e.getAttribute("action") ?? e.getAttribute("formaction")))
	const shadows = [...root.querySelectorAll("*")].filter((e) => e.shadowRoot).flatMap((e) => look(e.shadowRoot))
	return [...found, ...links].map((e) => e.outerHTML).concat(shadows)
})(document)`

func TestBrowser_RunsNothingThatMonitorsAndPeopleWrite(t *testing.T) {
	t.Parallel()
	page := furnished(t).surf(t)
	page.Before(`window.dirty = () => { window.isDirty = true; console.error("dirty") }`)
	page.Reload()
	signIn(page, adminToken)
	page.Find("button", "Sign out")
	shown := 0
	places := tour(t, page, func(place string) {
		require.Empty(t, browser.Eval[[]string](page, smuggled), place)
		require.False(t, browser.Eval[bool](page, "window.isDirty === true"), place)
		if browser.Eval[bool](page, `document.body.textContent.includes("<img src=x onerror=dirty()>")`) {
			shown++
		}
	})
	require.Subset(t, places, []string{"#/", "#/monitors", "#/events", "#/silences", "#/monitors/hostile", "#/monitors/hostile/edit"})
	require.Greater(t, shown, 5, "it is shown as the text that it is")
}

// axe is where the dashboard's tools put the audit that its pages have to pass.
func axe(t *testing.T) string {
	t.Helper()
	root, err := process.Root()
	require.NoError(t, err)
	path := filepath.Join(root, "internal/dashboard/web/node_modules/axe-core/axe.min.js")
	if _, err := os.Stat(path); err != nil {
		testenv.Skip(t, "axe-core", "run `make dashboard`, which needs Node.js 20 or newer with npm")
	}
	return path
}

func TestBrowser_ShowsPagesThatEverybodyCanUse(t *testing.T) {
	t.Parallel()
	audit := axe(t)
	s := furnished(t)
	page := s.surf(t)
	var problems []string
	look := func(place, how string) {
		if found := page.Audit(audit); len(found) > 0 {
			problems = append(problems, browser.Describe(place+", "+how, found))
		}
	}
	look("sign-in", "light")
	signIn(page, adminToken)
	page.Find("button", "Sign out")
	tour(t, page, func(place string) {
		look(place, "light")
		if testing.Short() {
			return
		}
		page.Dark(true)
		look(place, "dark")
		page.Size(390, 844)
		look(place, "dark on a phone")
		if over := browser.Eval[int](page, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
			problems = append(problems, browser.Describe(place, []string{"a phone has to scroll it sideways"}))
		}
		page.Size(1280, 900)
		page.Dark(false)
	})
	for _, problem := range problems {
		t.Error(problem)
	}
}

// changing are words of buttons and links that change something.
var changing = []string{
	"Acknowledge", "Lock", "Unlock", "Solve", "Drop", "Silence", "Expire", "Enable", "Disable", "Refresh", "Restore", "Resend",
	"Edit", "New monitor", "Save", "Delete", "Try", "Add", "Rename",
}

// offers are the names of all that can be pressed on the page.
const offers = `[...document.querySelectorAll("button, [role=button], a.button, input[type=submit]")].map((e) => (e.getAttribute("aria-label") ?? e.textContent).replace(/\s+/g, " ").trim())`

// offered lists all that can be pressed on any page, and what of it changes something.
func offered(t *testing.T, page *browser.Page) (all, changes []string) {
	t.Helper()
	tour(t, page, func(string) { all = append(all, browser.Eval[[]string](page, offers)...) })
	slices.Sort(all)
	all = slices.Compact(all)
	for _, name := range all {
		if slices.ContainsFunc(changing, func(word string) bool { return hasWord(name, word) }) {
			changes = append(changes, name)
		}
	}
	return all, changes
}

func TestBrowser_OffersOnlyWhatOnesRoleMayDo(t *testing.T) {
	t.Parallel()
	s := furnished(t)
	viewer := s.visitor(t, "viewer")
	all, changes := offered(t, viewer)
	require.NotEmpty(t, all)
	require.Empty(t, changes, "a viewer changes nothing")
	for _, refusal := range viewer.Refusals() {
		require.NotContains(t, refusal, "403", "the page asks for what a viewer may not have")
	}
	_, changes = offered(t, s.visitor(t, "responder"))
	require.Subset(t, firstWords(changes), []string{"Unlock", "Solve", "Refresh", "Disable"})
	require.NotContains(t, firstWords(changes), "Save")
	_, changes = offered(t, s.visitor(t, "editor"))
	require.Subset(t, firstWords(changes), []string{"Unlock", "Edit", "Save"})
}

// hasWord tells whether the name has the word at its beginning, or by itself.
func hasWord(name, word string) bool {
	return name == word || strings.HasPrefix(name, word+" ") || strings.HasPrefix(name, word+" …")
}

func firstWords(names []string) (words []string) {
	for _, name := range names {
		first, _, _ := strings.Cut(name, " ")
		words = append(words, first)
	}
	return words
}
