package rollout

import (
	"context"
	"maps"
	"slices"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// planPrune adds the monitors that have no folder any more. Those that never came
// from one are nobody's to delete here; those that somebody changed since are a
// conflict.
func (r *Rollout) planPrune(ctx context.Context, plan *Plan, stored map[string]*client.Monitor) error {
	if !r.options.Prune {
		return nil
	}
	for i := range plan.steps {
		delete(stored, plan.steps[i].item.Monitor)
	}
	for i, name := range slices.Sorted(maps.Keys(stored)) {
		r.progress("looking at "+name, i, len(stored))
		m := stored[name]
		if m.Source != string(monitor.SourceAPI) || !r.isPruned(m) {
			continue
		}
		origin, err := r.provenanceOf(ctx, m)
		if err != nil {
			return err
		}
		if !origin.ever {
			plan.ByHand = append(plan.ByHand, name)
			continue
		}
		s := step{match: m.ETag, item: Item{
			Monitor: name, Outcome: Deleted, Version: m.Version, DroppedIssues: m.ActiveIssues, SolvedAlerts: m.ActiveAlerts,
			Files: []string{}, Diagnostics: []client.Diagnostic{},
		}}
		if !origin.known && !r.options.Force {
			s.item.refuse(Conflict, "it has no folder any more, but %s did not come from apply: delete it yourself, or with --force", origin.current.Describe())
			s.item.DroppedIssues, s.item.SolvedAlerts = 0, 0
		}
		plan.steps = append(plan.steps, s)
	}
	return nil
}

// isPruned tells whether a monitor has the labels that pruning is narrowed to.
func (r *Rollout) isPruned(m *client.Monitor) bool {
	for name, value := range r.options.PruneLabels {
		if has, ok := m.Labels[name]; !ok || has != value {
			return false
		}
	}
	return true
}
