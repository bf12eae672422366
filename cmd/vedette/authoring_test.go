package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/app"
	"github.com/vedettehq/vedette/internal/authoring"
	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/config"
	"github.com/vedettehq/vedette/internal/monitor"
)

const ordersTest = `def test_two_are_stuck():
    assert.eq(len(run(tasks = ["search"]).created), 2)

def test_three_are_stuck():
    assert.eq(len(run(tasks = ["search"]).created), 3)
`

// folder writes one of the world's monitors, with tests, and gives the directory
// above it.
func folder(t *testing.T, name string) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, name), 0o755))
	save(t, dir, name, monitor.CodeFile, monitors[name])
	save(t, dir, name, monitor.TestFile, ordersTest)
	return dir
}

func save(t *testing.T, dir, name, file, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(filepath.Join(dir, name, file), []byte(text), 0o600))
}

func TestConfigCheck_RefusesWhatRunWould(t *testing.T) {
	t.Parallel()
	e := vedetteIn(t, t.TempDir(), []string{"DATABASE_SHOP=mysql://somebody@127.0.0.1/shop"}, "config", "check")
	require.Equal(t, exitFailed, e.status)
	require.Contains(t, e.errors, `DATABASE_SHOP: there is no plugin "database.mysql" in this binary`)
	require.NotContains(t, e.out, "ok")
}

func TestMonitorTry_ForPrograms(t *testing.T) {
	t.Parallel()
	dir := folder(t, "orders")
	e := vedetteIn(t, dir, nil, "monitor", "try", "orders", "-o", "json")
	require.Zero(t, e.status, e.errors)
	var plan map[string]any
	require.NoError(t, json.Unmarshal([]byte(e.out), &plan))
	require.Equal(t, "succeeded", plan["status"])
	require.Len(t, plan["created"], 2)
	require.Equal(t, []any{}, plan["solved"], "an empty list is one")

	e = vedetteIn(t, folder(t, "broken"), nil, "monitor", "try", "broken", "-o", "yaml")
	require.Equal(t, exitFailed, e.status)
	require.Contains(t, e.out, "status: failed\n")
}

func TestMonitorTest_ForProgramsAndPipelines(t *testing.T) {
	t.Parallel()
	dir := folder(t, "orders")
	e := vedetteIn(t, dir, nil, "monitor", "test", "orders", "--junit", "report.xml", "-o", "json")
	require.Equal(t, exitFailed, e.status)
	var reports []authoring.Report
	require.NoError(t, json.Unmarshal([]byte(e.out), &reports))
	require.Len(t, reports, 1)
	require.False(t, reports[0].Passed)
	require.Len(t, reports[0].Tests, 2)
	report, err := os.ReadFile(filepath.Join(dir, "report.xml"))
	require.NoError(t, err)
	require.Contains(t, string(report), `<testsuites tests="2" failures="1" errors="0">`)

	e = vedetteIn(t, dir, nil, "monitor", "test", "orders", "--run", "two", "--junit", "no/such/folder.xml")
	require.Equal(t, exitFailed, e.status)
	require.Contains(t, e.errors, "write the report")
}

func TestMonitorDev_NoSuchFolder(t *testing.T) {
	t.Parallel()
	e := vedette(t, nil, "monitor", "dev", "none")
	require.Equal(t, exitFailed, e.status)
	require.Contains(t, e.errors, "none")
}

func TestMonitorDev_ShowsHowThePlanChanges(t *testing.T) {
	t.Parallel()
	dir := folder(t, "orders")
	var b strings.Builder
	author := app.NewAuthor(config.Default(), compiledIn(), nil)
	d := &developing{
		dir: filepath.Join(dir, "orders"), screen: cli.NewScreen(&b, os.LookupEnv),
		tool: author, trier: &authoring.Tryer{Local: author},
		options: app.TryOptions{Tasks: monitor.TaskSearch},
	}
	round := func() string {
		b.Reset()
		d.round(t.Context())
		require.NoError(t, d.screen.Err())
		return b.String()
	}
	first := round()
	require.Contains(t, first, "FAIL  ")
	require.Contains(t, first, "test_three_are_stuck")
	require.NotContains(t, first, "test_two_are_stuck", "only what failed is named")
	require.Contains(t, first, "tests: 1 passed, 1 failed\n")
	require.Contains(t, first, "issues created: 2\n", "the first plan is shown whole")

	require.Contains(t, round(), "plan: as before (tried in this process)\n")

	save(t, dir, "orders", monitor.CodeFile, strings.Replace(monitors["orders"], `"id": 8, "status": "stuck"`, `"id": 9, "status": "late"`, 1))
	require.Contains(t, round(), "plan: changed (tried in this process)\n    ~ alert created: high, with 2 active issues -> high, with 1 active issue\n    - issue 8 created\n")

	save(t, dir, "orders", monitor.CodeFile, strings.Replace(monitors["orders"], "return [", "return [nothing, ", 1))
	broken := round()
	require.Contains(t, broken, "undefined: nothing")
	require.NotContains(t, broken, "plan:")

	save(t, dir, "orders", monitor.CodeFile, strings.Replace(monitors["orders"], `"id": 8, "status": "stuck"`, `"id": 7, "status": "x"`, 1))
	require.Contains(t, round(), "plan: as before (tried in this process)\n", "compared with the last plan that there was")

	overtaken, cancel := context.WithCancel(t.Context())
	cancel()
	b.Reset()
	d.round(overtaken)
	require.Empty(t, b.String(), "what is overtaken is not shown")
}

func TestMonitorTest_FoldersOfFolders(t *testing.T) {
	t.Parallel()
	dir := folder(t, "orders")
	require.NoError(t, os.Mkdir(filepath.Join(dir, "letters"), 0o755))
	save(t, dir, "letters", monitor.CodeFile, monitors["letters"])
	require.NoError(t, os.Mkdir(filepath.Join(dir, "stray"), 0o755))

	e := vedetteIn(t, dir, nil, "monitor", "test", ".", "--run", "two")
	require.Zero(t, e.status, e.out+e.errors)
	require.Regexp(t, `(?s)^letters/monitor_test.star: warning: .*ok    orders test_two_are_stuck .*1 passed, 0 failed\n$`, e.out)
	require.Contains(t, e.errors, "stray: no monitor")

	e = vedetteIn(t, dir, nil, "monitor", "test", "letters")
	require.Equal(t, exitFailed, e.status, "a monitor that was named has to have tests")
	e = vedetteIn(t, dir, nil, "monitor", "test", ".", "--run", "four")
	require.Equal(t, exitFailed, e.status)
	require.Contains(t, e.errors, "no test has a name that matches")
	e = vedetteIn(t, dir, nil, "monitor", "test", ".", "--run", "(")
	require.Equal(t, exitUsage, e.status)
}
