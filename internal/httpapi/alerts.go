package httpapi

import (
	"context"
	"net/http"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

func (a *api) registerAlerts() {
	register(a, operation{
		method: http.MethodGet, path: "/api/v1/alerts", id: "list-alerts", role: Viewer,
		summary: "List alerts, newest first or by priority",
	}, func(ctx context.Context, input *alertsInput) (shared[client.Page[client.Alert]], error) {
		return share(ctx, a, alertList, *input, func(ctx context.Context) (client.Page[client.Alert], error) { return a.listAlerts(ctx, input) })
	})
	register(a, operation{
		method: http.MethodGet, path: "/api/v1/alerts/{id}", id: "get-alert", role: Viewer,
		summary: "Read an alert", errors: []int{http.StatusNotFound},
	}, func(ctx context.Context, input *IDInput) (client.Alert, error) { return a.readAlert(ctx, input.ID) })
}

// IDInput names a row.
type IDInput struct {
	ID int64 `path:"id" minimum:"1"`
}

type alertsInput struct {
	Paging
	Monitor      string         `query:"monitor" maxLength:"200" doc:"The name of a monitor."`
	Query        string         `query:"q" maxLength:"200" doc:"A part of the monitor's name."`
	Label        []string       `query:"label,explode" maxItems:"20" doc:"name:value, which the monitor must have; may be given several times."`
	Status       string         `query:"status" enum:"active,solved"`
	Priority     []int          `query:"priority,explode" minimum:"1" maximum:"5" maxItems:"5" doc:"May be given several times: any of them."`
	Locked       optional[bool] `query:"locked"`
	Acknowledged optional[bool] `query:"acknowledged" doc:"Acknowledged at its present priority (is_priority_acknowledged)."`
	Silenced     optional[bool] `query:"silenced" doc:"Active, and a silence keeps people from being told of it for now."`
	Sort         string         `query:"sort" enum:"newest,priority" default:"newest" doc:"priority: the most important first, and newest first among equals; with status=active only."`
}

func (a *api) listAlerts(ctx context.Context, input *alertsInput) (client.Page[client.Alert], error) {
	filter, err := input.filter()
	if err != nil {
		return client.Page[client.Alert]{}, err
	}
	order := newestAlerts
	if filter.ByPriority {
		order = urgentAlerts
	}
	page, err := order.page(input.Paging)
	if err != nil {
		return client.Page[client.Alert]{}, err
	}
	views, err := a.store.Alerts(ctx, filter, page)
	if err != nil {
		return client.Page[client.Alert]{}, err
	}
	silenced, err := a.silenced(ctx, views)
	if err != nil {
		return client.Page[client.Alert]{}, err
	}
	show := func(v *store.AlertView) client.Alert { return showAlert(v, silenced[v.ID]) }
	return pageOf(order.list, views, input.Limit, show, order.place), nil
}

// filter is what is asked of the store.
func (input *alertsInput) filter() (store.AlertFilter, error) {
	filter := store.AlertFilter{
		Monitor:      input.Monitor,
		Query:        input.Query,
		Status:       monitor.AlertStatus(input.Status),
		Locked:       input.Locked.pointer(),
		Acknowledged: input.Acknowledged.pointer(),
		Silenced:     input.Silenced.pointer(),
		ByPriority:   input.Sort == "priority",
	}
	for _, priority := range input.Priority {
		filter.Priorities = append(filter.Priorities, monitor.Priority(priority))
	}
	if filter.ByPriority && filter.Status != monitor.AlertActive {
		return filter, monitor.Errorf(monitor.CodeInvalid, "sort: only active alerts can be listed by priority: say status=active as well")
	}
	var err error
	filter.Labels, err = parseLabels(input.Label)
	return filter, err
}

func (a *api) readAlert(ctx context.Context, id int64) (client.Alert, error) {
	view, err := a.store.Alert(ctx, id)
	if err != nil {
		return client.Alert{}, err
	}
	silenced, err := a.silenced(ctx, []store.AlertView{view})
	return showAlert(&view, silenced[id]), err
}

// silenced tells which silences keep people from being told of alerts.
func (a *api) silenced(ctx context.Context, views []store.AlertView) (map[int64][]int64, error) {
	var active []int64
	for i := range views {
		if views[i].Status == monitor.AlertActive {
			active = append(active, views[i].ID)
		}
	}
	if len(active) == 0 {
		return nil, nil
	}
	return a.store.SilencedAlerts(ctx, active, a.store.Now())
}

func showAlert(v *store.AlertView, silences []int64) client.Alert {
	active := v.Status == monitor.AlertActive
	shown := client.Alert{
		ID:                     v.ID,
		Monitor:                v.MonitorName,
		Status:                 string(v.Status),
		Priority:               int(v.Priority),
		Acknowledged:           v.Acknowledged,
		IsPriorityAcknowledged: v.IsPriorityAcknowledged(),
		Locked:                 v.Locked,
		Silenced:               len(silences) > 0,
		Silences:               append([]int64{}, silences...),
		CanAcknowledge:         active && !v.IsPriorityAcknowledged(),
		CanLock:                active && !v.Locked,
		CanSolve:               active && !v.Solvable,
		ActiveIssues:           v.ActiveIssues,
		CreatedAt:              v.CreatedAt.UTC(),
		UpdatedAt:              v.UpdatedAt.UTC(),
		SolvedAt:               moment(v.SolvedAt),
	}
	if v.Acknowledged {
		priority := int(v.AcknowledgePriority)
		shown.AcknowledgePriority = &priority
	}
	return shown
}
