package httpapi

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-chi/chi/v5"

	"github.com/vedettehq/vedette/internal/monitor"
)

// retryAfter is how many seconds somebody should wait who got a 503: locks are
// had, and databases are back, within moments.
const retryAfter = "1"

// problem turns an error into the answer that says it (RFC 9457). What is our own
// fault is logged here, and told without details.
func (a *api) problem(ctx context.Context, err error) error {
	if refused, ok := errors.AsType[*refusal](err); ok {
		return refused.problem()
	}
	if _, ok := errors.AsType[huma.StatusError](err); ok {
		return err
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return huma.NewError(http.StatusServiceUnavailable, "whoever sent the request is gone")
	}
	status := statusOf(err)
	if status == http.StatusInternalServerError {
		a.logger.ErrorContext(ctx, "request failed", slog.Any("error", err), slog.String("request_id", requestOf(ctx).id))
		return huma.NewError(status, internalDetail(ctx))
	}
	problem := huma.NewError(status, err.Error())
	if status == http.StatusServiceUnavailable {
		return huma.ErrorWithHeaders(problem, http.Header{"Retry-After": {retryAfter}})
	}
	return problem
}

// statusOf is the one place that maps what an error means to a status.
func statusOf(err error) int {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, errTooLong) {
		return http.StatusServiceUnavailable
	}
	switch monitor.CodeOf(err) {
	case monitor.CodeInvalid:
		return http.StatusUnprocessableEntity
	case monitor.CodeNotFound:
		return http.StatusNotFound
	case monitor.CodeConflict:
		return http.StatusConflict
	case monitor.CodeStale:
		return http.StatusPreconditionFailed
	case monitor.CodeForbidden:
		return http.StatusForbidden
	case monitor.CodeUnavailable, monitor.CodeSchema:
		return http.StatusServiceUnavailable
	default:
		return http.StatusInternalServerError
	}
}

func internalDetail(ctx context.Context) string {
	return "something went wrong here; the log says more of request " + requestOf(ctx).id
}

// writeProblem answers what does not come as far as an operation.
func writeProblem(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	ignoreGone(0, writeJSON(w, huma.ErrorModel{Title: http.StatusText(status), Status: status, Detail: detail}))
}

func notFound(w http.ResponseWriter, r *http.Request) {
	writeProblem(w, http.StatusNotFound, "there is nothing at "+r.URL.Path)
}

// methods are those that anything is served by.
var methods = []string{http.MethodDelete, http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut}

// methodNotAllowed names the methods that a place does understand, as it has to.
func methodNotAllowed(routes chi.Routes) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var allowed []string
		for _, method := range methods {
			if routes.Match(chi.NewRouteContext(), method, r.URL.Path) {
				allowed = append(allowed, method)
			}
		}
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		writeProblem(w, http.StatusMethodNotAllowed, r.URL.Path+" does not understand "+r.Method)
	}
}

// withoutValues takes the offending values out of problems: one of them may be a
// secret that was put into the wrong field. It names places as they were written.
func withoutValues(_ huma.Context, _ string, answer any) (any, error) {
	if problem, ok := answer.(*huma.ErrorModel); ok {
		for _, detail := range problem.Errors {
			if detail != nil {
				detail.Value = nil
				detail.Location = original.Replace(detail.Location)
			}
		}
	}
	return answer, nil
}
