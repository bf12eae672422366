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
		summary: "List alerts, newest first",
	}, func(ctx context.Context, input *alertsInput) (shared[client.Page[client.Alert]], error) {
		return share(ctx, a, alertList, input, func(ctx context.Context) (client.Page[client.Alert], error) { return a.listAlerts(ctx, input) })
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
	Status       string         `query:"status" enum:"active,solved"`
	Priority     int            `query:"priority" minimum:"1" maximum:"5"`
	Acknowledged optional[bool] `query:"acknowledged" doc:"Acknowledged at its present priority (is_priority_acknowledged)."`
	Silenced     optional[bool] `query:"silenced" doc:"Active, and a silence keeps people from being told of it for now."`
}

func (a *api) listAlerts(ctx context.Context, input *alertsInput) (client.Page[client.Alert], error) {
	page, err := input.byID(alertList)
	if err != nil {
		return client.Page[client.Alert]{}, err
	}
	views, err := a.store.Alerts(ctx, store.AlertFilter{
		Monitor:      input.Monitor,
		Status:       monitor.AlertStatus(input.Status),
		Priority:     monitor.Priority(input.Priority),
		Acknowledged: input.Acknowledged.pointer(),
		Silenced:     input.Silenced.pointer(),
	}, page)
	if err != nil {
		return client.Page[client.Alert]{}, err
	}
	silenced, err := a.silenced(ctx, views)
	if err != nil {
		return client.Page[client.Alert]{}, err
	}
	show := func(v *store.AlertView) client.Alert { return showAlert(v, silenced[v.ID]) }
	return pageOf(alertList, views, input.Limit, show, func(v *store.AlertView) string { return idPlace(v.ID) }), nil
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
