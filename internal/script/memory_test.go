package script

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
	"go.starlark.net/starlark"
)

// The meter is only as good as its constants: they are held against the heap. It
// runs alone, since other tests use the same heap.
func TestMeter_MeasuresTheHeap(t *testing.T) {
	values := map[string]func() starlark.Value{
		"list of ints": func() starlark.Value {
			elements := make([]starlark.Value, 1<<18)
			for i := range elements {
				elements[i] = starlark.MakeInt64(1 << 40)
			}
			return starlark.NewList(elements)
		},
		"list of texts": func() starlark.Value {
			elements := make([]starlark.Value, 1<<16)
			for i := range elements {
				elements[i] = starlark.String(fmt.Sprintf("some text of a usual length %d", i))
			}
			return starlark.NewList(elements)
		},
		"list of dicts": func() starlark.Value {
			decoder := new(decoder)
			elements := make([]starlark.Value, 1<<14)
			for i := range elements {
				value, err := decoder.decode(fmt.Sprintf(`{"id":%d,"name":"abc","tags":["x","y"]}`, i))
				require.NoError(t, err)
				elements[i] = value
			}
			return starlark.NewList(elements)
		},
		"large dict": func() starlark.Value {
			dict := new(starlark.Dict)
			for i := range 1 << 17 {
				require.NoError(t, dict.SetKey(starlark.MakeInt(i), starlark.True))
			}
			return dict
		},
	}
	for name, build := range values {
		t.Run(name, func(t *testing.T) {
			before := liveHeap()
			value := build()
			taken := liveHeap() - before
			measured := sizeOf(value, 1<<40)
			runtime.KeepAlive(value)
			require.InEpsilon(t, taken, measured, 0.3)
		})
	}
}

// sizeOf counts what one value takes.
func sizeOf(value starlark.Value, limit int64) int64 {
	m := newMeter(limit)
	m.add(value)
	return m.measure()
}

func liveHeap() int64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}

func TestMeter_CountsSharedValuesOnce(t *testing.T) {
	t.Parallel()
	var value starlark.Value = starlark.NewList([]starlark.Value{starlark.String(make([]byte, 1000))})
	for range 60 { // 2^60 texts if they were counted as often as they are referred to
		value = starlark.NewList([]starlark.Value{value, value})
	}
	require.Less(t, sizeOf(value, 1<<40), int64(10_000))
}

func TestMeter_EndsAtItsLimit(t *testing.T) {
	t.Parallel()
	list := starlark.NewList(make([]starlark.Value, 0))
	for range 1000 {
		require.NoError(t, list.Append(starlark.NewList([]starlark.Value{starlark.None})))
	}
	require.Less(t, sizeOf(list, 17_000), int64(20_000))
}
