package httpapi

import (
	"context"
	"net/http"

	"github.com/vedettehq/vedette/internal/client"
)

func (a *api) registerValidate() {
	register(a, operation{
		method: http.MethodPost, path: "/api/v1/validate", id: "validate", role: Editor,
		summary: "Find the mistakes in a monitor's files; nothing is stored", maxBody: maxUpload, repeating: doneAgain,
	}, a.validate)
}

type validateInput struct{ Body client.Draft }

func (a *api) validate(_ context.Context, input *validateInput) (client.Validity, error) {
	program, diagnostics := a.catalog.Check(input.Body.Name, input.Body.Files)
	return client.Validity{Valid: program != nil, Diagnostics: client.DiagnosticsOf(diagnostics)}, nil
}
