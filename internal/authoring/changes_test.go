package authoring

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
)

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
		Alerts:    []client.PreviewAlert{{Priority: 4, Status: "active", ActiveIssues: 2}},
		Variables: map[string]json.RawMessage{"bookmark": json.RawMessage("7"), "seen": json.RawMessage("true")},
	}
	require.Empty(t, Changes(before, before))

	reordered := *before
	reordered.Created = issues("8", `{"a":1}`, "7", `{"b":2,"a":1.0}`)
	require.Empty(t, Changes(before, &reordered), "the same said differently is no change")

	after := &client.Preview{
		Status:    "failed",
		Routines:  []client.Routine{{Name: "update", Error: &client.Failure{Position: "monitor.star:3:1", Message: "no stock"}}},
		Truncated: true,
		Created:   issues("7", `{"a":2,"b":2}`, "10", `{"a":1}`),
		Alerts: []client.PreviewAlert{
			{Priority: 2, Status: "active", ActiveIssues: 3},
			{ID: new(int64(5)), PreviousPriority: new(4), Priority: 4, PreviousActiveIssues: 1, Status: "solved"},
		},
		Notifications: []client.PreviewNotification{{Receiver: "payments", Action: "created"}},
		Variables:     map[string]json.RawMessage{"bookmark": json.RawMessage("8")},
	}
	require.Equal(t, []string{
		"~ run: succeeded -> failed",
		"+ update failed: monitor.star:3:1 no stock",
		"+ truncated: the search found more than may be created",
		`~ issue 7 created: a: 1 -> 2`,
		`+ issue 10 created: a=1`,
		"~ alert created: low, with 2 active issues -> high, with 3 active issues",
		"+ alert 5: solved, was low with 1 active issue",
		"+ notification to payments: nobody is told: the configuration has no receiver of this name",
		"~ variable bookmark: 7 -> 8",
		"- issue 8 created",
		"- issue 9 solved",
		"- variable seen",
	}, Changes(before, after))
}
