package e2e

import (
	"context"
	"os"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/e2e/process"
	"github.com/vedettehq/vedette/internal/testenv"
)

// built is the binary that all tests run.
var built struct {
	once      sync.Once
	dir, path string
	err       error
}

func TestMain(m *testing.M) {
	testenv.Main(m, closeChromium, func() error { return os.RemoveAll(built.dir) })
}

// binary builds the binary for the first test that needs it.
func binary(t *testing.T) string {
	t.Helper()
	built.once.Do(func() {
		//nolint:usetesting // it outlives the test that happens to build it
		if built.dir, built.err = os.MkdirTemp("", "vedette-e2e-"); built.err == nil {
			built.path, built.err = process.Build(context.Background(), built.dir)
		}
	})
	require.NoError(t, built.err)
	return built.path
}
