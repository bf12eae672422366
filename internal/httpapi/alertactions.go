package httpapi

import (
	"context"
	"net/http"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// alertAction is something that people do with alerts (R60-R62).
type alertAction struct {
	name    string
	summary string
	do      func(*monitor.Declaration, lifecycle.Person) lifecycle.Action
	// issues tells whether it needs to know the alert's issues.
	issues bool
}

func (a *api) registerAlertActions() {
	for _, action := range []alertAction{
		{name: "acknowledge", do: lifecycle.Acknowledge, summary: "Say that somebody knows of the alert, as important as it is now"},
		{name: "lock", do: lifecycle.Lock, summary: "Have new issues go to another alert"},
		{name: "unlock", do: lifecycle.Unlock, summary: "Let the alert gain issues again"},
		{name: "solve", do: lifecycle.SolveAlert, summary: "Solve the alert and its issues, where no run can", issues: true},
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
	alert, err := a.store.Alert(ctx, input.ID)
	if err != nil {
		return client.Alert{}, err
	}
	declaration, err := a.declaration(ctx, alert.MonitorName)
	if err != nil {
		return client.Alert{}, err
	}
	scope := store.Scope{AlertID: input.ID, Issues: action.issues}
	if _, err := a.store.Change(ctx, scope, a.store.Now(), action.do(declaration, a.person(ctx, input.Body))); err != nil {
		return client.Alert{}, err
	}
	return a.readAlert(ctx, input.ID)
}
