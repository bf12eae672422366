package e2e

import (
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/e2e/process"
)

var (
	documentedMetric = regexp.MustCompile("`(vedette_[a-z_]+)`")
	declaredMetric   = regexp.MustCompile(`(?:Name:\s+|gauge\(|counter\()"(vedette_[a-z_]+)"`)
	servedMetric     = regexp.MustCompile(`(?m)^# TYPE (vedette_[a-z_]+) `)
)

// names gives what a pattern finds, each once, sorted.
func names(pattern *regexp.Regexp, text string) []string {
	var found []string
	for _, match := range pattern.FindAllStringSubmatch(text, -1) {
		found = append(found, match[1])
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// page reads what a process serves.
func page(t *testing.T, url string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	require.NoError(t, err)
	response, err := client.Do(request)
	require.NoError(t, err)
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	return string(text)
}

func TestMetrics_AreDocumentedAndServed(t *testing.T) {
	t.Parallel()
	root, err := process.Root()
	require.NoError(t, err)
	text, err := os.ReadFile(filepath.Join(root, "docs", "metrics.md"))
	require.NoError(t, err)
	documented := names(documentedMetric, string(text))
	var declared strings.Builder
	require.NoError(t, filepath.WalkDir(filepath.Join(root, "internal"), func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		declared.Write(text)
		return err
	}))
	require.Equal(t, names(declaredMetric, declared.String()), documented)

	s := newSite(t, "postgres")
	s.settings["application_queue"] = "{type: postgres}"
	s.configure(t)
	s.monitor(t, "healthy", healthyCode)
	p := s.run(t)
	s.watch("healthy").ran(t)
	// Some are measured now and then: they are served when that has been done once.
	var served []string
	for _, name := range []string{
		"vedette_executions_total", "vedette_executions_running", "vedette_monitor_routine_duration_seconds", "vedette_monitor_last_success_timestamp_seconds",
		"vedette_issues_active", "vedette_alerts_active", "vedette_executions_claimed_total", "vedette_execution_wait_seconds",
		"vedette_monitor_oldest_due_seconds", "vedette_queue_oldest_message_seconds", "vedette_queue_messages", "vedette_events_undelivered", "vedette_events_dead",
		"vedette_executions_lost_total", "vedette_clock_offset_seconds", "vedette_build_info",
	} {
		eventually(t, func() (bool, string) {
			served = names(servedMetric, page(t, p.URL()+"/metrics"))
			return slices.Contains(served, name), name + " is not served"
		})
	}
	require.Subset(t, documented, served)
	stop(t, p)
}
