package httpapi

import (
	"errors"
	"net/http"
	"reflect"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// queryProblem is the problem of a database that did not give what was asked for:
// with the failure as a monitor's code would see it.
type queryProblem struct {
	huma.ErrorModel
	Failure client.Failure `json:"failure" doc:"As the code of a monitor would see it."`
}

// failedQuery is the problem of an error, which is a *monitor.Failure.
func failedQuery(err error) *queryProblem {
	failure, ok := errors.AsType[*monitor.Failure](err)
	if !ok {
		failure = &monitor.Failure{Kind: monitor.FailureQuery, Message: err.Error()}
	}
	const status = http.StatusUnprocessableEntity
	return &queryProblem{
		ErrorModel: huma.ErrorModel{Title: http.StatusText(status), Status: status, Detail: failure.Message},
		Failure:    *client.FailureOf(failure),
	}
}

// mayFail has the document say that a registered operation may answer with a
// [queryProblem]: registering it says that its problems are like all others. The
// operation was registered with responses of its own.
func (a *api) mayFail(op huma.Operation) {
	op.Responses[strconv.Itoa(http.StatusUnprocessableEntity)] = &huma.Response{
		Description: "The request is wrong, or the database did not give what was asked for: then with its failure.",
		Content: map[string]*huma.MediaType{"application/problem+json": {Schema: &huma.Schema{AnyOf: []*huma.Schema{
			a.schemaOf(reflect.TypeFor[queryProblem]()), a.schemaOf(reflect.TypeFor[huma.ErrorModel]()),
		}}}},
	}
}

// schemaOf is a type's schema in the document.
func (a *api) schemaOf(t reflect.Type) *huma.Schema {
	return a.huma.OpenAPI().Components.Schemas.Schema(t, true, "")
}
