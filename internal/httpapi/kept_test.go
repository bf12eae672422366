package httpapi

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/postgres"
	"github.com/vedettehq/vedette/internal/testenv"
)

func TestKept_AnswersBelongToAnEdition(t *testing.T) {
	t.Parallel()
	var k kept
	first, second := &ready{text: []byte("first")}, &ready{text: []byte("second")}
	require.Nil(t, k.get("", "a"))
	k.put("1", "a", first)
	require.Same(t, first, k.get("1", "a"))
	require.Nil(t, k.get("1", "b"))
	require.Nil(t, k.get("2", "a"))
	k.put("2", "b", second)
	require.Nil(t, k.get("2", "a"))
	require.Same(t, second, k.get("2", "b"))
	require.Nil(t, k.get("1", "a"), "it is not needed any more")
}

func TestKept_AreBounded(t *testing.T) {
	t.Parallel()
	var k kept
	text := make([]byte, keptBytes/4)
	for i := range 100 {
		key := fmt.Sprint(i)
		k.put("1", key, &ready{text: text})
		require.NotNil(t, k.get("1", key))
		held := 0
		for key, answer := range k.answers {
			held += len(key) + len(answer.text)
		}
		require.Equal(t, held, k.bytes)
		require.LessOrEqual(t, held, keptBytes)
	}
	k.put("1", "large", &ready{text: make([]byte, keptBytes)})
	require.Nil(t, k.get("1", "large"))
	require.NotNil(t, k.get("1", "99"), "it did not displace the others")
}

// counting is a store that counts how often its lists are read.
type counting struct {
	shifted
	reads atomic.Int64
}

func (c *counting) Monitors(ctx context.Context, f store.MonitorFilter, p store.Page) ([]store.MonitorView, error) {
	c.reads.Add(1)
	return c.shifted.Monitors(ctx, f, p)
}

func (c *counting) Issues(ctx context.Context, f store.IssueFilter, p store.Page) ([]store.IssueView, error) {
	c.reads.Add(1)
	return c.shifted.Issues(ctx, f, p)
}

// counted has the server work on a store that counts.
func counted(w *world) *counting {
	c := &counting{shifted: shifted{Database: w.store}}
	w.store, w.deps.Store = c, c
	return c
}

func TestKept_ListsAreReadOnceUntilSomethingIsWritten(t *testing.T) {
	t.Parallel()
	var c *counting
	w := newWorld(t, withAdmin, func(w *world) { c = counted(w) })
	d := w.register("orders")
	w.find("orders", d, "1", "2", "3", "4", "5", "6", "7", "8", "9")
	ada, bert := bearer(w.token("ada", Viewer)), bearer(w.token("bert", Editor))
	const path = "/api/v1/issues?monitor=orders"
	first := w.send("GET", path, "", ada)
	require.Equal(t, http.StatusOK, first.status)
	for _, who := range []func(*http.Request){ada, bert} {
		require.Equal(t, first.body, w.send("GET", path, "", who).body)
		require.Equal(t, first.body, unzipped(t, w.send("GET", path, "", who, accepting("gzip")).body))
	}
	require.EqualValues(t, 1, c.reads.Load())
	require.Equal(t, http.StatusUnauthorized, w.send("GET", path, "").status, "it is for nobody who may not read it")
	w.find("orders", d, "10")
	require.Equal(t, 10, strings.Count(w.send("GET", path, "", ada).body, `"model_id"`))
	require.EqualValues(t, 2, c.reads.Load())
}

func TestKept_R79_MonitorsBecomeOverdueByTimeAlone(t *testing.T) {
	t.Parallel()
	var c *counting
	w := newWorld(t, func(w *world) { c = counted(w) })
	w.find("orders", w.register("orders"), "1")
	health := func() string {
		monitors, err := w.client.Monitors(t.Context(), client.MonitorFilter{}, client.Paging{})
		require.NoError(t, err)
		require.Len(t, monitors.Items, 1)
		return monitors.Items[0].Health
	}
	require.Equal(t, "violating", health())
	require.Equal(t, "violating", health())
	c.by(2 * time.Hour)
	require.Equal(t, "unknown", health())
}

