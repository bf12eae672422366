package httpapi

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/trial"
)

const (
	// tryTimeout bounds a try beside its own limits, which a monitor's
	// execution_timeout may have made long.
	tryTimeout = time.Hour
	// maxTries is how many may be under way at a time: they take memory and
	// connections from the runs of a process that also executes.
	maxTries = 4
	// tryAgain is how many seconds somebody should wait who found no place.
	tryAgain = "5"
)

func (a *api) registerTry() {
	const path = "/api/v1/try"
	register(a, operation{
		method: http.MethodPost, path: path, id: "try", role: Editor, timeout: tryTimeout, maxBody: maxUpload, repeating: doneAgain,
		summary: "Run a monitor's files for real, and tell what a run would have written; nothing is stored",
	}, a.try)
	a.describeInvalid(a.huma.OpenAPI().Paths[path].Post)
}

type tryInput struct{ Body client.TryRequest }

func (a *api) try(ctx context.Context, input *tryInput) (client.Preview, error) {
	request, err := a.tryRequest(ctx, &input.Body)
	if err != nil {
		return client.Preview{}, err
	}
	// What could not be registered is not tried either.
	program, diagnostics := a.catalog.Check(request.Name, request.Files)
	if program == nil {
		return client.Preview{}, newInvalid(diagnostics)
	}
	leave, err := a.takePlace()
	if err != nil {
		return client.Preview{}, err
	}
	defer leave()
	preview, diagnostics, err := a.trier.Try(ctx, request)
	if diagnostics.HasErrors() {
		return client.Preview{}, newInvalid(diagnostics)
	}
	return preview, err
}

// tryRequest adds what is stored of the monitor that has the draft's name.
func (a *api) tryRequest(ctx context.Context, r *client.TryRequest) (trial.Request, error) {
	request := trial.Request{Name: r.Name, Files: r.Files}
	if r.Tasks != nil {
		tasks, err := monitor.ParseTasks(r.Tasks)
		if err != nil {
			return request, monitor.Errorf(monitor.CodeInvalid, "tasks: %w", err)
		}
		request.Tasks = tasks
	}
	if r.Issues != nil {
		request.Issues = make([]monitor.Data, len(r.Issues))
		for i, data := range r.Issues {
			request.Issues[i] = monitor.Data(data)
		}
	}
	snapshot, err := a.store.Snapshot(ctx, r.Name)
	if monitor.CodeOf(err) == monitor.CodeNotFound {
		return request, nil
	}
	request.Snapshot = snapshot
	request.Closed = func(ctx context.Context, modelIDs []string) (map[string]bool, error) {
		return a.store.ClosedModelIDs(ctx, snapshot.Monitor.ID, modelIDs)
	}
	return request, err
}

// takePlace takes one of the places of what runs code that is not registered, which
// are few: a try or tests. leave gives it back.
func (a *api) takePlace() (leave func(), err error) {
	select {
	case a.tries <- struct{}{}:
		return func() { <-a.tries }, nil
	default:
		return nil, &refusal{
			status: http.StatusTooManyRequests,
			detail: fmt.Sprintf("%d monitors are being tried or tested, which is all at a time: wait until one has ended", maxTries),
			header: http.Header{"Retry-After": {tryAgain}},
		}
	}
}
