package lib

import (
	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/vedettehq/vedette/internal/script"
)

func lists() []script.Builtin {
	return []script.Builtin{{
		Signature: "chunks(list: list, size: int) -> list[list]",
		Doc:       "The list cut into lists of at most size elements.",
		Place:     script.Anywhere,
		Run:       chunks,
	}}
}

func chunks(s *script.Scope, a *script.Args) (starlark.Value, error) {
	list, size := a.List("list"), a.Int("size", 0)
	if size < 1 {
		refuseNumber(a, "size", "must be at least 1")
	}
	if err := a.Err(); err != nil {
		return nil, err
	}
	const bytesForElement, bytesForPart = 16, 64
	count := int64(len(list)) / int64(size)
	if err := s.Reserve(int64(len(list))*bytesForElement + count*bytesForPart); err != nil {
		return nil, err
	}
	parts := make([]starlark.Value, 0, count+1)
	for start := 0; start < len(list); start += size {
		end := min(start+size, len(list))
		parts = append(parts, starlark.NewList(append([]starlark.Value(nil), list[start:end]...)))
	}
	return starlark.NewList(parts), nil
}

func structs() []script.Builtin {
	return []script.Builtin{{
		Signature: "struct(**fields: Any) -> Struct",
		Doc:       "A value with named fields that do not change.",
		Place:     script.Anywhere,
		Run: func(_ *script.Scope, a *script.Args) (starlark.Value, error) {
			return starlarkstruct.FromKeywords(starlarkstruct.Default, a.Keywords), nil
		},
	}}
}
