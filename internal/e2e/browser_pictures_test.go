package e2e

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/e2e/browser"
)

// envPictures is the folder into which pictures for the documentation are put.
const envPictures = "VEDETTE_PICTURES"

// TestBrowser_MakesPictures looks at the sample shop when a few of its mistakes have
// been found, as somebody would who tries it out.
func TestBrowser_MakesPictures(t *testing.T) {
	folder := os.Getenv(envPictures)
	if folder == "" {
		t.Skip("`make pictures` runs it")
	}
	s := newSite(t, "sqlite")
	s.settings["monitors"] = "{path: ./monitors, load_examples: true}"
	s.configure(t)
	p := s.run(t)
	page := s.surf(t)
	page.Size(1280, 800)
	page.Dark(false)
	picture := func(place, name string) {
		page.Visit(place)
		settled(page)
		// Charts and tables are drawn in the frames after that.
		browser.Eval[bool](page, `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`)
		page.Picture(filepath.Join(folder, name+".png"))
	}
	var worst alertView
	eventually(t, func() (bool, string) {
		alerts := list[alertView](t, s, "/alerts?status=active&sort=priority")
		for _, alert := range alerts {
			if alert.ActiveIssues >= 4 {
				worst = alert
			}
		}
		return len(alerts) >= 4 && worst.ID != 0, "there are too few alerts"
	})
	issues := list[issueView](t, s, "/issues?status=active&monitor="+worst.Monitor)
	require.NotEmpty(t, issues)
	picture("#/", "overview")
	picture("#/monitors/"+worst.Monitor, "monitor")
	picture("#/alerts/"+number64(worst.ID), "alert")
	picture("#/issues/"+number64(issues[0].ID), "issue")
	page.Visit("#/monitors/" + worst.Monitor + "/edit?pane=try")
	page.Click("button", "Try")
	page.See("The run would")
	picture("#/monitors/"+worst.Monitor+"/edit?pane=try", "editor")
	page.Dark(true)
	picture("#/", "overview-dark")
	page.Size(390, 844)
	page.Dark(false)
	picture("#/", "phone")
	stop(t, p)
}
