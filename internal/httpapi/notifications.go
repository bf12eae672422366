package httpapi

import (
	"context"
	"net/http"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

func (a *api) registerNotifications() {
	register(a, operation{
		method: http.MethodGet, path: "/api/v1/notifications", id: "list-notifications", role: Viewer,
		summary: "List what is shown of alerts on which target, newest first",
	}, a.listNotifications)
	register(a, operation{
		method: http.MethodPost, path: "/api/v1/notifications/resend", id: "resend-notifications", role: Responder,
		status:  http.StatusAccepted,
		summary: "Compare what is shown of active alerts with how they are, and mend it",
	}, a.resendNotifications)
}

type notificationsInput struct {
	Paging
	AlertID int64 `query:"alert_id" minimum:"1"`
	Dead    bool  `query:"dead" doc:"Only those that are not tried again by themselves."`
}

func (a *api) listNotifications(ctx context.Context, input *notificationsInput) (client.Page[client.Notification], error) {
	return listByID(input.Paging, notificationList, func(page store.Page) ([]monitor.Notice, error) {
		return a.store.Notices(ctx, store.NoticeFilter{AlertID: input.AlertID, Dead: input.Dead}, page)
	}, showNotice, func(n *monitor.Notice) int64 { return n.ID })
}

func showNotice(n *monitor.Notice) client.Notification {
	return client.Notification{
		ID:        n.ID,
		AlertID:   n.AlertID,
		Target:    n.Target,
		Status:    string(n.Status),
		Dead:      n.Dead,
		Error:     n.Error,
		Attempts:  n.Attempts,
		CreatedAt: n.CreatedAt.UTC(),
		ClosedAt:  moment(n.ClosedAt),
	}
}

type resendInput struct{ Body *client.ResendRequest }

func (a *api) resendNotifications(ctx context.Context, input *resendInput) (client.Resent, error) {
	var name string
	if input.Body != nil {
		name = input.Body.Monitor
	}
	alerts, err := a.desk.Resend(ctx, a.person(ctx, nil), name)
	return client.Resent{Alerts: alerts}, err
}
