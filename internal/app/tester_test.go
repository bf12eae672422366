package app

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/config"
	"github.com/vedettehq/vedette/internal/monitor"
)

func TestTester_ReportsOnEachTestAndOnMistakes(t *testing.T) {
	t.Parallel()
	files := monitor.Files{
		monitor.CodeFile: `
monitor(search_cron = "0 * * * *", model_id_key = "id", solvable = False)
def search():
    return query("shop", "select 1")
`,
		monitor.TestFile: `
def test_finds():
    fake_query("shop", "select 1", [{"id": 7}])
    assert.eq([issue.model_id for issue in run(tasks = ["search"]).created], ["7"])

def test_fails():
    log.info("before", step = 1)
    assert.eq(1, 2)
`,
	}
	tester := newTester(config.Config{MaxIssuesCreation: 100})
	report, err := tester.Test(t.Context(), "orders", files)
	require.NoError(t, err)
	require.False(t, report.Passed)
	require.Empty(t, report.Diagnostics)
	require.Len(t, report.Tests, 2)

	require.True(t, report.Tests[0].Passed, report.Tests[0].Error)
	require.Nil(t, report.Tests[0].Error)
	require.Equal(t, "monitor_test.star:2:5", report.Tests[0].Position)

	failed := report.Tests[1]
	require.False(t, failed.Passed)
	require.Equal(t, "monitor_test.star:8:5", failed.Error.Position)
	require.Equal(t, "before", failed.Log[0].Message)
	require.JSONEq(t, `{"step":1}`, string(failed.Log[0].Fields))

	report, err = tester.Test(t.Context(), "orders", monitor.Files{monitor.CodeFile: files[monitor.CodeFile]})
	require.NoError(t, err)
	require.False(t, report.Passed)
	require.Equal(t, monitor.TestFile, report.Diagnostics[0].File)
	require.Equal(t, "error", report.Diagnostics[0].Severity)
}
