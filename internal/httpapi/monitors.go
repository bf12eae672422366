package httpapi

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

func (a *api) registerMonitors() {
	register(a, operation{
		method: http.MethodGet, path: "/api/v1/monitors", id: "list-monitors", role: Viewer,
		summary: "List monitors by name",
	}, func(ctx context.Context, input *monitorsInput) (shared[client.Page[client.Monitor]], error) {
		problems := a.problems()
		question := monitorsQuestion{*input, fingerprintOf(problems)}
		return keep(ctx, a, monitorList, question, func(ctx context.Context) (client.Page[client.Monitor], error) {
			return a.listMonitors(ctx, input, problems)
		})
	})
	registerAnswer(a, operation{
		method: http.MethodGet, path: "/api/v1/monitors/{name}", id: "get-monitor", role: Viewer,
		summary: "Read a monitor", errors: []int{http.StatusNotFound},
	}, func(ctx context.Context, input *MonitorInput) (*monitorAnswer, error) {
		shown, err := a.readMonitor(ctx, input.Name)
		return &monitorAnswer{ETag: shown.ETag, Body: shown}, err
	})
}

// MonitorInput names a monitor.
type MonitorInput struct {
	Name string `path:"name" maxLength:"200"`
}

// monitorAnswer is a monitor with the ETag of its content. The rest of the answer
// changes with every run, so that reading is never answered by "not modified".
type monitorAnswer struct {
	ETag string `header:"ETag"`
	Body client.Monitor
}

type monitorsInput struct {
	Paging
	Query   string         `query:"q" maxLength:"200" doc:"A part of the name."`
	Enabled optional[bool] `query:"enabled"`
	Health  string         `query:"health" enum:"disabled,unknown,violating,ok"`
	Label   []string       `query:"label,explode" maxItems:"20" doc:"name:value, which the monitor must have; may be given several times."`
}

// monitorsQuestion is all that a list follows from beside the store.
type monitorsQuestion struct {
	monitorsInput
	problems string
}

// fingerprintOf tells findings from others.
func fingerprintOf(problems map[string]monitor.Diagnostics) string {
	if len(problems) == 0 {
		return ""
	}
	return fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%#v", problems)))
}

func (a *api) listMonitors(ctx context.Context, input *monitorsInput, problems map[string]monitor.Diagnostics) (client.Page[client.Monitor], error) {
	page, err := input.byName(monitorList)
	if err != nil {
		return client.Page[client.Monitor]{}, err
	}
	labels, err := parseLabels(input.Label)
	if err != nil {
		return client.Page[client.Monitor]{}, err
	}
	views, err := a.store.Monitors(ctx, store.MonitorFilter{
		Query:   input.Query,
		Enabled: input.Enabled.pointer(),
		Health:  monitor.Health(input.Health),
		Labels:  labels,
		Now:     a.store.Now(),
	}, page)
	if err != nil {
		return client.Page[client.Monitor]{}, err
	}
	show := func(v *store.MonitorView) client.Monitor { return showMonitor(v, problems[v.Monitor.Name]) }
	return pageOf(monitorList, views, input.Limit, show, func(v *store.MonitorView) string { return v.Monitor.Name }), nil
}

func parseLabels(texts []string) (map[string]string, error) {
	labels := make(map[string]string, len(texts))
	for _, text := range texts {
		name, value, ok := strings.Cut(text, ":")
		if !ok || name == "" {
			return nil, monitor.Errorf(monitor.CodeInvalid, "label: %q is not of the form name:value", text)
		}
		if other, twice := labels[name]; twice && other != value {
			return nil, monitor.Errorf(monitor.CodeInvalid, "label: a monitor has one %s, and this asks for %q and %q", name, other, value)
		}
		labels[name] = value
	}
	return labels, nil
}

func (a *api) readMonitor(ctx context.Context, name string) (client.Monitor, error) {
	view, err := a.store.Monitor(ctx, name)
	if err != nil {
		return client.Monitor{}, err
	}
	shown := showMonitor(&view, a.problems()[name])
	shown.ReadOnly, _ = a.readOnly(name, &view)
	return shown, nil
}

func showMonitor(v *store.MonitorView, problems monitor.Diagnostics) client.Monitor {
	options := &v.Declaration.Options
	labels := options.Labels
	if labels == nil {
		labels = map[string]string{}
	}
	schedule := v.Monitor.Schedule
	if !v.Monitor.Enabled {
		// They are kept for when it is enabled again, and nothing is due until then.
		schedule.NextSearchAt, schedule.NextUpdateAt = time.Time{}, time.Time{}
	}
	return client.Monitor{
		ID:            v.Monitor.ID,
		Name:          v.Monitor.Name,
		Enabled:       v.Monitor.Enabled,
		Health:        string(v.Health),
		LastProvenAt:  moment(v.LastProvenAt),
		Summary:       v.Declaration.Summary,
		Documentation: v.Documentation,
		Labels:        labels,
		Version:       v.Version,
		Hash:          v.Hash,
		ETag:          versionTag(v.Monitor.VersionID),
		Source:        string(v.Monitor.Source),
		Solvable:      options.Solvable,
		ModelIDKey:    options.ModelIDKey,
		IssuesFields:  issuesFields(options.Notifications),
		SearchCron:    options.SearchCron,
		UpdateCron:    options.UpdateCron,
		NextSearchAt:  moment(schedule.NextSearchAt),
		NextUpdateAt:  moment(schedule.NextUpdateAt),
		Busy:          schedule.Busy,
		LastExecution: showLastExecution(v.LastExecution),
		ActiveIssues:  v.ActiveIssues,
		ActiveAlerts:  v.ActiveAlerts,
		Problems:      client.DiagnosticsOf(problems),
	}
}

// issuesFields are the fields that any of the notifications shows, each once.
func issuesFields(notifications []monitor.Notification) []string {
	fields := []string{}
	for i := range notifications {
		for _, field := range notifications[i].IssuesFields {
			if !slices.Contains(fields, field) {
				fields = append(fields, field)
			}
		}
	}
	return fields
}

func showLastExecution(e *monitor.Execution) *client.LastExecution {
	if e == nil {
		return nil
	}
	return &client.LastExecution{
		ID:         e.ID,
		Status:     string(e.Status),
		Tasks:      e.Tasks.Names(),
		QueuedAt:   e.QueuedAt.UTC(),
		StartedAt:  moment(e.StartedAt),
		FinishedAt: moment(e.FinishedAt),
		Error:      e.Report.Error,
	}
}
