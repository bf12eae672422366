package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// healthyCode is a monitor that has nothing to do with those that are broken.
const healthyCode = `
monitor(model_id_key = "id", search_cron = "* * * * * *", solvable = False)

def search():
    return [{"id": "the same"}]
`

// searching is a monitor that runs once.
func searching(body string) string {
	return `
monitor(model_id_key = "id", search_cron = "` + seldom + `", solvable = False)

def search():
` + body
}

// brokenFiles are monitors that cannot be loaded, and what has to be said of each.
var brokenFiles = map[string]struct {
	code string
	says []string
}{
	"not_utf8":       {"\xff\xfe" + healthyCode, []string{"UTF-8"}},
	"oversized":      {healthyCode + strings.Repeat("# so much to say\n", 200_000), []string{"bytes"}},
	"called_twice":   {healthyCode + "\nmonitor(model_id_key = 'id', search_cron = '* * * * *', solvable = False)\n", []string{"monitor.star:7:1", "monitor()", "second time"}},
	"never_called":   {"def search():\n    return []\n", []string{"monitor("}},
	"bad_cron":       {strings.Replace(healthyCode, "* * * * * *", "61 * * * *", 1), []string{"monitor.star:2:30", "search_cron", "61"}},
	"unknown_option": {strings.Replace(healthyCode, "solvable", "solveable", 1), []string{"monitor.star:2:59", "solveable", `did you mean "solvable"`}},
	"syntax":         {"def search(:\n", []string{"monitor.star:1"}},
	"unknown_name":   {healthyCode + "\ndef helper():\n    return qery('x', 'y')\n", []string{"monitor.star:8:12", "qery", `did you mean "query"`}},
	"close_reaction": {healthyCode + "\ndef on_isue_created(event):\n    pass\n", []string{"isue_created", `did you mean "on_issue_created"`}},
	"empty":          {"", []string{"monitor("}},
}

func TestBroken_MonitorsAreToldAndTheOthersGoOn(t *testing.T) {
	t.Parallel()
	s := newSite(t, "sqlite")
	s.monitor(t, "healthy", healthyCode)
	for name, broken := range brokenFiles {
		s.monitor(t, name, broken.code)
	}
	// Even who may read everything cannot read these.
	require.NoError(t, os.MkdirAll(filepath.Join(s.dir, "monitors", "unreadable"), 0o700))
	require.NoError(t, os.Symlink("nowhere.star", filepath.Join(s.dir, "monitors", "unreadable", "monitor.star")))
	p := s.run(t)
	w := s.watch("healthy")
	w.ran(t)
	w.ran(t)
	for name, broken := range brokenFiles {
		said := saidOf(t, p.Log(), name)
		for _, word := range broken.says {
			require.Contains(t, said, word, name)
		}
	}
	require.Contains(t, saidOf(t, p.Log(), "unreadable"), "monitors/unreadable/monitor.star")
	names := []string{}
	for _, m := range list[monitorView](t, s, "/monitors") {
		names = append(names, m.Name)
	}
	require.Equal(t, []string{"healthy"}, names)
	stop(t, p)
}

// saidOf gives what the log says of a monitor that has faults: a line for each,
// and each only once.
func saidOf(t *testing.T, log, name string) string {
	t.Helper()
	var problems []string
	for line := range strings.Lines(log) {
		var entry struct {
			Level, Monitor, Problem string
		}
		require.NoError(t, json.Unmarshal([]byte(line), &entry), line)
		if entry.Monitor != name {
			continue
		}
		require.Equal(t, "ERROR", entry.Level, line)
		require.NotContains(t, problems, entry.Problem)
		problems = append(problems, entry.Problem)
	}
	require.NotEmpty(t, problems, "nothing is said of %s in\n%s", name, log)
	return strings.Join(problems, "\n")
}

func TestBroken_MonitorKeepsItsLastGoodVersion(t *testing.T) {
	t.Parallel()
	s := newSite(t, "sqlite")
	s.monitor(t, "orders", healthyCode)
	p := s.run(t)
	w := s.watch("orders")
	w.ran(t)
	s.monitor(t, "orders", healthyCode+"\ndef helper():\n    return qery()\n")
	type problems struct {
		Problems []struct{ File, Message string } `json:"problems"`
		Version  int                              `json:"version"`
	}
	eventually(t, func() (bool, string) {
		m := get[problems](t, s, "/monitors/orders")
		return len(m.Problems) > 0, "no problem is shown"
	})
	require.Contains(t, get[problems](t, s, "/monitors/orders").Problems[0].Message, "qery")
	w.ran(t)
	w.ran(t)
	require.Equal(t, 1, get[problems](t, s, "/monitors/orders").Version)

	s.monitor(t, "orders", healthyCode+"\n# mended\n")
	eventually(t, func() (bool, string) {
		m := get[problems](t, s, "/monitors/orders")
		return len(m.Problems) == 0 && m.Version == 2, fmt.Sprintf("version %d, problems %v", m.Version, m.Problems)
	})
	stop(t, p)
}

func TestBroken_DatabasesFailTheirRunsOnly(t *testing.T) {
	t.Parallel()
	s := newSite(t, "sqlite")
	b := newBusiness(t, s)
	s.env = append(s.env,
		"DATABASE_AWAY=postgres://reader:"+password+"@127.0.0.1:1/shop",
		"DATABASE_MALFORMED=postgres://reader:"+password+"@127.0.0.1:port/shop")
	s.settings["databases"] = "{query_timeout: 500ms, acquire_timeout: 500ms, max_rows: 50}"
	s.configure(t)
	failing := map[string]struct {
		body string
		says []string
	}{
		"unknown":   {`    return query("shop", "select 1 as id")`, []string{`"shop"`, "business", "monitor.star:5"}},
		"away":      {`    return query("away", "select 1 as id")`, []string{"away", "127.0.0.1", "monitor.star:5"}},
		"malformed": {`    return query("malformed", "select 1 as id")`, []string{"malformed", "monitor.star:5"}},
		"slow":      {`    return query("business", "with recursive c(n) as (select 1 union all select n + 1 from c) select n as id from c where n < 0")`, []string{"500ms", "monitor.star:5"}},
		"too_many":  {`    return query("business", "with recursive c(n) as (select 1 union all select n + 1 from c) select n as id from c limit 1000000")`, []string{"50", "rows", "monitor.star:5"}},
		"wrong":     {`    return query("business", "select id from nowhere")`, []string{"nowhere", "monitor.star:5"}},
		"writing":   {`    return query("business", "delete from problems returning id")`, []string{"monitor.star:5"}},
	}
	s.monitor(t, "healthy", healthyCode)
	for name, f := range failing {
		s.monitor(t, name, searching(f.body+"\n"))
	}
	b.open(t, "order", 1, 1)
	p := s.run(t)
	for name, f := range failing {
		execution := s.watch(name).ran(t)
		require.Equal(t, "failed", execution.Status, name)
		for _, word := range f.says {
			require.Contains(t, execution.Error, word, name)
		}
		require.NotContains(t, execution.Error+string(execution.Log), password)
	}
	w := s.watch("healthy")
	for range 3 {
		require.Equal(t, "succeeded", w.ran(t).Status)
	}
	require.Equal(t, []string{"1"}, texts(t, b.db, "select id from problems"))
	stop(t, p)
	require.NotContains(t, p.Log(), password)
}
