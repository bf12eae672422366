package httpapi

import (
	"net/http"
	"reflect"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/vedettehq/vedette/internal/catalog"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// invalid is the problem of code with mistakes: it names them all.
type invalid struct {
	huma.ErrorModel
	Diagnostics []client.Diagnostic `json:"diagnostics,omitempty" nullable:"false" doc:"All findings in the code, at least one of which is an error."`
}

func newInvalid(diagnostics monitor.Diagnostics) error {
	const status = http.StatusUnprocessableEntity
	return &invalid{
		ErrorModel:  huma.ErrorModel{Status: status, Title: http.StatusText(status), Detail: catalog.Invalid(diagnostics).Error()},
		Diagnostics: client.DiagnosticsOf(diagnostics),
	}
}

// describeInvalid has the document say that an operation's 422 may name mistakes in
// code.
func (a *api) describeInvalid(op *huma.Operation) {
	schema := a.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[invalid](), true, "InvalidCode")
	response := op.Responses[strconv.Itoa(http.StatusUnprocessableEntity)]
	response.Content = map[string]*huma.MediaType{"application/problem+json": {Schema: schema}}
}

// describeCreated has the document say that an operation answers 201 if it made
// something, with what it answers else.
func (a *api) describeCreated(op *huma.Operation) {
	created := *op.Responses[strconv.Itoa(http.StatusOK)]
	created.Description = http.StatusText(http.StatusCreated)
	op.Responses[strconv.Itoa(http.StatusCreated)] = &created
}
