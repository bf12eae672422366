package cli

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
)

func issues() []client.Issue {
	second := stuckOrder()
	second.ID, second.AlertID, second.Status, second.ModelID = 7, nil, "solved", "a\tb"
	return []client.Issue{stuckOrder(), second}
}

func TestTable_InAPipe(t *testing.T) {
	t.Parallel()
	s, b := pipe()
	require.NoError(t, Issues().write(s, listOf(issues()...)))
	require.Equal(t, `
ID  MONITOR       MODEL ID  STATUS  ALERT  UPDATED               DATA
12  stuck_orders  184       active      3  2026-11-24T11:57:00Z  order_id=184 status=awaiting_delivery note=late �[31m again
 7  stuck_orders  a b       solved      -  2026-11-24T11:57:00Z  order_id=184 status=awaiting_delivery note=late �[31m again
`, "\n"+b.String())
}

func TestTable_FitsTheTerminal(t *testing.T) {
	t.Parallel()
	s, b := terminal(72)
	require.NoError(t, Issues().write(s, listOf(issues()...)))
	require.Equal(t, `
ID  MONITOR       MODEL ID  STATUS  ALERT  UPDATED  DATA
12  stuck_orders  184       active      3  3m ago   order_id=184 status…
 7  stuck_orders  a b       solved      -  3m ago   order_id=184 status…
`, "\n"+b.String())
	for columns := range 120 {
		s, b := terminal(columns + 60)
		require.NoError(t, Issues().write(s, listOf(issues()...)))
		for line := range strings.Lines(b.String()) {
			require.LessOrEqual(t, width(strings.TrimSuffix(line, "\n")), columns+60)
		}
	}
}

func TestTable_ColoursOnlyWhereTheyAreWanted(t *testing.T) {
	t.Parallel()
	s, b := terminal(72)
	s.colour = true
	require.NoError(t, Issues().write(s, listOf(issues()...)))
	require.Contains(t, b.String(), "\x1b[33mactive\x1b[0m      3  3m ago", "colours take no room")
	require.NotContains(t, b.String(), "\x1b[31m again", "what monitors found commands no terminal")
}

func TestTable_NothingFoundHasAHeader(t *testing.T) {
	t.Parallel()
	s, b := pipe()
	require.NoError(t, Events().write(s, listOf[client.Event]()))
	require.Equal(t, "ID  WHEN  EVENT  SOURCE  MONITOR  BY  DETAILS\n", b.String())
}

func TestTable_WithoutAHeaderIfAskingFailed(t *testing.T) {
	t.Parallel()
	s, b := pipe()
	broken := errors.New("no server")
	require.ErrorIs(t, Events().write(s, brokenOff[client.Event](broken)), broken)
	require.Empty(t, b.String())
}

func TestTable_ShowsLongListsInBlocks(t *testing.T) {
	t.Parallel()
	s, b := pipe()
	items := make([]client.Issue, 2*block)
	for i := range items {
		items[i] = stuckOrder()
	}
	broken := errors.New("gone")
	require.ErrorIs(t, Issues().write(s, brokenOff(broken, items...)), broken)
	require.Equal(t, 2*block+1, strings.Count(b.String(), "\n"), "one header, and all that came before the error")
	require.Equal(t, 1, strings.Count(b.String(), "MONITOR"))
}

func TestTables_Golden(t *testing.T) {
	t.Parallel()
	s, b := terminal(0)
	four, execution, actor := 4, int64(9), "anna"
	require.NoError(t, Alerts().write(s, listOf(
		client.Alert{
			ID: 3, Monitor: "stuck_orders", Status: "active", Priority: 2, ActiveIssues: 12,
			Acknowledged: true, AcknowledgePriority: &four, CreatedAt: *ago(30 * time.Hour), Silenced: true, Silences: []int64{7},
		},
		client.Alert{
			ID: 2, Monitor: "low_stock", Status: "solved", Priority: 4, Acknowledged: true, IsPriorityAcknowledged: true,
			Locked: true, CreatedAt: *ago(50 * 24 * time.Hour),
		},
	)))
	require.NoError(t, Monitors().write(s, listOf(
		client.Monitor{Name: "low_stock", Health: "disabled", NextSearchAt: ago(time.Hour)},
		client.Monitor{
			Name: "stuck_orders", Enabled: true, Health: "violating", ActiveIssues: 12, ActiveAlerts: 1, LastProvenAt: ago(0),
			LastExecution: &client.LastExecution{Status: "failed"}, NextSearchAt: ago(-time.Hour), NextUpdateAt: ago(-5 * time.Second),
		},
	)))
	require.NoError(t, Executions().write(s, listOf(client.Execution{
		ID: 9, Monitor: "stuck_orders", Status: "failed", Tasks: []string{"update", "search"}, QueuedAt: *ago(time.Minute),
		StartedAt: ago(time.Minute), FinishedAt: ago(59 * time.Second), Counts: client.Counts{Created: 2, Solved: 1}, Error: "search() failed:\nno such table",
	})))
	require.NoError(t, Events().write(s, listOf(
		client.Event{ID: 5, EventName: "alert_acknowledged", EventSource: "alert", EventSourceID: 3, Monitor: "stuck_orders", Actor: &actor, ExtraPayload: []byte(`{"comment":"on it","ids":[1,2]}`), CreatedAt: *ago(time.Second)},
		client.Event{ID: 4, EventName: "issue_created", EventSource: "issue", EventSourceID: 12, Monitor: "stuck_orders", ExecutionID: &execution, ExtraPayload: []byte(`{}`), CreatedAt: *ago(time.Minute)},
	)))
	require.Equal(t, `
ID  PRIORITY  STATUS  MONITOR       ISSUES  ACKNOWLEDGED  LOCKED  SILENCED  CREATED
 3  high      active  stuck_orders      12  only at low   no      yes       30h ago
 2  low       solved  low_stock          0  yes           yes     no        50d ago
NAME          HEALTH     ISSUES  ALERTS  LAST RUN  LAST PROVEN  NEXT RUN
low_stock     disabled        0       0  -         -            -
stuck_orders  violating      12       1  failed    now          in 5s
ID  MONITOR       STATUS  TASKS          QUEUED   TOOK  CHANGES              ERROR
 9  stuck_orders  failed  update,search  60s ago    1s  2 created, 1 solved  search() failed: no such table
ID  WHEN     EVENT               SOURCE    MONITOR       BY           DETAILS
 5  1s ago   alert_acknowledged  alert 3   stuck_orders  anna         comment=on it ids=[1, 2]
 4  60s ago  issue_created       issue 12  stuck_orders  execution 9
`, "\n"+b.String())
}
