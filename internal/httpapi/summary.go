package httpapi

import (
	"context"
	"net/http"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

func (a *api) registerSummary() {
	register(a, operation{
		method: http.MethodGet, path: "/api/v1/summary", id: "read-summary", role: Viewer,
		summary: "See in numbers what is wrong, and how monitors are",
	}, func(ctx context.Context, input *struct{}) (shared[client.Summary], error) {
		return share(ctx, a, summaryOf, *input, a.readSummary)
	})
}

func (a *api) readSummary(ctx context.Context) (client.Summary, error) {
	now := a.store.Now()
	counted, err := a.store.Summary(ctx, now)
	if err != nil {
		return client.Summary{}, err
	}
	shown := client.Summary{Now: now.UTC()}
	for priority := monitor.Critical; priority <= monitor.Informational; priority++ {
		counts := counted.Alerts[priority]
		addCounts(&shown.Alerts.AlertCounts, counts)
		shown.Alerts.ByPriority = append(shown.Alerts.ByPriority, client.PriorityCounts{
			Priority: int(priority), Name: priority.String(), AlertCounts: client.AlertCounts(counts),
		})
	}
	shown.Issues.Active = counted.ActiveIssues
	shown.Monitors = client.HealthCounts{
		OK:        counted.Monitors[monitor.HealthOK],
		Violating: counted.Monitors[monitor.HealthViolating],
		Unknown:   counted.Monitors[monitor.HealthUnknown],
		Disabled:  counted.Monitors[monitor.HealthDisabled],
	}
	for _, count := range counted.Monitors {
		shown.Monitors.Total += count
	}
	return shown, nil
}

func addCounts(sum *client.AlertCounts, counts store.AlertCounts) {
	sum.Active += counts.Active
	sum.Unacknowledged += counts.Unacknowledged
	sum.Silenced += counts.Silenced
	sum.Waiting += counts.Waiting
}
