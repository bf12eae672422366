package httpapi

import (
	"context"
	"net/http"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
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
	return a.changeMonitor(ctx, input.Name, func(d *monitor.Declaration) lifecycle.Action {
		return lifecycle.SetEnabled(d, enabled, a.person(ctx, input.Body))
	})
}

func (a *api) refreshMonitor(ctx context.Context, input *refreshInput) (client.Monitor, error) {
	var tasks monitor.Tasks
	if input.Body != nil {
		var err error
		if tasks, err = monitor.ParseTasks(input.Body.Tasks); err != nil {
			return client.Monitor{}, monitor.Errorf(monitor.CodeInvalid, "tasks: %w", err)
		}
	}
	return a.changeMonitor(ctx, input.Name, func(d *monitor.Declaration) lifecycle.Action {
		if tasks == 0 {
			tasks = d.Tasks()
		}
		return lifecycle.Refresh(d, tasks, a.person(ctx, nil))
	})
}

// changeMonitor does what somebody asks for with a monitor, by what its current
// version declares, and gives the monitor as it is then.
func (a *api) changeMonitor(ctx context.Context, name string, action func(*monitor.Declaration) lifecycle.Action) (client.Monitor, error) {
	view, err := a.store.Monitor(ctx, name)
	if err != nil {
		return client.Monitor{}, err
	}
	if _, err := a.store.Change(ctx, store.Scope{Monitor: name}, a.store.Now(), action(&view.Declaration)); err != nil {
		return client.Monitor{}, err
	}
	return a.readMonitor(ctx, name)
}

// person is who sent the request, with what they have to say.
func (a *api) person(ctx context.Context, comment *client.Comment) lifecycle.Person {
	person := lifecycle.Person{Actor: caller(ctx).name, Now: a.store.Now()}
	if comment != nil {
		person.Comment = comment.Comment
	}
	return person
}

// declaration is what the code of an alert's or issue's monitor declares. A
// deleted monitor has nothing active, so that every action is refused, whatever
// it had declared.
func (a *api) declaration(ctx context.Context, name string) (*monitor.Declaration, error) {
	view, err := a.store.Monitor(ctx, name)
	if monitor.CodeOf(err) == monitor.CodeNotFound {
		return &monitor.Declaration{}, nil
	}
	return &view.Declaration, err
}
