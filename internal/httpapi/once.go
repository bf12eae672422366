package httpapi

import (
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"
)

// once refuses parameters that are given several times, but for those that may be:
// one of the values would be taken without a word.
func (a *api) once(ctx huma.Context, next func(huma.Context)) {
	address := ctx.URL()
	var repeated []error
	for name, values := range address.Query() {
		if len(values) > 1 && !mayRepeat(ctx.Operation(), name) {
			repeated = append(repeated, &huma.ErrorDetail{Location: "query." + name, Message: "it is given several times, and can have one value"})
		}
	}
	if len(repeated) == 0 {
		next(ctx)
		return
	}
	// The only error is that of writing to somebody who is gone; huma tells it.
	_ = huma.WriteErr(a.huma, ctx, http.StatusUnprocessableEntity, "validation failed", repeated...)
}

// mayRepeat tells whether a parameter is a list. One that is not known is named as
// such by who looks at that.
func mayRepeat(op *huma.Operation, name string) bool {
	at := slices.IndexFunc(op.Parameters, func(p *huma.Param) bool { return p.In == "query" && p.Name == name })
	return at < 0 || op.Parameters[at].Schema.Type == huma.TypeArray
}
