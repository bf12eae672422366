package httpapi

import (
	"context"
	"net/http"

	"github.com/vedettehq/vedette/internal/acting"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/lifecycle"
)

// alertAction is something that people do with alerts (R60-R62).
type alertAction struct {
	name    string
	summary string
	do      func(desk *acting.Desk, ctx context.Context, by lifecycle.Person, alertID int64) error
}

func (a *api) registerAlertActions() {
	for _, action := range []alertAction{
		{name: "acknowledge", do: (*acting.Desk).Acknowledge, summary: "Say that somebody knows of the alert, as important as it is now"},
		{name: "lock", do: (*acting.Desk).Lock, summary: "Have new issues go to another alert"},
		{name: "unlock", do: (*acting.Desk).Unlock, summary: "Let the alert gain issues again"},
		{name: "solve", do: (*acting.Desk).SolveAlert, summary: "Solve the alert and its issues, where no run can"},
	} {
		register(a, operation{
			method: http.MethodPost, path: "/api/v1/alerts/{id}/" + action.name, id: action.name + "-alert", role: Responder,
			summary: action.summary,
		}, func(ctx context.Context, input *idActionInput) (client.Alert, error) {
			return a.changeAlert(ctx, input, action)
		})
	}
}

type idActionInput struct {
	IDInput
	Body *client.Comment
}

func (a *api) changeAlert(ctx context.Context, input *idActionInput, action alertAction) (client.Alert, error) {
	if err := action.do(a.desk, ctx, a.person(ctx, input.Body), input.ID); err != nil {
		return client.Alert{}, err
	}
	return a.readAlert(ctx, input.ID)
}
