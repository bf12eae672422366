package e2e

import (
	"os"
	"path/filepath"
	"testing"

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
	var changed []eventView
	eventually(t, func() (bool, string) {
		alerts := list[alertView](t, s, "/alerts?status=active&sort=priority")
		for _, alert := range alerts {
			if alert.ActiveIssues >= 4 {
				worst = alert
			}
		}
		changed = get[struct {
			Items []eventView `json:"items"`
		}](t, s, "/events?event_name=issue_updated_not_solved").Items
		return len(alerts) >= 5 && worst.ID != 0 && len(changed) > 0, "there are too few alerts, or no issue has changed"
	})
	comment := map[string]string{"comment": "The bank knows of it, and calls back at noon."}
	s.act(t, "/alerts/"+number64(worst.ID)+"/acknowledge", comment)
	s.act(t, "/alerts/"+number64(worst.ID)+"/lock", nil)
	picture("#/", "overview")
	picture("#/monitors/"+worst.Monitor, "monitor")
	picture("#/alerts/"+number64(worst.ID), "alert")
	picture("#/issues/"+number64(changed[0].SourceID), "issue")
	page.Visit("#/new?name=late_orders&from=stuck_orders&pane=try")
	page.Click("button", "Try")
	page.See("The run would succeed.")
	page.See("Would be created")
	page.Picture(filepath.Join(folder, "editor.png"))
	page.Dark(true)
	picture("#/", "overview-dark")
	page.Size(390, 844)
	page.Dark(false)
	picture("#/", "phone")
	stop(t, p)
}
