package e2e

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// witness sees what happens to one monitor, through the API.
type witness struct {
	s    *site
	name string
	// last is the id of the last event that was seen.
	last int64
	// alerts are the ids of alerts in the order in which they appeared: the first
	// one is A1.
	alerts []int64
	// executions is how many runs have ended.
	executions int
}

// watch begins to look at a monitor that is there or about to be.
func (s *site) watch(name string) *witness { return &witness{s: s, name: name} }

// ran waits until one more run has ended, and returns it.
func (w *witness) ran(t *testing.T) executionView {
	t.Helper()
	w.executions++
	var last executionView
	eventually(t, func() (bool, string) {
		executions := list[executionView](t, w.s, "/executions?monitor="+w.name)
		ended := slices.DeleteFunc(executions, func(e executionView) bool { return e.Status == "queued" || e.Status == "running" })
		if len(ended) >= w.executions {
			last = ended[0]
		}
		return len(ended) >= w.executions, fmt.Sprintf("%s has ended %d times, not %d", w.name, len(ended), w.executions)
	})
	return get[executionView](t, w.s, fmt.Sprintf("/executions/%d", last.ID))
}

// refresh has tasks run now, and waits for the end of that.
func (w *witness) refresh(t *testing.T, tasks ...string) executionView {
	t.Helper()
	w.s.act(t, "/monitors/"+w.name+"/refresh", map[string]any{"tasks": tasks})
	return w.ran(t)
}

// saw requires that exactly these events have come since the last time, in this
// order, as [witness.describe] spells them.
func (w *witness) saw(t *testing.T, want ...string) {
	t.Helper()
	events := list[eventView](t, w.s, "/events?monitor="+w.name)
	slices.Reverse(events)
	events = slices.DeleteFunc(events, func(e eventView) bool { return e.ID <= w.last })
	got := []string{}
	for _, event := range events {
		require.Equal(t, w.name, event.Monitor)
		w.last = event.ID
		got = append(got, w.describe(t, event))
	}
	require.Equal(t, strings.Join(want, "\n"), strings.Join(got, "\n"))
}

// describe is an event in a few words: what it is about, what happened, and what
// of its data matters.
func (w *witness) describe(t *testing.T, e eventView) string {
	t.Helper()
	var data struct {
		Status   string `json:"status"`
		Priority int    `json:"priority"`
		ModelID  string `json:"model_id"`
		Enabled  bool   `json:"enabled"`
	}
	require.NoError(t, json.Unmarshal(e.Data, &data))
	words := []string{e.Name}
	switch e.Source {
	case "issue":
		words = append(words, data.ModelID)
	case "alert":
		words = append(words, fmt.Sprintf("A%d P%d", w.alert(e.SourceID), data.Priority))
	case "monitor":
		words = append(words, fmt.Sprint(data.Enabled))
	}
	if e.Extra.PreviousPriority != 0 {
		words = append(words, fmt.Sprintf("was P%d", e.Extra.PreviousPriority))
	}
	if e.Extra.IssueIDs != nil {
		words = append(words, fmt.Sprintf("%d issues", len(e.Extra.IssueIDs)))
	}
	if e.Extra.Reason != "" {
		words = append(words, "by "+e.Extra.Reason)
	}
	if e.Actor != "" {
		words = append(words, "("+e.Actor+")")
	}
	return strings.Join(words, " ")
}

// alert gives the number of an alert by its id.
func (w *witness) alert(id int64) int {
	if !slices.Contains(w.alerts, id) {
		w.alerts = append(w.alerts, id)
	}
	return slices.Index(w.alerts, id) + 1
}

// alertPath is the path of the alert with a number.
func (w *witness) alertPath(number int) string { return fmt.Sprintf("/alerts/%d", w.alerts[number-1]) }

// issue finds the newest issue of a model id.
func (w *witness) issue(t *testing.T, modelID string) issueView {
	t.Helper()
	for _, issue := range list[issueView](t, w.s, "/issues?monitor="+w.name) {
		if issue.ModelID == modelID {
			return issue
		}
	}
	require.FailNow(t, "no issue "+modelID)
	return issueView{}
}

// active gives the model ids of the active issues, sorted.
func (w *witness) active(t *testing.T) []string {
	t.Helper()
	ids := []string{}
	for _, issue := range list[issueView](t, w.s, "/issues?status=active&monitor="+w.name) {
		ids = append(ids, issue.ModelID)
	}
	slices.Sort(ids)
	return ids
}
