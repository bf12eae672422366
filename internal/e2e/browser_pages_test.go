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
