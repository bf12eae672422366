package cli

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
)

func tried() *client.Preview {
	return &client.Preview{
		Monitor: "orders", Tasks: []string{"update", "search"}, Status: "failed", ActiveIssues: 4,
		Error: "update: monitor.star:9:12: no such table: orders", Truncated: true,
		Created: []client.PreviewIssue{{ModelID: "10", Data: json.RawMessage(`{"id":10,"status":"late\u001b[31m"}`)}},
		Updated: []client.PreviewIssue{{
			ID: new(int64(7)), ModelID: "1",
			Before: json.RawMessage(`{"id":1,"status":"7","old":null}`), Data: json.RawMessage(`{"id":1,"status":7,"new":[1]}`),
		}},
		Solved:  []client.PreviewIssue{{ModelID: "2", Data: json.RawMessage(`{"id":2}`), Reason: "predicate"}},
		Dropped: []client.PreviewIssue{{ModelID: "3", Data: json.RawMessage(`{"id":3}`), Reason: "missing"}},
		Alerts: []client.PreviewAlert{
			{Status: "active", Priority: 3, ActiveIssues: 1, LinkedIssues: 1},
			{ID: new(int64(4)), Status: "active", Priority: 2, PreviousPriority: new(4), ActiveIssues: 3, PreviousActiveIssues: 2, LinkedIssues: 1, AcknowledgeDismissed: true},
			{ID: new(int64(5)), Status: "active", Priority: 4, PreviousPriority: new(2), ActiveIssues: 2, PreviousActiveIssues: 2, Acknowledged: true, IsPriorityAcknowledged: true, Locked: true},
			{ID: new(int64(6)), Status: "active", Priority: 2, PreviousPriority: new(2), ActiveIssues: 2, PreviousActiveIssues: 2, Acknowledged: true},
			{ID: new(int64(7)), Status: "solved", Priority: 2, PreviousPriority: new(2), PreviousActiveIssues: 1},
		},
		Notifications: []client.PreviewNotification{
			{Receiver: "payments", Configured: true, Title: "Orders", AlertID: new(int64(4)), Priority: 2, Action: "created", Mention: true},
			{Receiver: "payments", Configured: true, Title: "Orders", Priority: 3, Action: "none", Reason: "moderate is not important enough to be sent"},
			{Receiver: "nobody", Action: "created"},
			{Receiver: "nobody", Action: "closed"},
		},
		Events:    []client.PreviewEvent{{EventName: "issue_created", Count: 1, Reaction: true}, {EventName: "alert_updated", Count: 3}},
		Variables: map[string]json.RawMessage{"seen": json.RawMessage(`{"at":7}`)},
		Routines: []client.Routine{
			{Name: "update", Seconds: 0.002, Error: &client.Failure{Kind: "query", Message: "no such table: orders", Position: "monitor.star:9:12", Traceback: "Traceback (most recent call last):\n  monitor.star:9:12: in update\n    return query(\"shop\", sql)\n"}},
			{Name: "search", Seconds: 0.0123, Returned: 3},
		},
		Queries: []client.PreviewQuery{
			{Routine: "update", Database: "shop", SQL: "select *\nfrom orders", Arguments: 2, Seconds: 0.001, Error: "no such table: orders"},
			{Routine: "search", Database: "shop", SQL: "select 1", Seconds: 0.0111, Rows: 30, Sample: sample()},
		},
		QueryCount: 2,
		Calls: []client.PreviewCall{
			{Routine: "search", Method: "GET", URL: "https://billing.example.org/late", Status: 200, Bytes: 71, Seconds: 0.5},
			{Routine: "search", Method: "POST", URL: "https://billing.example.org/x", Seconds: 3, Error: "no response within 3s"},
		},
		CallCount: 2,
		Log:       []client.LogEntry{{At: noon, Level: "warning", Message: "entry 2 of search() was skipped", Fields: json.RawMessage(`null`)}},
	}
}

func TestPreview_Golden(t *testing.T) {
	t.Parallel()
	s, b := pipe()
	Preview(tried())(s)
	require.Equal(t, `
monitor        orders
tasks          update, search
status         failed; nothing was written
active before  4
issues         1 created, 1 updated, 1 solved, 1 dropped
truncated      the search found more than may be created in a run

update  failed (query) after 2ms
    monitor.star:9:12: no such table: orders
    Traceback (most recent call last):
      monitor.star:9:12: in update
        return query("shop", sql)

search  3 returned in 12.3ms

issues created: 1
    + 10  id=10 status="late\u001B[31m"

issues updated: 1
    ~ 1  status: "7" -> 7, new: [1] is new, old: null is gone

issues solved: 1
    - 2  (is_solved() says so)  id=2

issues dropped: 1
    - 3  (the update did not return it)  id=3

alerts
    alert created: moderate, with 1 active issue
    alert 4: low -> high (more important), 2 -> 3 active issues, 1 linked, its acknowledgement is dismissed
    alert 5: high -> low (less important), 2 active issues, stays acknowledged, locked
    alert 6: stays high, 2 active issues, acknowledged only at a less important priority
    alert 7: solved, was high with 1 active issue

notifications
    payments: the message about alert 4 would be created: "Orders", high, with a mention
    payments: nothing about the new alert: moderate is not important enough to be sent
    nobody: nobody is told: the configuration has no receiver of this name

events
    issue_created: 1, on_issue_created() is called for each, but not by a try
    alert_updated: 3

variables
    seen = {"at": 7}

queries
BY      DATABASE    TOOK  ROWS  ARGUMENTS  ERROR                  STATEMENT
update  shop         1ms     0          2  no such table: orders  select * from orders
search  shop      11.1ms    30          0                         select 1

rows of query 2, the first 2 of 30: select 1
            order_id  note                                                                                empty  none  deep�
12345678901234567890  late�[31m                                                                                  null  {"a": [1]}
                   7  nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn... (12000 characters)         null  true
... and 3 more columns

HTTP calls
BY       TOOK  STATUS  BYTES  ERROR                  METHOD  URL
search  500ms     200     71                         GET     https://billing.example.org/late
search     3s       -      0  no response within 3s  POST    https://billing.example.org/x

log
    12:00:00.000 warning entry 2 of search() was skipped
`, "\n"+b.String())
}

