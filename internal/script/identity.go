package script

import (
	"unsafe"

	"go.starlark.net/starlark"
)

// identity tells whether two values are one in memory. Tuples and texts may be
// parts of others that begin in the same place, so it has their length.
type identity struct {
	pointer unsafe.Pointer
	length  int
}

func identityOf[T any](value *T) identity { return identity{pointer: unsafe.Pointer(value)} }

// identityOfTuple is for a tuple that is not empty.
func identityOfTuple(tuple starlark.Tuple) identity {
	return identity{unsafe.Pointer(&tuple[0]), len(tuple)}
}

func identityOfText(text string) identity {
	return identity{unsafe.Pointer(unsafe.StringData(text)), len(text)}
}
