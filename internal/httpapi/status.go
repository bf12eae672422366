package httpapi

import (
	"context"
	"net/http"

	"github.com/vedettehq/vedette/internal/client"
)

func (a *api) registerStatus() {
	register(a, operation{
		method: http.MethodGet, path: "/status", id: "get-status", role: Viewer,
		summary: "See what the platform as a whole is doing",
	}, func(ctx context.Context, _ *struct{}) (client.Status, error) { return a.readStatus(ctx) })
}

func (a *api) readStatus(ctx context.Context) (client.Status, error) {
	now := a.store.Now()
	counted, err := a.store.Status(ctx, now)
	if err != nil {
		return client.Status{}, err
	}
	status := client.Status{
		Status:    "ok",
		Version:   a.build.Version,
		StartedAt: a.startedAt.UTC(),
		Now:       now.UTC(),
		Executors: counted.Executors,
		Problems:  map[string][]client.Diagnostic{},
	}
	var ok bool
	if status.Components, ok = a.health.components(ctx); !ok {
		status.Status = "degraded"
	}
	status.Monitors.Total = counted.Monitors
	status.Monitors.Enabled = counted.EnabledMonitors
	status.Monitors.Overdue = counted.OverdueMonitors
	status.Issues.Active = counted.ActiveIssues
	status.Alerts.ByPriority = map[string]int{}
	for priority, count := range counted.ActiveAlerts {
		status.Alerts.Active += count
		status.Alerts.ByPriority[priority.String()] = count
	}
	status.Executions.Queued = counted.QueuedExecutions
	status.Executions.OldestQueuedAt = moment(counted.OldestQueuedAt)
	status.Executions.Running = counted.RunningExecutions
	status.Deliveries.Open = counted.OpenDeliveries
	status.Deliveries.Dead = counted.DeadDeliveries
	for name, problems := range a.problems() {
		status.Problems[name] = client.DiagnosticsOf(problems)
	}
	return status, nil
}
