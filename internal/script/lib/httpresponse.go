package lib

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// shownBody is how much of a body is shown that is no JSON.
const shownBody = 100

// responseValue is what http gives. A body that is no text is bytes: those, too,
// have a stored form.
func responseValue(request monitor.Request, response monitor.Response) starlark.Value {
	headers := starlark.NewDict(len(response.Headers))
	for _, name := range slices.Sorted(maps.Keys(response.Headers)) {
		// A new dict takes any text as a key.
		_ = headers.SetKey(starlark.String(name), starlark.String(response.Headers[name]))
	}
	var body starlark.Value = starlark.Bytes(response.Body)
	if utf8.ValidString(response.Body) {
		body = starlark.String(response.Body)
	}
	return starlarkstruct.FromStringDict(starlark.String("response"), starlark.StringDict{
		"status":  starlark.MakeInt(response.Status),
		"headers": headers,
		"body":    body,
		"json": script.Method("json", body, func(s *script.Scope) (starlark.Value, error) {
			return decodeBody(s, request, response)
		}),
	})
}

func decodeBody(s *script.Scope, request monitor.Request, response monitor.Response) (starlark.Value, error) {
	if !utf8.ValidString(response.Body) {
		return nil, notJSON(request, response, "it is not UTF-8 text")
	}
	values, err := s.Decode(monitor.Data(strings.TrimPrefix(response.Body, "\ufeff")))
	switch {
	case err != nil && s.Stopped():
		return nil, err
	case err != nil:
		return nil, notJSON(request, response, err.Error())
	}
	return values[0], nil
}

// notJSON is a failure of the server that answered, not of the code that asked.
func notJSON(request monitor.Request, response monitor.Response, why string) error {
	message := fmt.Sprintf("%s %s: the body is no JSON (%s): %s", request.Method, request.Where(), contentType(response), why)
	beginning := strings.Join(strings.Fields(response.Body), " ")
	if len(beginning) > shownBody {
		beginning = strings.ToValidUTF8(beginning[:shownBody], "") + "..."
	}
	if beginning != "" && utf8.ValidString(beginning) {
		message += "; it begins with " + beginning
	}
	return &monitor.Failure{Kind: monitor.FailureHTTP, Message: message}
}

func contentType(response monitor.Response) string {
	if given := response.Headers["content-type"]; given != "" {
		return given
	}
	return "without a content type"
}
