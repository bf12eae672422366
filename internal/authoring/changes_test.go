package authoring

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

func arrow(before, after monitor.Data) []string {
	return []string{fmt.Sprintf("%s -> %s", before, after)}
}

// issues makes issues of model ids, each with its data.
func issues(pairs ...string) []client.PreviewIssue {
	var list []client.PreviewIssue
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, client.PreviewIssue{ModelID: pairs[i], Data: json.RawMessage(pairs[i+1])})
	}
	return list
}

func TestChanges(t *testing.T) {
	t.Parallel()
	before := &client.Preview{
		Status:    "succeeded",
		Created:   issues("7", `{"a":1,"b":2}`, "8", `{"a":1}`),
		Solved:    issues("9", `{}`),
		Alerts:    []client.PreviewAlert{{Priority: 4, Status: "active"}},
		Variables: map[string]json.RawMessage{"bookmark": json.RawMessage("7")},
	}
	require.Empty(t, Changes(before, before, arrow))

	reordered := *before
	reordered.Created = issues("8", `{"a":1}`, "7", `{"b":2,"a":1.0}`)
	require.Empty(t, Changes(before, &reordered, arrow), "the same said differently is no change")

	after := &client.Preview{
		Status:  "failed",
		Error:   "search() failed",
		Created: issues("7", `{"a":2}`, "10", `{"a":1}`),
		Alerts: []client.PreviewAlert{
			{PreviousPriority: new(4), Priority: 2, Status: "active"},
			{PreviousPriority: new(4), Priority: 4, Status: "solved"},
		},
		Variables: map[string]json.RawMessage{"bookmark": json.RawMessage("8")},
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
