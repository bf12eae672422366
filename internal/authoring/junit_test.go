package authoring

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/app"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script/scripttest"
)

func suites() []Suite {
	return []Suite{
		{Dir: "orders", Result: app.TestResult{Tests: []scripttest.Test{
			{Name: "test_a", Position: "orders/monitor_test.star:3:5", Passed: true, Duration: 12 * time.Millisecond},
			{
				Name: "test_b", Position: "orders/monitor_test.star:9:5", Duration: time.Second,
				Failure: &monitor.Failure{Kind: monitor.FailureFail, Message: "1 < 2", Position: "orders/monitor_test.star:10:5", Traceback: "in test_b"},
				Log:     []monitor.LogEntry{{Level: monitor.LogInfo, Message: "seen", Fields: `{"n":7}`}},
			},
		}}},
		{Dir: "broken", Result: app.TestResult{Diagnostics: monitor.Diagnostics{mistake}}},
	}
}

func TestWriteJUnit_Golden(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	require.NoError(t, WriteJUnit(&b, suites()))
	require.Equal(t, `<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="3" failures="1" errors="1">
  <testsuite name="orders" tests="2" failures="1" errors="0" time="1.012">
    <testcase name="test_a" classname="orders" file="orders/monitor_test.star" line="3" time="0.012"></testcase>
    <testcase name="test_b" classname="orders" file="orders/monitor_test.star" line="9" time="1.000">
      <failure message="orders/monitor_test.star:10:5: 1 &lt; 2" type="fail">in test_b</failure>
      <system-out>info: seen {&#34;n&#34;:7}&#xA;</system-out>
    </testcase>
  </testsuite>
  <testsuite name="broken" tests="1" failures="0" errors="1" time="0.000">
    <testcase name="validation" classname="broken" time="0.000">
      <error message="the code cannot be tested">m/monitor.star: undefined: x</error>
    </testcase>
  </testsuite>
</testsuites>
`, b.String())
}

func TestReport_HasNoNulls(t *testing.T) {
	t.Parallel()
	list := suites()
	passed, err := json.Marshal(list[0].Report().Tests[0])
	require.NoError(t, err)
	require.JSONEq(t, `{"name":"test_a","position":"orders/monitor_test.star:3:5","passed":true,"seconds":0.012,"failure":null,"log":[]}`, string(passed))
	broken, err := json.Marshal(list[1].Report())
	require.NoError(t, err)
	require.JSONEq(t, `{"dir":"broken","passed":false,"tests":[],
		"diagnostics":[{"file":"m/monitor.star","line":0,"column":0,"message":"undefined: x","severity":"error"}]}`, string(broken))
}