// sample is how a result begins that has something of everything.
func sample() *client.PreviewSample {
	row := func(cut []client.PreviewCut, values ...string) client.PreviewRow {
		r := client.PreviewRow{Cut: cut}
		for _, value := range values {
			r.Values = append(r.Values, json.RawMessage(value))
		}
		return r
	}
	return &client.PreviewSample{
		Columns: []string{"order_id", "note", "empty", "none", "deep\u202e"}, ColumnCount: 8,
		Rows: []client.PreviewRow{
			row(nil, "12345678901234567890", `"late\u001b[31m"`, `""`, "null", `{"a":[1]}`),
			row([]client.PreviewCut{{Column: 1, Kind: "text", Characters: 12000}}, "7", `"`+strings.Repeat("n", 1000)+`"`, `""`, "null", "true"),
		},
	}
}

func TestPreview_ResultsAreBounded(t *testing.T) {
	t.Parallel()
	long := sample()
	long.Rows = slices.Repeat(long.Rows[:1], 20)
	p := &client.Preview{Status: "succeeded", Queries: []client.PreviewQuery{
		{SQL: "no rows", Sample: &client.PreviewSample{}}, {SQL: "failed"}, {SQL: "no room", Rows: 9, Sample: &client.PreviewSample{Columns: []string{"x"}}},
	}}
	for range 7 {
		p.Queries = append(p.Queries, client.PreviewQuery{SQL: "many", Rows: 100, Sample: long})
	}
	s, b := pipe()
	Preview(p)(s)
	require.Equal(t, 5, strings.Count(b.String(), "rows of query"))
	require.Contains(t, b.String(), "rows of query 4, the first 5 of 100: many\n")
	require.Equal(t, 25, strings.Count(b.String(), "12345678901234567890"))
	require.Contains(t, b.String(), "\n... and the rows of 3 more results (-o json has what is known of them)\n")

	two := &client.PreviewSample{Columns: []string{"[redacted]", "[redacted]"}, ColumnCount: 2, Rows: []client.PreviewRow{
		{Values: []json.RawMessage{json.RawMessage("1"), json.RawMessage("2")}},
	}}
	s, b = pipe()
	s.previewResults([]client.PreviewQuery{{SQL: "select", Rows: 1, Sample: two}})
	require.Equal(t, "\nrows of query 1: select\n[redacted]  [redacted] (2)\n         1               2\n", b.String())
}

func TestPreview_LongListsAreCut(t *testing.T) {
	t.Parallel()
	p := &client.Preview{Monitor: "orders", Status: "succeeded", QueryCount: 2000}
	for i := range 25 {
		p.Created = append(p.Created, client.PreviewIssue{ModelID: fmt.Sprintf("m%d", i), Data: json.RawMessage(`{}`)})
		p.Queries = append(p.Queries, client.PreviewQuery{Routine: "search", SQL: "select 1"})
	}
	s, b := pipe()
	Preview(p)(s)
	require.Contains(t, b.String(), "+ m19")
	require.NotContains(t, b.String(), "m20")
	require.Contains(t, b.String(), "    ... and 5 more (-o json has them all)\n")
	require.Contains(t, b.String(), "\n... and 1980 more\n")
	require.NotContains(t, b.String(), "ERROR", "no query failed")
}

func TestPreviewTroubles(t *testing.T) {
	t.Parallel()
	s, b := pipe()
	PreviewTroubles(tried())(s)
	require.Contains(t, b.String(), "update  failed (query)")
	require.NotContains(t, b.String(), "search  3 returned")
	require.Contains(t, b.String(), "12:00:00.000 warning")
}

func TestDifference(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ before, after, want string }{
		{`{"a":1}`, `{"a":1.0}`, ""},
		{`{"a":{"x":1,"y":2}}`, `{"a":{"y":2,"x":1}}`, ""},
		{`[1]`, `{"a":1}`, `[1] -> {"a": 1}`},
		{`{"a":null}`, `{}`, "a: null is gone"},
	} {
		t.Run(row.before, func(t *testing.T) {
			t.Parallel()
			var want []string
			if row.want != "" {
				want = []string{row.want}
			}
			require.Equal(t, want, Difference(json.RawMessage(row.before), json.RawMessage(row.after)))
		})
	}
}
