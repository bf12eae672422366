package httpapi

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-chi/chi/v5"
)

// nullableObjects are fields that hold an object or null, which huma does not
// describe: by schema, the field.
var nullableObjects = map[string]string{
	"Monitor":    "last_execution",
	"Registered": "last_execution",
	"Routine":    "error",
}

// serveDocument serves the OpenAPI document of the operations registered so far.
// It says nothing that is not public, so that it takes no role.
func (a *api) serveDocument(router chi.Router) error {
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
		return fmt.Errorf("encode the OpenAPI document: %w", err)
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
