package httpapi

import (
	"cmp"
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// maxBody bounds what an action may be sent with.
const maxBody = 64 << 10

// operation is one call of the API.
type operation struct {
	method string
	path   string
	// id names the operation in the OpenAPI document.
	id      string
	summary string
	// role is what it takes to call it.
	role Role
	// status of success; 0: 200.
	status int
	// errors are the statuses it may answer with, beside those of all operations.
	errors []int
	// timeout bounds the work on a request; 0: [requestTimeout], unbounded: it has
	// bounds of its own.
	timeout time.Duration
	// maxBody is the most bytes of its body; 0: [maxBody].
	maxBody int64
	// repeating is what becomes of posts that carry an Idempotency-Key.
	repeating repeating
}

// unbounded is the timeout of what ends otherwise.
const unbounded time.Duration = -1

// metadataTimeout is where an operation keeps what bounds it; there is nothing if
// it bounds itself.
const metadataTimeout = "timeout"

// output is an answer with a body.
type output[T any] struct{ Body T }

// register adds an operation. Errors of do are coded.
func register[I, T any](a *api, op operation, do func(context.Context, *I) (T, error)) {
	registerAnswer(a, op, func(ctx context.Context, input *I) (*output[T], error) {
		body, err := do(ctx, input)
		return &output[T]{body}, err
	})
}

// registerAnswer adds an operation whose answer has more than a body.
func registerAnswer[I, O any](a *api, op operation, do func(context.Context, *I) (*O, error)) {
	huma.Register(a.huma, op.described(), func(ctx context.Context, input *I) (*O, error) {
		answer, err := do(ctx, input)
		if err != nil {
			return nil, a.problem(ctx, err)
		}
		return answer, nil
	})
}

// described is the operation as the document has it.
func (op operation) described() huma.Operation {
	metadata := map[string]any{metadataRole: op.role}
	if op.timeout != unbounded {
		metadata[metadataTimeout] = cmp.Or(op.timeout, requestTimeout)
	}
	described := huma.Operation{
		Method:        op.method,
		Path:          op.path,
		OperationID:   op.id,
		Summary:       op.summary,
		Tags:          []string{tagOf(op.path)},
		Description:   "Takes the role " + op.role.String() + ".",
		DefaultStatus: op.status,
		MaxBodyBytes:  cmp.Or(op.maxBody, maxBody),
		// Once it is past, nobody notices that the sender is gone.
		BodyReadTimeout: max(readTimeout, op.timeout),
		Errors:          append(commonErrors(op), op.errors...),
		Metadata:        metadata,
		Extensions:      map[string]any{"x-role": op.role.String()},
		Security:        security,
	}
	if op.method == http.MethodPost {
		metadata[metadataRepeating] = op.repeating
	}
	if op.method == http.MethodPost && op.repeating == answeredAgain {
		described.Parameters = append(described.Parameters, keyParameter)
	}
	if op.role == Anyone {
		described.Description = "Anyone may call it."
		described.Security = nil
	}
	return described
}

// commonErrors are the statuses that every operation of a kind may answer with.
func commonErrors(op operation) []int {
	errors := []int{http.StatusBadRequest, http.StatusForbidden, http.StatusUnprocessableEntity, http.StatusServiceUnavailable}
	if op.role != Anyone {
		errors = append(errors, http.StatusUnauthorized, http.StatusTooManyRequests)
	}
	if op.method == http.MethodGet {
		return errors
	}
	return append(errors, http.StatusNotFound, http.StatusConflict, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
}
