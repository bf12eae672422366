package httpapi

import (
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// optional is a parameter of which it matters whether it was given. The methods
// are those by which huma fills it.
type optional[T any] struct {
	Value T
	given bool
}

// Schema is that of the value.
func (optional[T]) Schema(registry huma.Registry) *huma.Schema {
	return huma.SchemaFromType(registry, reflect.TypeFor[T]())
}

// Receiver is where the value goes.
func (o *optional[T]) Receiver() reflect.Value { return reflect.ValueOf(o).Elem().Field(0) }

// OnParamSet notes whether it was given.
func (o *optional[T]) OnParamSet(given bool, _ any) { o.given = given }

// pointer is nil if it was not given.
func (o *optional[T]) pointer() *T {
	if !o.given {
		return nil
	}
	return &o.Value
}
