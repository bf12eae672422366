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

// share answers a request together with others that ask for the same: of the same
// list, with the same question.
func share[T any](ctx context.Context, a *api, what list, question any, read func(context.Context) (T, error)) (shared[T], error) {
	answer, err := a.shares.get(ctx, keyOf(what, question), func(ctx context.Context) (*ready, error) { return encode(ctx, read) })
	return shared[T]{answer}, err
}

// keep is share for an answer that follows from the question and the store's
// edition alone: it is read again only if that is another one.
func keep[T any](ctx context.Context, a *api, what list, question any, read func(context.Context) (T, error)) (shared[T], error) {
	key := keyOf(what, question)
	answer, err := a.shares.get(ctx, key, func(ctx context.Context) (*ready, error) {
		edition, err := a.store.Edition(ctx, a.store.Now())
		if err != nil {
			return nil, err
		}
		if answer := a.kept.get(edition, key); answer != nil {
			return answer, nil
		}
		answer, err := encode(ctx, read)
		if err == nil {
			a.kept.put(edition, key, answer)
		}
		return answer, err
	})
	return shared[T]{answer}, err
}

// keyOf is a text that only the same question has. Its parts are quoted: they are
// anybody's words.
func keyOf(what list, question any) string { return fmt.Sprintf("%s %#v", what, question) }

func encode[T any](ctx context.Context, read func(context.Context) (T, error)) (*ready, error) {
	answer, err := read(ctx)
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	err = writeJSON(&text, answer)
	return &ready{text: text.Bytes()}, err
}