func TestKept_MonitorsShowWhatIsWrongNow(t *testing.T) {
	t.Parallel()
	var problems atomic.Pointer[map[string]monitor.Diagnostics]
	problems.Store(&map[string]monitor.Diagnostics{})
	w := newWorld(t, func(w *world) {
		w.deps.Problems = func() map[string]monitor.Diagnostics { return *problems.Load() }
	})
	w.register("orders")
	for _, message := range []string{"", "first", "second", "", "first"} {
		found := map[string]monitor.Diagnostics{}
		if message != "" {
			found["orders"] = monitor.Diagnostics{{File: "monitor.star", Line: 1, Message: message, Severity: monitor.SeverityError}}
		}
		problems.Store(&found)
		monitors, err := w.client.Monitors(t.Context(), client.MonitorFilter{}, client.Paging{})
		require.NoError(t, err)
		require.Len(t, monitors.Items[0].Problems, len(found))
		if message != "" {
			require.Equal(t, message, monitors.Items[0].Problems[0].Message)
		}
	}
}

func TestKeyOf_IsThatOfOneQuestion(t *testing.T) {
	t.Parallel()
	yes := optional[bool]{Value: true, given: true}
	seen := map[string]any{}
	for _, question := range []any{
		monitorsInput{},
		monitorsInput{Enabled: yes},
		monitorsInput{Enabled: optional[bool]{given: true}},
		monitorsInput{Label: []string{"a:b", "c:d"}},
		monitorsInput{Label: []string{"a:b c:d"}},
		monitorsInput{Label: []string{`a:b", "c:d`}},
		monitorsInput{Query: "x Enabled:{true true}"},
		monitorsInput{Query: "x", Enabled: yes},
		monitorsInput{Query: `x", Enabled:{true true}`},
		monitorsQuestion{monitorsInput{}, "x"},
		issuesInput{Monitor: "orders"},
		issuesInput{ModelID: "orders"},
		issuesInput{Paging: Paging{Limit: 1}},
		issuesInput{Paging: Paging{Cursor: "1"}},
	} {
		key := keyOf(monitorList, question)
		require.NotContains(t, seen, key, "%+v and %+v", question, seen[key])
		require.Equal(t, key, keyOf(monitorList, question))
		seen[key] = question
	}
	require.NotEqual(t, keyOf(monitorList, Paging{}), keyOf(issueList, Paging{}))
}

// TestKept_NobodyMissesWhatWasThereWhenTheyAsked has several read while others
// write: with the kept answers, and from a second server with its own.
func TestKept_NobodyMissesWhatWasThereWhenTheyAsked(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		readersSeeWrites(t, newWorld(t))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		address := monitor.NewSecret(testenv.Postgres(t))
		readersSeeWrites(t, newWorld(t, func(w *world) {
			opened, err := postgres.Open(t.Context(), address, store.Config{PoolSize: 4})
			require.NoError(t, err)
			w.use(opened)
			// What is written is written by another process.
			other, err := postgres.Open(t.Context(), address, store.Config{PoolSize: 2})
			require.NoError(t, err)
			w.Cleanup(func() { require.NoError(w, other.Close()) })
			w.store = other
		}))
	})
}

func readersSeeWrites(t *testing.T, w *world) {
	t.Helper()
	var written atomic.Int64
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for last := false; !last; {
				select {
				case <-done:
					last = true
				default:
				}
				before := int(written.Load())
				monitors, err := w.client.Monitors(t.Context(), client.MonitorFilter{}, client.Paging{Limit: 1000})
				if err != nil || len(monitors.Items) < before {
					t.Errorf("%d monitors were there, and %d are shown: %v", before, len(monitors.Items), err)
					return
				}
			}
		})
	}
	for i := range 30 {
		w.register(fmt.Sprint("m_", i))
		written.Add(1)
	}
	close(done)
	readers.Wait()
}
