package httpapi

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// once refuses parameters that are given several times, but for those that may be:
// one of the values would be taken without a word. Those that are given without any
// would be passed over unless they come last.
func (a *api) once(ctx huma.Context, next func(huma.Context)) {
	address := ctx.URL()
	var wrong []error
	refuse := func(name, message string) {
		wrong = append(wrong, &huma.ErrorDetail{Location: "query." + name, Message: message})
	}
	values := address.Query()
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if len(values[name]) > 1 && !mayRepeat(ctx.Operation(), name) {
			refuse(name, "it is given several times, and can have one value")
		}
	}
	for part := range strings.SplitSeq(address.RawQuery, "&") {
		if part != "" && !strings.Contains(part, "=") {
			refuse(part, "it has no value: a parameter is written as name=value")
		}
	}
	if len(wrong) == 0 {
		next(ctx)
		return
	}
	// The only error is that of writing to somebody who is gone; huma tells it.
	_ = huma.WriteErr(a.huma, ctx, http.StatusUnprocessableEntity, "validation failed", wrong...)
}

// mayRepeat tells whether a parameter is a list. One that is not known is named as
// such by who looks at that.
func mayRepeat(op *huma.Operation, name string) bool {
	at := slices.IndexFunc(op.Parameters, func(p *huma.Param) bool { return p.In == "query" && p.Name == name })
	return at < 0 || op.Parameters[at].Schema.Type == huma.TypeArray
}
