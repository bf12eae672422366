package lifecycle_test

import (
	"maps"
	"slices"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
)

// person lets somebody do something to anything, sensible or not.
func (h *history) person(t *rapid.T) {
	d, by := h.declaration, lifecycle.Person{Actor: "ana", Now: h.world.now}
	var s monitor.Snapshot
	var actions []lifecycle.Action
	switch rapid.SampledFrom([]string{"alert", "alert", "issue", "monitor", "archive"}).Draw(t, "about") {
	case "alert":
		s = h.drawAlert(t)
		actions = []lifecycle.Action{
			lifecycle.Acknowledge(d, by), lifecycle.Lock(d, by), lifecycle.Unlock(d, by), lifecycle.SolveAlert(d, by),
		}
	case "issue":
		s = h.drawIssue(t)
		actions = []lifecycle.Action{lifecycle.DropIssue(d, by)}
	case "monitor":
		s = monitor.Snapshot{Monitor: h.world.monitor}
		actions = []lifecycle.Action{
			lifecycle.SetEnabled(d, true, by), lifecycle.SetEnabled(d, false, by), lifecycle.Refresh(d, monitor.TaskSearch, by),
		}
	case "archive":
		if rapid.IntRange(0, 4).Draw(t, "really") > 0 {
			return
		}
		s = h.world.snapshot()
		actions = []lifecycle.Action{lifecycle.Archive(d, by)}
	}
	p, err := actions[rapid.IntRange(0, len(actions)-1).Draw(t, "action")](s)
	if err != nil {
		require.Contains(t, []monitor.Code{monitor.CodeConflict, monitor.CodeNotFound}, monitor.CodeOf(err))
		require.True(t, p.IsEmpty())
		return
	}
	h.commit(p, false)
}

// drawAlert gives the snapshot of some alert, if there is one.
func (h *history) drawAlert(t *rapid.T) monitor.Snapshot {
	s := monitor.Snapshot{Monitor: h.world.monitor}
	if len(h.world.alerts) > 0 {
		alert := h.world.alerts[rapid.SampledFrom(slices.Sorted(maps.Keys(h.world.alerts))).Draw(t, "alert")]
		s.Alerts, s.Issues = []monitor.Alert{alert}, h.world.activeIssues(alert.ID)
	}
	return s
}

// drawIssue gives the snapshot of some issue and its alert, if there is one.
func (h *history) drawIssue(t *rapid.T) monitor.Snapshot {
	s := monitor.Snapshot{Monitor: h.world.monitor}
	if len(h.world.issues) > 0 {
		issue := h.world.issues[rapid.SampledFrom(slices.Sorted(maps.Keys(h.world.issues))).Draw(t, "issue")]
		s.Issues = []monitor.Issue{issue}
		if alert, ok := h.world.alerts[issue.AlertID]; ok {
			alert.ActiveIssues = len(h.world.activeIssues(alert.ID))
			s.Alerts = []monitor.Alert{alert}
		}
	}
	return s
}

// version registers other options, now and then with another model_id_key.
func (h *history) version(t *rapid.T) {
	key := rapid.SampledFrom([]string{"id", "id", "other_id"}).Draw(t, "key")
	next := drawDeclaration(t, key)
	s := h.world.snapshot()
	p, err := lifecycle.Rekey(h.declaration, next, rapid.Bool().Draw(t, "drop issues"), lifecycle.Person{Actor: "ana", Now: h.world.now})(s)
	if err != nil {
		require.NotEmpty(t, s.Issues)
		return
	}
	h.commit(p, false)
	h.declaration = next
	if len(p.Ended) > 0 {
		require.Empty(t, h.world.snapshot().Issues)
	}
}
