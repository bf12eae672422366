package e2e

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/e2e/process"
)

// hostileMonitors do what no monitor should, in every run, and what their
// executions have to say of it.
var hostileMonitors = map[string]struct{ body, says string }{
	"loops":    {"    while True:\n        pass", "steps"},
	"recurses": {"    return deeper(1)\n\ndef deeper(n):\n    return deeper(n + 1) + 1", "monitor.star:8"},
	"grows":    {"    held = []\n    while True:\n        held.append(\"x\" * 1000)", "memory"},
	"doubles":  {"    text = \"x\"\n    for _ in range(64):\n        text = text + text\n    return [{\"id\": text}]", "memory"},
	"explodes": {"    return [{\"id\": len(\"x\" * (1 << 36))}]", "memory"},
	"lists":    {"    return [{\"id\": len(list(range(1 << 62)))}]", "memory"},
	"talks":    {"    for i in range(5000):\n        log.info(\"line\", i = i)\n    fail(\"said enough\")", "said enough"},
	"fails":    {"    fail(\"on purpose\")", "on purpose"},
	"text":     {"    return \"rubbish\"", "string"},
}

// hostileEntries return entries that cannot be used: each is skipped, with a
// warning, which is no failure.
var hostileEntries = map[string]string{
	"contains":  "    held = []\n    held.append(held)\n    return [{\"id\": 1, \"held\": held}]",
	"nests":     "    held = []\n    for _ in range(100000):\n        held = [held]\n    return [{\"id\": 1, \"held\": held}]",
	"functions": "    return [search]",
}

func hostileCode(body string) string {
	return `
monitor(model_id_key = "id", search_cron = "*/2 * * * * *", solvable = False)

def search():
` + body + "\n"
}

func TestHostile_MonitorsHurtNobodyElse(t *testing.T) {
	t.Parallel()
	s := newSite(t, "sqlite")
	s.settings["executor"] = "{concurrency: 16, heartbeat: 1s, monitor_timeout: 20s, max_steps: 5000000, max_memory: 32MiB}"
	s.configure(t)
	healthy := []string{"healthy_1", "healthy_2", "healthy_3"}
	for _, name := range healthy {
		s.monitor(t, name, healthyCode)
	}
	for name, hostile := range hostileMonitors {
		s.monitor(t, name, hostileCode(hostile.body))
	}
	for name, body := range hostileEntries {
		s.monitor(t, name, hostileCode(body))
	}
	p := s.run(t)
	for name, hostile := range hostileMonitors {
		w := s.watch(name)
		for range 2 {
			execution := w.ran(t)
			require.Equal(t, "failed", execution.Status, name)
			require.Contains(t, execution.Error, hostile.says, name)
			require.Less(t, len(execution.Error)+len(execution.Log), 1<<20, name)
		}
		require.Empty(t, w.active(t), name)
	}
	for name := range hostileEntries {
		w := s.watch(name)
		execution := w.ran(t)
		require.Equal(t, "succeeded", execution.Status, name)
		require.Contains(t, string(execution.Log), "warning", name)
		require.Empty(t, w.active(t), name)
	}
	for _, name := range healthy {
		requireSchedule(t, s, name)
	}
	memory, err := process.MemoryOf(p.PID())
	require.NoError(t, err)
	require.Less(t, memory.Peak, int64(1<<30))
	stop(t, p)
}

// requireSchedule waits until a monitor that is due every second has run three
// times, and requires that it was never held up for long: the machine may be busy,
// so this says that it was not starved, not how quick it was.
func requireSchedule(t *testing.T, s *site, name string) {
	t.Helper()
	var started []executionView
	require.Eventually(t, func() bool {
		started = slices.DeleteFunc(list[executionView](t, s, "/executions?monitor="+name), func(e executionView) bool { return e.Status == "queued" })
		return len(started) >= 3
	}, time.Minute, 100*time.Millisecond, "%s ran too rarely", name)
	slices.Reverse(started)
	for i, execution := range started {
		require.Contains(t, []string{"succeeded", "running"}, execution.Status, execution.Error)
		if i > 0 {
			require.Less(t, execution.StartedAt.Sub(started[i-1].StartedAt), 30*time.Second, "%s did not run", name)
		}
	}
}

func TestHostile_EntriesAreSkippedAndTheOthersCount(t *testing.T) {
	t.Parallel()
	s := newSite(t, "sqlite")
	s.monitor(t, "rubbish", searching(`
    return [
        {"id": 1}, None, 7, "text", [], {}, {"id": None}, {"id": True}, {"id": [1]}, {"other": 1},
        {"id": "1"}, {"id": 7.0}, {"id": 1.5}, {"id": "x" * 2000}, {"id": "large", "data": "x" * 300000},
        {"id": "ok", "nan": float("nan")}, {1: 2, "id": "keys"},
    ]
`))
	p := s.run(t)
	w := s.watch("rubbish")
	execution := w.ran(t)
	require.Equal(t, "succeeded", execution.Status, execution.Error)
	require.Subset(t, w.active(t), []string{"1", "1.5", "7", "ok"})
	require.NotContains(t, w.active(t), "large")
	require.JSONEq(t, `{"id": "ok", "nan": null}`, string(w.issue(t, "ok").Data))
	stop(t, p)
}
