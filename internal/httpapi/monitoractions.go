package httpapi

import (
	"context"
	"net/http"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
)

func (a *api) registerMonitorActions() {
	const path = "/api/v1/monitors/{name}"
	register(a, operation{
		method: http.MethodPost, path: path + "/enable", id: "enable-monitor", role: Responder,
		summary: "Have a monitor scheduled again",
	}, func(ctx context.Context, input *monitorActionInput) (client.Monitor, error) {
		return a.setEnabled(ctx, input, true)
	})
	register(a, operation{
		method: http.MethodPost, path: path + "/disable", id: "disable-monitor", role: Responder,
		summary: "Have a monitor scheduled no more",
	}, func(ctx context.Context, input *monitorActionInput) (client.Monitor, error) {
		return a.setEnabled(ctx, input, false)
	})
	register(a, operation{
		method: http.MethodPost, path: path + "/refresh", id: "refresh-monitor", role: Responder, status: http.StatusAccepted,
		summary: "Make tasks of a monitor due now",
	}, a.refreshMonitor)
}

type monitorActionInput struct {
	MonitorInput
	Body *client.Comment
}

type refreshInput struct {
	MonitorInput
	Body *client.RefreshRequest
}

func (a *api) setEnabled(ctx context.Context, input *monitorActionInput, enabled bool) (client.Monitor, error) {
	if err := a.desk.SetEnabled(ctx, a.person(ctx, input.Body), input.Name, enabled); err != nil {
		return client.Monitor{}, err
	}
	return a.readMonitor(ctx, input.Name)
}

func (a *api) refreshMonitor(ctx context.Context, input *refreshInput) (client.Monitor, error) {
	var tasks monitor.Tasks
	if input.Body != nil {
		var err error
		if tasks, err = monitor.ParseTasks(input.Body.Tasks); err != nil {
			return client.Monitor{}, monitor.Errorf(monitor.CodeInvalid, "tasks: %w", err)
		}
	}
	if err := a.desk.Refresh(ctx, a.person(ctx, nil), input.Name, tasks); err != nil {
		return client.Monitor{}, err
	}
	return a.readMonitor(ctx, input.Name)
}

// person is who sent the request, with what they have to say.
func (a *api) person(ctx context.Context, comment *client.Comment) lifecycle.Person {
	person := lifecycle.Person{Actor: caller(ctx).name, Now: a.store.Now()}
	if comment != nil {
		person.Comment = comment.Comment
	}
	return person
}
