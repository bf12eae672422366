package e2e

import (
	"fmt"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/e2e/browser"
)

// settled waits until the page shows what it is about.
func settled(page *browser.Page) {
	page.Await("the page has read what it shows", `document.querySelector("main h1") !== null && document.querySelector(".loading, [aria-busy=true]") === null`)
}

// number is what makes two places of one kind.
var number = regexp.MustCompile(`\d+`)

// placesAtMost bounds how far a tour goes.
const placesAtMost = 60

// tour follows all links from the overview on, and the tabs of each page, and has each
// place looked at: of several that differ by a number only, the first one.
func tour(t *testing.T, page *browser.Page, look func(place string)) (places []string) {
	t.Helper()
	queue, known := []string{"#/"}, map[string]bool{"#/": true}
	for len(queue) > 0 {
		place := queue[0]
		queue = queue[1:]
		places = append(places, place)
		require.LessOrEqual(t, len(places), placesAtMost, "there are places without end: %v", places)
		page.Visit(place)
		settled(page)
		look(place)
		for tab := range browser.Eval[int](page, `document.querySelectorAll("main [role=tab]").length`) {
			browser.Eval[bool](page, fmt.Sprintf(`document.querySelectorAll("main [role=tab]")[%d]?.click(), true`, tab))
			settled(page)
			look(fmt.Sprintf("%s, tab %d", place, tab+1))
		}
		for _, link := range browser.Eval[[]string](page, `[...document.querySelectorAll('a[href^="#/"]')].map((a) => a.getAttribute("href"))`) {
			kind := number.ReplaceAllString(link, "N")
			if !known[kind] {
				known[kind] = true
				queue = append(queue, link)
			}
		}
	}
	slices.Sort(places)
	return places
}
