package httpapi

import (
	"bytes"
	"context"
	"fmt"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"github.com/vedettehq/vedette/internal/client"
)

// listing is a page of a list, encoded already: those who share a read share the
// work of encoding, too.
type listing[T any] struct{ text []byte }

// Schema is that of the page.
func (listing[T]) Schema(registry huma.Registry) *huma.Schema {
	return registry.Schema(reflect.TypeFor[client.Page[T]](), true, "")
}

// encoded gives the page as it goes out.
func (l listing[T]) encoded() []byte { return l.text }

// share answers a request for a list, together with others that ask for the same.
func share[T, I any](ctx context.Context, a *api, l list, input *I, read func(context.Context) (client.Page[T], error)) (listing[T], error) {
	text, err := a.shares.get(ctx, fmt.Sprintf("%s %+v", l, *input), func(ctx context.Context) ([]byte, error) {
		page, err := read(ctx)
		if err != nil {
			return nil, err
		}
		var text bytes.Buffer
		err = writeJSON(&text, page)
		return text.Bytes(), err
	})
	return listing[T]{text}, err
}
