package main

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/e2e/process"
	"github.com/vedettehq/vedette/internal/testenv"
)

// theEarlier is what there was before the newest migration; the test is skipped
// where the repository does not know.
func theEarlier(t *testing.T, l *lab) *previous {
	t.Helper()
	if testing.Short() {
		t.Skip("it builds another binary")
	}
	earlier, err := l.before(t.Context())
	if errors.Is(err, errNoHistory) {
		t.Skipf("needs the history of this repository: clone or fetch all of it (%v)", err)
	}
	require.NoError(t, err)
	return earlier
}

func TestUpgrade_OldAndNewWorkSideBySideAndLoseNothing(t *testing.T) {
	testenv.NeedsTime(t)
	l := theLab(t)
	theEarlier(t, l)
	upgrade := trial{
		name: "upgrade", store: "postgres", queue: "postgres", controllers: 2, executors: 2,
		monitors: 30, duration: 10 * time.Second, seed: rand.Uint64(), pace: quickPace, rolling: true,
	}
	result, err := upgrade.run(t.Context(), l)
	var figures bytes.Buffer
	require.NoError(t, result.print(&figures))
	t.Log(figures.String())
	require.NoError(t, err)
}

// The suite of the schema before this one has to pass on this one: what it asks of
// a store is what binaries ask that have not been upgraded yet.
//
// It builds another version of everything and runs its longest suite, so that it
// belongs to make chaos.
func TestUpgrade_ThePreviousSuitePassesOnTheNewSchema(t *testing.T) {
	if os.Getenv("VEDETTE_TEST_LONG") == "" {
		t.Skip("make chaos runs it, with VEDETTE_TEST_LONG=1")
	}
	earlier := theEarlier(t, theLab(t))
	root, err := process.Root()
	require.NoError(t, err)
	for _, store := range []string{"postgres", "sqlite"} {
		steps, err := filepath.Glob(filepath.Join(root, "migrations", store, "*.sql"))
		require.NoError(t, err)
		require.NotEmpty(t, steps)
		for _, step := range steps {
			text, err := os.ReadFile(step)
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(filepath.Join(earlier.dir, "migrations", store, filepath.Base(step)), text, 0o600))
		}
	}
	suite := exec.CommandContext(t.Context(), "go", "test", "-short", "-run", "^TestStore$", "./internal/store/postgres", "./internal/store/sqlite")
	suite.Dir = earlier.dir
	suite.Env = append(os.Environ(), testenv.EnvPostgres+"="+theLab(t).sources)
	out, err := suite.CombinedOutput()
	require.NoError(t, err, string(out))
}
