package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// toldCode is a monitor that tells two receivers, of which one does not listen.
const toldCode = `
"""Orders that somebody has to be told of."""

monitor(
    model_id_key = "id", search_cron = "` + seldom + `", solvable = False, alert = count_rule(high = 0),
    notifications = [receiver("ops"), receiver("deaf")],
)

def search():
    return [{"id": 1}]
`

func TestBrowser_ShowsWhoWasToldOfAnAlertAndWhoWasNot(t *testing.T) {
	t.Parallel()
	s := newSite(t, "sqlite")
	s.guard()
	var heard atomic.Int64
	mux := http.NewServeMux()
	mux.HandleFunc("/ops", func(http.ResponseWriter, *http.Request) { heard.Add(1) })
	mux.HandleFunc("/deaf", func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "<b>not</b> listening", http.StatusServiceUnavailable)
	})
	receivers := httptest.NewServer(mux)
	t.Cleanup(receivers.Close)
	s.settings["receivers"] = fmt.Sprintf(`{ops: {webhook: {url: %q}}, deaf: {webhook: {url: %q}}}`, receivers.URL+"/ops", receivers.URL+"/deaf")
	s.configure(t)
	s.monitor(t, "orders", toldCode)
	p := s.run(t)
	s.watch("orders").ran(t)
	page := s.visitor(t, "responder")

	page.Visit("#/alerts/1")
	table := page.In("region", "Notifications")
	table.In("row", "ops").See("shown")
	deaf := table.In("row", "deaf")
	deaf.See("is tried again")
	deaf.See("503")
	require.Positive(t, heard.Load())

	page.Click("button", "Solve")
	page.In("dialog", "Solve alert 1").Click("button", "Solve")
	table.In("row", "ops").See("closed")
	require.Greater(t, heard.Load(), int64(1))
	stop(t, p)
}
