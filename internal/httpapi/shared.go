package httpapi

import (
	"bytes"
	"context"
	"fmt"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// shared is an answer of type T, encoded already: those who share a read share the
// work of encoding, too.
type shared[T any] struct{ answer *ready }

// Schema is that of the answer.
func (shared[T]) Schema(registry huma.Registry) *huma.Schema {
	return registry.Schema(reflect.TypeFor[T](), true, "")
}

// encoded gives the answer as it goes out.
func (s shared[T]) encoded() *ready { return s.answer }

// share answers a request together with others that ask for the same.
func share[T, I any](ctx context.Context, a *api, what list, input *I, read func(context.Context) (T, error)) (shared[T], error) {
	encoded, err := a.shares.get(ctx, fmt.Sprintf("%s %+v", what, *input), func(ctx context.Context) (*ready, error) {
		answer, err := read(ctx)
		if err != nil {
			return nil, err
		}
		var text bytes.Buffer
		err = writeJSON(&text, answer)
		return &ready{text: text.Bytes()}, err
	})
	return shared[T]{encoded}, err
}
