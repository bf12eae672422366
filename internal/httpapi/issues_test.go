package httpapi

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
)

func TestIssues_R63_DropShowsInTheTimeline(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.find("orders", w.register("orders"), "7", "8")
	page, err := w.client.Issues(t.Context(), client.IssueFilter{Monitor: "orders", ModelID: "7"}, client.Paging{})
	require.NoError(t, err)
	require.Len(t, page.Items, 1)
	issue := page.Items[0]
	require.Equal(t, "active", issue.Status)
	require.JSONEq(t, `{"id":"7","amount":7.5}`, string(issue.Data))
	require.NotNil(t, issue.AlertID)

	dropped, err := w.client.DropIssue(t.Context(), issue.ID, "a test order")
	require.NoError(t, err)
	require.Equal(t, "dropped", dropped.Status)
	require.NotNil(t, dropped.DroppedAt)
	_, err = w.client.DropIssue(t.Context(), issue.ID, "")
	w.code(monitor.CodeConflict, "dropped already", err)
	_, err = w.client.DropIssue(t.Context(), 4711, "")
	w.code(monitor.CodeNotFound, "issue 4711", err)

	detail, err := w.client.Issue(t.Context(), issue.ID)
	require.NoError(t, err)
	require.Equal(t, dropped, detail.Issue)
	require.Nil(t, detail.TimelineCursor)
	names := []string{}
	for _, event := range detail.Timeline {
		names = append(names, event.EventName)
		require.Contains(t, string(event.EventData), `"amount":7.5`)
	}
	require.Equal(t, []string{"issue_dropped", "issue_linked", "issue_created"}, names)
	require.Equal(t, "local", *detail.Timeline[0].Actor)
	require.Contains(t, string(detail.Timeline[0].ExtraPayload), "a test order")
	require.Nil(t, detail.Timeline[2].Actor)
	require.NotNil(t, detail.Timeline[2].ExecutionID)
}

func TestIssues_PagesStayStableWhileRowsAreAdded(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	declaration := w.register("orders")
	w.find("orders", declaration, "1", "2", "3", "4", "5")

	var seen []string
	added := 0
	for issue, err := range client.All(t.Context(), client.Paging{Limit: 2}, func(ctx context.Context, p client.Paging) (client.Page[client.Issue], error) {
		added++
		w.find("orders", declaration, fmt.Sprintf("new-%d", added))
		if added == 2 {
			dropped, err := w.client.Issues(ctx, client.IssueFilter{ModelID: "4"}, client.Paging{})
			require.NoError(t, err)
			_, err = w.client.DropIssue(ctx, dropped.Items[0].ID, "")
			require.NoError(t, err)
		}
		return w.client.Issues(ctx, client.IssueFilter{Status: "active"}, p)
	}) {
		require.NoError(t, err)
		seen = append(seen, issue.ModelID)
	}
	require.Equal(t, []string{"new-1", "5", "3", "2", "1"}, seen, "nothing twice, nothing missed that is there throughout")
}

func TestLists_CursorsAndLimits(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.find("orders", w.register("orders"), "1", "2", "3")
	page, err := w.client.Issues(t.Context(), client.IssueFilter{}, client.Paging{Limit: 2})
	require.NoError(t, err)
	require.NotNil(t, page.NextCursor)

	for _, path := range []string{"monitors", "alerts", "issues", "executions", "events"} {
		for _, bad := range []string{"x", "aXNzdWVzOi0x", "aXNzdWVzOng", "aXNzdWVzOg", "//", "aXNzdWVzOjk5OTk5OTk5OTk5OTk5OTk5OTk5"} {
			got := w.send("GET", "/api/v1/"+path+"?cursor="+bad, "")
			require.Equal(t, 422, got.status, "%s %s: %s", path, bad, got.body)
			require.Contains(t, got.body, "next_cursor")
		}
		if path != "issues" {
			require.Equal(t, 422, w.send("GET", "/api/v1/"+path+"?cursor="+*page.NextCursor, "").status, "a cursor of another list")
		}
		for _, limit := range []string{"0", "-1", "1001", "many", "99999999999999999999"} {
			require.Equal(t, 422, w.send("GET", "/api/v1/"+path+"?limit="+limit, "").status, limit)
		}
		require.Equal(t, 200, w.send("GET", "/api/v1/"+path+"?limit=1000", "").status)
		require.Equal(t, 422, w.send("GET", "/api/v1/"+path+"?limt=5", "").status, "a mistyped parameter must not be ignored")
	}
}

// timeline names the events of an issue, oldest first, with the reason of each, and
// tells whether they are all.
func (w *world) timeline(id int64) (names []string, complete bool) {
	w.Helper()
	issue, err := w.client.Issue(w.Context(), id)
	require.NoError(w, err)
	for _, event := range slices.Backward(issue.Timeline) {
		var extra struct{ Reason, Actor, Comment string }
		require.NoError(w, json.Unmarshal(event.ExtraPayload, &extra))
		names = append(names, strings.TrimSpace(strings.Join([]string{event.EventName, extra.Reason, extra.Actor, extra.Comment}, " ")))
	}
	return names, issue.TimelineComplete
}

func TestIssues_R22_TheTimelineSaysHowEachEnded(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	created := []string{"issue_created", "issue_linked"}
	ends := func(id int64, want ...string) {
		t.Helper()
		names, complete := w.timeline(id)
		require.Equal(t, append(slices.Clone(created), want...), names)
		require.True(t, complete)
	}
	update := func(missing monitor.Missing) func(*monitor.Declaration) {
		return func(d *monitor.Declaration) { d.Options.Missing = missing }
	}
	nothing := func(o *monitor.Outcome) { o.Update = &monitor.UpdateOutcome{Whole: true} }
	solve, drop := w.register("solve", update(monitor.MissingSolve)), w.register("drop", update(monitor.MissingDrop))
	w.find("solve", solve, "1")
	w.find("drop", drop, "2")
	w.run("solve", solve, nothing)
	w.run("drop", drop, nothing)
	ends(1, "issue_solved missing")
	ends(2, "issue_dropped missing")

	w.find("people", w.register("people", unsolvable), "3")
	_, err := w.client.SolveAlert(t.Context(), w.onlyAlert(client.AlertFilter{Monitor: "people"}).ID, "talked to them")
	require.NoError(t, err)
	ends(3, "issue_solved person local talked to them")

	w.find("gone", w.register("gone"), "4")
	w.archive("gone")
	ends(4, "issue_dropped archived test")
}

func TestIssues_R80_TheTimelineAdmitsWhatIsNotKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	declaration := w.register("orders")
	w.limits.SaveEvents = lifecycle.SaveOff
	w.find("orders", declaration, "1", "2")
	names, complete := w.timeline(1)
	require.Empty(t, names)
	require.False(t, complete)
	_, err := w.client.DropIssue(t.Context(), 1, "")
	require.NoError(t, err)
	names, complete = w.timeline(1)
	require.Equal(t, []string{"issue_dropped person local"}, names, "what people do is always kept")
	require.False(t, complete)
}
