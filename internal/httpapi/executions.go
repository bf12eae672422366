package httpapi

import (
	"context"
	"net/http"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

func (a *api) registerExecutions() {
	register(a, operation{
		method: http.MethodGet, path: "/api/v1/executions", id: "list-executions", role: Viewer,
		summary: "List executions, newest first",
	}, func(ctx context.Context, input *executionsInput) (shared[client.Page[client.Execution]], error) {
		return keep(ctx, a, executionList, *input, func(ctx context.Context) (client.Page[client.Execution], error) { return a.listExecutions(ctx, input) })
	})
	register(a, operation{
		method: http.MethodGet, path: "/api/v1/executions/{id}", id: "get-execution", role: Viewer,
		summary: "Read an execution with its log", errors: []int{http.StatusNotFound},
	}, a.readExecution)
}

type executionsInput struct {
	Paging
	Monitor string `query:"monitor" maxLength:"200" doc:"The name of a monitor."`
	Status  string `query:"status" enum:"queued,running,succeeded,failed,lost,cancelled"`
}

func (a *api) listExecutions(ctx context.Context, input *executionsInput) (client.Page[client.Execution], error) {
	filter := store.ExecutionFilter{Monitor: input.Monitor, Status: monitor.ExecutionStatus(input.Status)}
	return listByID(input.Paging, executionList, func(page store.Page) ([]store.ExecutionView, error) {
		return a.store.Executions(ctx, filter, page)
	}, showExecution, func(v *store.ExecutionView) int64 { return v.ID })
}

func (a *api) readExecution(ctx context.Context, input *IDInput) (client.Execution, error) {
	view, err := a.store.Execution(ctx, input.ID)
	if err != nil {
		return client.Execution{}, err
	}
	return showExecution(&view), nil
}

func showExecution(v *store.ExecutionView) client.Execution {
	shown := client.Execution{
		ID:         v.ID,
		Monitor:    v.MonitorName,
		Tasks:      v.Tasks.Names(),
		Status:     string(v.Status),
		QueuedAt:   v.QueuedAt.UTC(),
		StartedAt:  moment(v.StartedAt),
		FinishedAt: moment(v.FinishedAt),
		Routines:   client.RoutinesOf(v.Report.Routines),
		Counts:     client.Counts(v.Report.Counts),
		Error:      v.Report.Error,
		Truncated:  v.Report.Truncated,
		Incomplete: v.Report.Incomplete,
		Log:        client.LogOf(v.Report.Log),
	}
	if v.Version != 0 {
		shown.Version = &v.Version
	}
	return shown
}
