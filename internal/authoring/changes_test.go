package authoring

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/app"
	"github.com/vedettehq/vedette/internal/monitor"
)

func arrow(before, after monitor.Data) []string {
	return []string{fmt.Sprintf("%s -> %s", before, after)}
}

func TestChanges(t *testing.T) {
	t.Parallel()
	before := &app.Preview{
		Status:    monitor.ExecutionSucceeded,
		Created:   []app.PreviewIssue{{ModelID: "7", Data: `{"a":1,"b":2}`}, {ModelID: "8", Data: `{"a":1}`}},
		Solved:    []app.PreviewIssue{{ModelID: "9", Data: `{}`}},
		Alerts:    []app.PreviewAlert{{After: "low", Status: monitor.AlertActive}},
		Variables: map[string]monitor.Data{"bookmark": "7"},
	}
	require.Empty(t, Changes(before, before, arrow))

	reordered := *before
	reordered.Created = []app.PreviewIssue{{ModelID: "8", Data: `{"a":1}`}, {ModelID: "7", Data: `{"b":2,"a":1.0}`}}
	require.Empty(t, Changes(before, &reordered, arrow), "the same said differently is no change")

	after := &app.Preview{
		Status:    monitor.ExecutionFailed,
		Error:     "search() failed",
		Created:   []app.PreviewIssue{{ModelID: "7", Data: `{"a":2}`}, {ModelID: "10", Data: `{"a":1}`}},
		Alerts:    []app.PreviewAlert{{Before: "low", After: "high", Status: monitor.AlertActive}, {Before: "low", Status: monitor.AlertSolved}},
		Variables: map[string]monitor.Data{"bookmark": "8"},
	}
	require.Equal(t, []string{
		"+ run failed",
		"+ error: search() failed",
		`~ issue created: 7  {"a":1,"b":2} -> {"a":2}`,
		`+ issue created: 10  {"a":1}`,
		"+ alert: low -> high",
		"+ alert solved: was low",
		"+ variable bookmark = 8",
		"- run succeeded",
		"- issue created: 8",
		"- issue solved: 9",
		"- alert created: low",
		"- variable bookmark = 7",
	}, Changes(before, after, arrow))
}
