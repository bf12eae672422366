package sqlstore

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// writer writes one plan within a transaction that has locked the monitor.
type writer struct {
	store     *Store
	queue     pipeline
	plan      *monitor.Plan
	now       time.Time
	monitorID int64
	// executionID and versionID are 0 for what a person does.
	executionID, versionID int64
}

// writePlan queues the plan's statements, in the order in which rows refer to
// each other and in which ending an issue makes room for a new one of the same
// model id. The caller flushes the queue.
func (w *writer) writePlan(ctx context.Context) error {
	if err := w.insertAlerts(ctx); err != nil {
		return err
	}
	w.linkToNewAlerts()
	for _, step := range []func(context.Context) error{
		w.updateIssues, w.insertIssues, w.updateAlerts, w.insertEvents, w.markAlerts,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return w.store.writeVariables(ctx, &w.queue, w.monitorID, w.plan.Variables, w.now)
}

// linkToNewAlerts replaces the alerts that issues name by the ids they were given.
func (w *writer) linkToNewAlerts() {
	for _, issues := range [][]*monitor.Issue{w.plan.Created, w.plan.Linked} {
		for _, issue := range issues {
			if issue.NewAlert != nil {
				issue.AlertID, issue.NewAlert = issue.NewAlert.ID, nil
			}
		}
	}
}

// change is what a plan does to the sums that the monitor's row keeps.
type change struct{ revision, issues, alerts int }

func (w *writer) change() change {
	plan := w.plan
	c := change{
		issues: len(plan.Created) - len(plan.Ended),
		alerts: len(plan.NewAlerts),
	}
	for _, alert := range plan.Alerts {
		if alert.Status == monitor.AlertSolved {
			c.alerts--
		}
	}
	if len(plan.NewAlerts)+len(plan.Created)+len(plan.Updated)+len(plan.Ended)+len(plan.Linked)+len(plan.Alerts) > 0 {
		c.revision = 1
	}
	return c
}
