package httpapi

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
	"github.com/go-chi/chi/v5"

	"github.com/vedettehq/vedette/internal/telemetry"
)

// nullableObjects are fields that hold an object or null, which huma does not
// describe: by schema, the field.
var nullableObjects = map[string]string{
	"Monitor":      "last_execution",
	"PreviewQuery": "sample",
	"Registered":   "last_execution",
	"Routine":      "error",
}

// Document gives the OpenAPI document of the API, for those who make clients of it.
// It is the one that is served, but for the version of the server.
func Document() ([]byte, error) {
	a := &api{logger: slog.New(slog.DiscardHandler)}
	a.huma = humachi.New(chi.NewRouter(), humaConfig(telemetry.Build{Version: "1"}))
	a.registerOperations()
	return a.document()
}

// document completes the description of the operations that are registered.
func (a *api) document() ([]byte, error) {
	document := a.huma.OpenAPI()
	schemas := document.Components.Schemas.Map()
	for name, field := range nullableObjects {
		object := schemas[name].Properties[field]
		schemas[name].Properties[field] = &huma.Schema{
			Description: object.Description,
			AnyOf:       []*huma.Schema{{Ref: object.Ref}, {Type: "null"}},
		}
	}
	document.Tags = tagsOf(document)
	text, err := json.Marshal(document)
	if err != nil {
		return nil, fmt.Errorf("encode the OpenAPI document: %w", err)
	}
	return text, nil
}

// serveDocument serves the OpenAPI document of the operations registered so far.
// It says nothing that is not public, so that it takes no role.
func (a *api) serveDocument(router chi.Router) error {
	text, err := a.document()
	if err != nil {
		return err
	}
	router.Get("/api/openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		ignoreGone(w.Write(text))
	})
	return nil
}

// tagOf sorts operations by what they are about: the first word of their path.
func tagOf(path string) string {
	tag, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(path, "/api/v1"), "/"), "/")
	return tag
}

// tagsOf lists the tags of all operations.
func tagsOf(document *huma.OpenAPI) []*huma.Tag {
	names := map[string]bool{}
	for path := range document.Paths {
		names[tagOf(path)] = true
	}
	var tags []*huma.Tag
	for _, name := range slices.Sorted(maps.Keys(names)) {
		tags = append(tags, &huma.Tag{Name: name})
	}
	return tags
}
