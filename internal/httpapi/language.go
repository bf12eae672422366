package httpapi

import (
	"context"
	"net/http"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/script/lib"
)

func (a *api) registerLanguage() {
	register(a, operation{
		method: http.MethodGet, path: "/api/v1/language", id: "list-language", role: Viewer,
		summary: "List what can stand in the code of monitors and of their tests, for editors",
	}, func(ctx context.Context, input *struct{}) (shared[client.Page[client.Word]], error) {
		return share(ctx, a, languageList, *input, func(context.Context) (client.Page[client.Word], error) { return a.language(), nil })
	})
}

func (a *api) language() client.Page[client.Word] {
	words := lib.Vocabulary(a.testBuiltins...)
	page := client.Page[client.Word]{Items: make([]client.Word, len(words))}
	for i, word := range words {
		page.Items[i] = client.Word{
			Name: word.Name, Kind: string(word.Kind), Place: string(word.Place), Signature: word.Signature, Doc: word.Doc,
			Parameters: make([]client.WordParameter, len(word.Parameters)),
		}
		for j, parameter := range word.Parameters {
			page.Items[i].Parameters[j] = client.WordParameter{
				Name: parameter.Name, Signature: parameter.Text, Required: parameter.Required, Doc: parameter.Doc,
			}
		}
	}
	return page
}
