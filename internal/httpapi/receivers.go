package httpapi

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notifier"
)

// testTimeout bounds how long services may take over a test.
const testTimeout = time.Minute

// Receivers tell people of alerts.
type Receivers interface {
	// Names lists them, sorted; Targets lists the keys of one's targets.
	Names() []string
	Targets(receiver string) []string
	// Test sends a test message; CodeNotFound if there is no such receiver.
	Test(ctx context.Context, receiver, actor string) ([]notifier.Tested, error)
}

func (a *api) registerReceivers() {
	register(a, operation{
		method: http.MethodGet, path: "/api/v1/receivers", id: "list-receivers", role: Viewer,
		summary: "List the receivers that monitors can name",
	}, a.listReceivers)
	register(a, operation{
		method: http.MethodPost, path: "/api/v1/receivers/{name}/test", id: "test-receiver", role: Responder,
		summary: "Send a test message to a receiver, and say what the services answered",
		timeout: testTimeout,
	}, a.testReceiver)
}

func (a *api) listReceivers(context.Context, *struct{}) (client.Page[client.Receiver], error) {
	page := client.Page[client.Receiver]{Items: []client.Receiver{}}
	for _, name := range a.receivers.Names() {
		page.Items = append(page.Items, client.Receiver{Name: name, Targets: a.receivers.Targets(name)})
	}
	return page, nil
}

type receiverInput struct {
	Name string `path:"name" maxLength:"200"`
}

func (a *api) testReceiver(ctx context.Context, input *receiverInput) (client.ReceiverTest, error) {
	tested, err := a.receivers.Test(ctx, input.Name, caller(ctx).name)
	if err != nil {
		return client.ReceiverTest{}, err
	}
	answer := client.ReceiverTest{Receiver: input.Name, Results: []client.ReceiverResult{}}
	for _, t := range tested {
		result := client.ReceiverResult{Target: t.Target, Sent: t.Err == nil, Seconds: t.Took.Seconds()}
		if t.Err != nil {
			result.Error = t.Err.Error()
		}
		answer.Results = append(answer.Results, result)
		a.log(ctx).InfoContext(ctx, "receiver tested", slog.String("receiver", input.Name), slog.String("target", t.Target),
			slog.Bool("sent", result.Sent), slog.String("error", result.Error))
	}
	return answer, nil
}

// noReceivers is a configuration without any.
type noReceivers struct{}

func (noReceivers) Names() []string { return nil }

func (noReceivers) Targets(string) []string { return nil }

func (noReceivers) Test(_ context.Context, receiver, _ string) ([]notifier.Tested, error) {
	return nil, monitor.Errorf(monitor.CodeNotFound, "receiver %q is not configured: there is none", receiver)
}
