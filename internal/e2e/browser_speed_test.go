package e2e

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/e2e/browser"
	"github.com/vedettehq/vedette/internal/testenv"
)

const (
	manyMonitors = 1000
	manyAlerts   = 500
	// firstViewMost is what the overview may transfer at first, compressed, in bytes.
	firstViewMost = 300 << 10
	// firstViewRows is how many rows of tables may be drawn before one is seen.
	firstViewRows = 40
	// slowLaptop is how many times slower than this machine somebody's computer is.
	slowLaptop = 4
)

// firstRow notes when the first alert can be seen, in milliseconds since the page was
// asked for, and how much has been read by then.
const firstRow = `new MutationObserver((_, observer) => {
	if (!document.querySelector('main a[href^="#/alerts/"]')) return;
	observer.disconnect();
	window.firstRows = document.querySelectorAll("tr").length;
	requestAnimationFrame(() => { window.firstRow = performance.now() });
}).observe(document, { childList: true, subtree: true })`

func TestBrowser_ShowsTheFirstAlertOfManySoon(t *testing.T) {
	testenv.NeedsTime(t)
	t.Parallel()
	s := newSite(t, "sqlite")
	s.settings["executor"] = "{concurrency: 4, heartbeat: 5s}"
	s.configure(t)
	for i := range manyMonitors {
		found := "[]"
		if i < manyAlerts {
			found = fmt.Sprintf(`[{"id": %d, "state": "open"}]`, i)
		}
		s.monitor(t, fmt.Sprintf("monitor_%04d", i), fmt.Sprintf(manyCode, found))
	}
	p := s.run(t)
	eventually(t, func() (bool, string) {
		sum := get[summaryView](t, s, "/summary")
		return sum.Monitors.Unknown == 0 && sum.Alerts.Active == manyAlerts, fmt.Sprintf("they have not all run: %+v", sum)
	})
	page := s.surf(t)
	settled(page)
	page.Before(firstRow)
	page.Forget()
	page.Slow(slowLaptop)
	before := page.Transferred()
	page.Reload()
	page.Await("the first alert", "window.firstRow > 0")
	at := browser.Eval[float64](page, "window.firstRow")
	page.Find("heading", "Monitors")
	settled(page)
	bytes := page.Transferred() - before
	t.Logf("the first of %d alerts of %d monitors was there after %.0f ms on a machine %d times as slow; until it stood still the page had received %d kB",
		manyAlerts, manyMonitors, at, slowLaptop, bytes>>10)
	require.Less(t, bytes, firstViewMost)
	require.Less(t, browser.Eval[int](page, "window.firstRows"), firstViewRows, "what cannot be seen is not drawn before what can")
	rows := browser.Eval[int](page, `document.querySelectorAll("tr").length`)
	require.Less(t, rows, 200, "what cannot be seen is not drawn")
	stop(t, p)
}

// manyCode is one of many monitors.
const manyCode = `"""Looks at one thing of many."""

monitor(model_id_key = "id", search_cron = "` + seldom + `", solvable = False, alert = count_rule(low = 0), labels = {"team": "shop"})

def search():
    return %s
`

type summaryView struct {
	Alerts struct {
		Active int `json:"active"`
	} `json:"alerts"`
	Monitors struct {
		Unknown int `json:"unknown"`
	} `json:"monitors"`
}
