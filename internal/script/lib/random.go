package lib

import (
	"fmt"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/script"
)

func randomness() []script.Builtin {
	return []script.Builtin{
		{
			Signature: "random.int(low: int, high: int) -> int",
			Doc:       "A random int between low and high, both included.",
			Run:       randomInt,
		},
		{
			Signature: "random.choice(list: list) -> Any",
			Doc:       "A random element.",
			Run:       randomChoice,
		},
		{
			Signature: "random.sample(list: list, n: int) -> list",
			Doc:       "n different elements, in random order.",
			Run:       randomSample,
		},
	}
}

func randomInt(s *script.Scope, a *script.Args) (starlark.Value, error) {
	low, high := a.Int("low", 0), a.Int("high", 0)
	if err := a.Err(); err != nil {
		return nil, err
	}
	if low > high {
		return nil, fmt.Errorf("random.int(): low (%d) is greater than high (%d)", low, high)
	}
	span := uint64(high) - uint64(low) + 1
	if span == 0 { // all ints of 64 bits
		return starlark.MakeInt64(int64(s.Random().Uint64())), nil
	}
	return starlark.MakeInt64(int64(uint64(low) + s.Random().Uint64N(span))), nil
}

func randomChoice(s *script.Scope, a *script.Args) (starlark.Value, error) {
	list := a.List("list")
	if err := a.Err(); err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("random.choice(): the list is empty")
	}
	return list[s.Random().IntN(len(list))], nil
}

func randomSample(s *script.Scope, a *script.Args) (starlark.Value, error) {
	list, n := a.List("list"), a.Int("n", 0)
	if err := a.Err(); err != nil {
		return nil, err
	}
	if n < 0 || n > len(list) {
		return nil, fmt.Errorf("random.sample(): cannot take %d of %d elements", n, len(list))
	}
	sample := make([]starlark.Value, n)
	for i, j := range s.Random().Perm(len(list))[:n] {
		sample[i] = list[j]
	}
	return starlark.NewList(sample), nil
}
