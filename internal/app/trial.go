package app

import (
	"time"

	"github.com/vedettehq/vedette/internal/config"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/trial"
)

// newTrial makes what tries monitors, bounded as executions are; now tells the
// time, nil: the process's.
func newTrial(c config.Config, compiler *script.Compiler, world run.Outside, now func() time.Time) *trial.Engine {
	return trial.New(compiler, world, trial.Config{
		Run:       runConfig(c),
		Receivers: compilerConfig(c).Receivers,
		Now:       now,
	})
}
