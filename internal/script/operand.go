package script

import (
	"reflect"
	"unsafe"

	"go.starlark.net/starlark"
)

// operands are the values that a function's expressions are working on: the
// elements of a list before it is complete, the arguments of a call before it is
// made. They can be most of what a call holds, and the interpreter shows them to
// nobody; it keeps them behind the variables, in one array. A test fails if another
// version of it does not.
//
// Some of them may have been used already. They count, since they are kept alive.
func operands(frame starlark.DebugFrame) []starlark.Value {
	function, ok := frame.Callable().(*starlark.Function)
	if !ok {
		return nil
	}
	locals := fieldOf(frame, "locals")
	most := fieldOf(function, "funcode").Elem().FieldByName("MaxStack")
	array := (*starlark.Value)(locals.UnsafePointer())
	if array == nil {
		return nil // it has not begun, or has ended
	}
	n := locals.Len()
	return unsafe.Slice(array, n+int(most.Int()))[n:]
}

func fieldOf(pointer any, name string) reflect.Value {
	return reflect.ValueOf(pointer).Elem().FieldByName(name)
}
