package httpapi

import (
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// refusal is why somebody does not come in.
type refusal struct {
	status int
	detail string
	header http.Header
}

func (r *refusal) Error() string { return r.detail }

// problem is the refusal as it is answered.
func (r *refusal) problem() error {
	return huma.ErrorWithHeaders(huma.NewError(r.status, r.detail), r.header)
}

// challenge is what every 401 has to carry.
const challenge = `Bearer realm="vedette"`

// unknown is the refusal of somebody who is not known.
func unknown(detail string) *refusal {
	return &refusal{status: http.StatusUnauthorized, detail: detail, header: http.Header{"Www-Authenticate": {challenge}}}
}

// howToSend ends what is said to those who sent no token, or no good one.
const howToSend = "vedette's commands send what VEDETTE_TOKEN holds, others a header `Authorization: Bearer TOKEN`; " +
	"an administrator makes tokens with `vedette token create NAME --role ROLE`"

var errNoToken = unknown("a token is needed here: " + howToSend)

// refuse answers a request that does not come as far as its operation.
func (a *api) refuse(ctx huma.Context, err error) {
	problem := a.problem(ctx.Context(), err)
	if with, ok := errors.AsType[huma.HeadersError](problem); ok {
		for name, values := range with.GetHeaders() {
			for _, value := range values {
				ctx.SetHeader(name, value)
			}
		}
	}
	answer, ok := errors.AsType[huma.StatusError](problem)
	if !ok {
		answer = huma.NewError(http.StatusInternalServerError, internalDetail(ctx.Context()))
	}
	// The only error is that of writing to somebody who is gone; huma tells it.
	_ = huma.WriteErr(a.huma, ctx, answer.GetStatus(), answer.Error())
}
