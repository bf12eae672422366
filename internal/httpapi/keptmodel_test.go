package httpapi

import (
	"fmt"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// without has do go as if nothing were kept.
func (k *kept) without(do func()) {
	swap := func(edition string, answers map[string]*ready, bytes int) (string, map[string]*ready, int) {
		k.mu.Lock()
		defer k.mu.Unlock()
		before, held, size := k.edition, k.answers, k.bytes
		k.edition, k.answers, k.bytes = edition, answers, bytes
		return before, held, size
	}
	edition, answers, bytes := swap("", nil, 0)
	do()
	swap(edition, answers, bytes)
}

// keptModel writes and reads at random. What is read must be what is read once more
// when nothing is kept.
type keptModel struct {
	*world
	time         *shifted
	declarations map[string]monitor.Declaration
	asked        []string
}

func TestKept_AreWhatWouldBeReadAnew(t *testing.T) {
	t.Parallel()
	m := &keptModel{declarations: map[string]monitor.Declaration{}}
	m.world = newWorld(t, func(w *world) {
		m.time = &shifted{Database: w.store}
		w.store, w.deps.Store = m.time, m.time
	})
	require.NoError(t, m.store.RenewExecutor(t.Context(), executorID, m.store.Now(), m.store.Now().Add(10_000*time.Hour)))
	for _, name := range []string{"orders", "payments", "stock"} {
		m.declarations[name] = m.register(name, func(d *monitor.Declaration) {
			d.Options.Labels = map[string]string{"team": name[:1]}
		})
	}
	rapid.Check(t, func(rt *rapid.T) {
		for range rapid.IntRange(1, 8).Draw(rt, "steps") {
			rapid.SampledFrom([]func(*rapid.T){m.ask, m.ask, m.askAgain, m.askAgain, m.write}).Draw(rt, "step")(rt)
		}
	})
}

func (m *keptModel) name(rt *rapid.T) string {
	return rapid.SampledFrom([]string{"orders", "payments", "stock"}).Draw(rt, "monitor")
}

// write changes something, as a run, a person or time does.
func (m *keptModel) write(rt *rapid.T) {
	ctx, name := m.Context(), m.name(rt)
	switch rapid.IntRange(0, 4).Draw(rt, "what") {
	case 0:
		if view, err := m.store.Monitor(ctx, name); err == nil && view.Monitor.Enabled {
			m.find(name, m.declarations[name], fmt.Sprint(rapid.IntRange(0, 9).Draw(rt, "id")))
		}
	case 1:
		issues, err := m.client.Issues(ctx, client.IssueFilter{Monitor: name, Status: "active"}, client.Paging{Limit: 1})
		require.NoError(rt, err)
		for _, issue := range issues.Items {
			_, err := m.client.DropIssue(ctx, issue.ID, "no")
			require.NoError(rt, err)
		}
	case 2:
		_, err := m.client.Enable(ctx, name, "")
		require.NoError(rt, err)
	case 3:
		_, err := m.client.Disable(ctx, name, "")
		require.NoError(rt, err)
	default:
		m.time.by(time.Duration(rapid.IntRange(0, 60).Draw(rt, "minutes")) * time.Minute)
	}
}

// ask reads a list that was perhaps never read before.
func (m *keptModel) ask(rt *rapid.T) {
	query := url.Values{}
	perhaps := func(parameter string, values ...string) {
		if rapid.IntRange(0, 2).Draw(rt, parameter+"?") == 0 {
			query.Set(parameter, rapid.SampledFrom(values).Draw(rt, parameter))
		}
	}
	list := rapid.SampledFrom([]string{"monitors", "issues", "executions"}).Draw(rt, "list")
	perhaps("limit", "1", "2", "1000")
	switch list {
	case "monitors":
		perhaps("q", "o", "stock", "o ", "nobody")
		perhaps("enabled", "true", "false")
		perhaps("health", "ok", "unknown", "violating", "disabled")
		perhaps("label", "team:o", "team:p", "team:o team:p")
	case "issues":
		perhaps("monitor", "orders", "payments", "stock", "nobody")
		perhaps("status", "active", "solved", "dropped")
		perhaps("model_id", "1", "2")
	default:
		perhaps("monitor", "orders", "payments", "stock", "nobody")
		perhaps("status", "queued", "running", "succeeded")
	}
	path := "/api/v1/" + list + "?" + query.Encode()
	m.asked = append(m.asked, path)
	m.compare(rt, path)
}

// askAgain reads a list that was read before.
func (m *keptModel) askAgain(rt *rapid.T) {
	if len(m.asked) > 0 {
		m.compare(rt, m.asked[len(m.asked)-1-rapid.IntRange(0, min(len(m.asked)-1, 5)).Draw(rt, "which")])
	}
}

func (m *keptModel) compare(rt *rapid.T, path string) {
	got := m.send("GET", path, "")
	var anew answer
	m.server.api.kept.without(func() { anew = m.send("GET", path, "") })
	require.Equal(rt, anew.body, got.body, path)
	require.Equal(rt, 200, got.status, path)
}
