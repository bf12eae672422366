package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"

	"github.com/vedettehq/vedette/internal/e2e/process"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// measureLoaded measures the memory of compiled monitors that wait to be run.
func measureLoaded(_ context.Context, l *lab) ([]figure, error) {
	before, err := resident()
	if err != nil {
		return nil, err
	}
	compiler := newCompiler()
	loaded := make([]*script.Program, l.sizes.loaded)
	for i := range loaded {
		// No two are the same text, as no two monitors are.
		files := monitor.Files{monitor.CodeFile: fmt.Sprintf("%s\n# %d\n", hourlyCode, i)}
		program, diagnostics := compiler.Compile(fmt.Sprintf("orders_%d", i), files)
		if diagnostics.HasErrors() {
			return nil, fmt.Errorf("compile a monitor: %s", diagnostics)
		}
		loaded[i] = program
	}
	after, err := resident()
	runtime.KeepAlive(loaded)
	return []figure{{
		work: fmt.Sprintf("%d loaded monitors", len(loaded)),
		ours: size(after - before), target: atMost(size(200 << 20)),
	}}, err
}

// resident is the memory of this process, without what it could give back.
func resident() (int64, error) {
	debug.FreeOSMemory()
	memory, err := process.MemoryOf(os.Getpid())
	return memory.Resident, err
}
