package e2e

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/e2e/process"
	"github.com/vedettehq/vedette/internal/testenv"
)

// newcomerPatience is what a newcomer has.
const newcomerPatience = 2 * time.Minute

func TestNewcomer_SeesAnAlertRiseAndIssuesSolveThemselves(t *testing.T) {
	testenv.NeedsTime(t)
	t.Parallel()
	s := emptyHanded(t)
	start := time.Now()
	p, err := process.Start(process.Config{Binary: binary(t), Args: []string{"run"}, Dir: s.dir, Address: s.address})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, p.Kill()) })
	require.NoError(t, p.Ready(limited(t, patience)))

	rises, solved, seen := map[int64]int{}, 0, map[int64]bool{}
	rose := func() bool {
		for _, times := range rises {
			if times >= 2 {
				return true
			}
		}
		return false
	}
	for !rose() || solved == 0 {
		require.Less(t, time.Since(start), newcomerPatience, "alerts rose %v times, %d issues were solved\n%s", rises, solved, process.Tail(p.Log(), 20))
		for _, event := range latestEvents(t, s) {
			if seen[event.ID] {
				continue
			}
			seen[event.ID] = true
			require.Empty(t, event.Actor, "nobody did anything")
			switch event.Name {
			case "alert_priority_increased":
				rises[event.SourceID]++
			case "issue_solved":
				solved++
			}
		}
		<-time.After(500 * time.Millisecond)
	}
	t.Logf("after %s an alert had risen twice and %d issues had solved themselves", time.Since(start).Round(time.Second), solved)
	for _, m := range list[monitorView](t, s, "/monitors") {
		if m.LastExecution != nil {
			require.NotEqual(t, "failed", m.LastExecution.Status, "%s: %s", m.Name, m.LastExecution.Error)
		}
	}
	stop(t, p)
}

// emptyHanded is a place with nothing in it. Without a configuration the address
// is always the same; somebody may be there already.
func emptyHanded(t *testing.T) *site {
	t.Helper()
	s := &site{dir: t.TempDir(), address: "127.0.0.1:8000"}
	listener, err := net.Listen("tcp", s.address)
	if err == nil {
		require.NoError(t, listener.Close())
		return s
	}
	s.address, err = process.FreeAddress(t.Context())
	require.NoError(t, err)
	text := fmt.Sprintf("http_server: {address: %q}\nmonitors: {load_examples: true}\n", s.address)
	require.NoError(t, os.WriteFile(s.dir+"/configs.yaml", []byte(text), 0o600))
	return s
}

func latestEvents(t *testing.T, s *site) []eventView {
	t.Helper()
	page := get[struct {
		Items []eventView `json:"items"`
	}](t, s, "/events?limit=500")
	return page.Items
}

func TestNewcomer_FindsExamplesThatRunOnPostgresToo(t *testing.T) {
	t.Parallel()
	s := newSite(t, "postgres")
	s.settings["monitors"] = "{path: ./monitors, load_examples: true}"
	s.configure(t)
	p := s.run(t)
	eventually(t, func() (bool, string) {
		a, err := s.ask(t.Context(), "GET", "/monitors?health=unknown", nil)
		require.NoError(t, err)
		var page struct {
			Items []monitorView `json:"items"`
		}
		require.NoError(t, json.Unmarshal([]byte(a.body), &page))
		return len(page.Items) == 0, fmt.Sprintf("nothing is known of %v", page.Items)
	})
	monitors := list[monitorView](t, s, "/monitors")
	require.GreaterOrEqual(t, len(monitors), 9)
	for _, m := range monitors {
		require.Equal(t, "succeeded", m.LastExecution.Status, "%s: %s", m.Name, m.LastExecution.Error)
	}
	stop(t, p)
}
