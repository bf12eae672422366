package main

import (
	"bytes"
	"database/sql"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store/storetest"
)

// tamper changes an SQLite database behind everybody's back.
func tamper(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	require.NoError(t, err)
	_, err = db.ExecContext(t.Context(), statement)
	require.NoError(t, err, statement)
	require.NoError(t, db.Close())
}

// copyDatabase copies the file and what is not yet in it.
func copyDatabase(t *testing.T, from, to string) {
	t.Helper()
	for _, suffix := range []string{"", "-wal"} {
		text, err := os.ReadFile(from + suffix)
		if os.IsNotExist(err) {
			continue
		}
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(to+suffix, text, 0o600))
	}
}

func connect(t *testing.T, address string) *sql.DB {
	t.Helper()
	db, err := storetest.Connect(address)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

func TestParseMetrics_SumsOverLabels(t *testing.T) {
	t.Parallel()
	require.Equal(t, counters{"a_total": 3, "b": 1.5}, parseMetrics(`
# HELP a_total Things.
a_total{lane="executions",result="a b"} 1
a_total{lane="deliveries"} 2
b 1.5
`))
}

func TestSpan_OverlapsWithOthers(t *testing.T) {
	t.Parallel()
	at := func(seconds int) time.Time { return time.Unix(int64(seconds), 0) }
	s := span{at(10), at(20)}
	require.Equal(t, 5*time.Second, s.overlap([]span{{at(0), at(12)}, {at(15), at(18)}, {at(20), at(30)}}))
	require.Zero(t, s.overlap([]span{{at(0), at(5)}, {at(25), at(30)}}))
}

func TestDueAfter_R74_PutsOffWhatWasLostAgain(t *testing.T) {
	t.Parallel()
	cron, err := monitor.ParseCron("*/5 * * * * *", time.UTC)
	require.NoError(t, err)
	at := func(seconds float64) time.Time { return time.Unix(0, int64(seconds*float64(time.Second))).UTC() }
	ended := ran{status: "succeeded", queued: at(10), finished: at(11)}
	require.Equal(t, at(15), dueAfter(ended, cron, 0))
	ended.finished = at(17)
	require.Equal(t, at(17), dueAfter(ended, cron, 0), "it was due meanwhile")
	lost := ran{status: "lost", queued: at(10), finished: at(13)}
	require.Equal(t, at(13), dueAfter(lost, cron, 0))
	require.Equal(t, at(13+60), dueAfter(lost, cron, 1))
	require.Equal(t, at(13+240), dueAfter(lost, cron, 3))
}

func TestDifference_CountsWhatIsThereTwice(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"a", "c"}, difference([]string{"a", "a", "b"}, []string{"a", "b", "c"}))
	require.Empty(t, difference([]string{"a", "b"}, []string{"b", "a"}))
}

func TestPrint_GathersFaultsByTheirKind(t *testing.T) {
	t.Parallel()
	r := newResult(trial{name: "sqs", store: "postgres", queue: "sqs", controllers: 3, executors: 4, monitors: 300, seed: 42, pace: usualPace})
	for n := range 3 {
		second := time.Duration(n+1) * time.Second
		r.suffered(record{fault: "PostgreSQL crashes", inflicted: second, recovered: 2 * second, waited: 3 * second})
	}
	r.executions, r.laws, r.latest = []string{"lost 1", "succeeded 7"}, 40, 1300*time.Millisecond
	r.heldUp, r.heldUpMost = 0.123, 340*time.Millisecond
	var out bytes.Buffer
	require.NoError(t, r.print(&out))
	for _, words := range []string{
		"sqs: store postgres, queue sqs, 3 controllers, 4 executors, 300 monitors, lease 3s, seed 42",
		"executions: lost 1, succeeded 7, handed back 0",
		"PostgreSQL crashes  3      3s              4s                      6s       9s",
		"of 40 laws 0 are broken; the latest after its time, outages aside: 1.3s; the machine was held up 12% of the time, 340ms at most",
	} {
		require.Contains(t, out.String(), words)
	}
}

func TestNoticed_NeedsAnIssueForWhatWasThereForLong(t *testing.T) {
	t.Parallel()
	at := func(seconds int) time.Time { return time.Unix(int64(seconds), 0) }
	i := &installation{trial: trial{pace: usualPace}, began: at(100)}
	gaps := map[string]time.Duration{"m1": 5 * time.Second, "m2": 20 * time.Second}
	require.False(t, i.noticed(episode{at(110), at(160)}, nil, gaps))
	require.True(t, i.noticed(episode{at(110), at(160)}, []known{{created: at(115)}}, gaps))
	require.True(t, i.noticed(episode{at(110), at(130)}, nil, gaps), "no run may have come by")
	require.True(t, i.noticed(episode{at(0), at(110)}, nil, gaps), "nobody looked before")
	require.False(t, i.noticed(episode{at(110), at(160)}, []known{{created: at(20), ended: at(60)}}, gaps), "that was another time")
}
