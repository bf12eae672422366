package process_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/e2e/process"
	"github.com/vedettehq/vedette/internal/testenv"
)

func TestMain(m *testing.M) { testenv.Main(m) }

// shell starts a script in place of the binary.
func shell(t *testing.T, script, address string) *process.Process {
	t.Helper()
	p, err := process.Start(process.Config{
		Binary: "/bin/sh", Args: []string{"-c", script}, Dir: t.TempDir(), Env: []string{"GREETING=hello"}, Address: address,
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, p.Kill()) })
	return p
}

func soon(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// forever is a script that goes on until it is asked to end.
const forever = `trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.01; done`

func TestStop_EndsInOrder(t *testing.T) {
	t.Parallel()
	p := shell(t, forever, "")
	require.NoError(t, p.WaitLog(soon(t), "ready"))
	require.NoError(t, p.Stop(soon(t)))
	require.Equal(t, "ready\nbye\n", p.Log())
	require.NoError(t, p.Stop(soon(t)), "it has ended already")
}

func TestStop_SaysWhatWentWrong(t *testing.T) {
	t.Parallel()
	p := shell(t, `trap 'echo no; exit 3' TERM; echo ready; while :; do sleep 0.01; done`, "")
	require.NoError(t, p.WaitLog(soon(t), "ready"))
	err := p.Stop(soon(t))
	require.ErrorContains(t, err, "exit status 3")
	require.ErrorContains(t, err, "no")
}

func TestStop_KillsWhatDoesNotStop(t *testing.T) {
	t.Parallel()
	p := shell(t, `trap '' TERM; echo ready; while :; do sleep 0.01; done`, "")
	require.NoError(t, p.WaitLog(soon(t), "ready"))
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	require.ErrorIs(t, p.Stop(ctx), context.DeadlineExceeded)
	<-p.Exited()
}

func TestKill_LeavesNoTimeForAnything(t *testing.T) {
	t.Parallel()
	p := shell(t, forever, "")
	require.NoError(t, p.WaitLog(soon(t), "ready"))
	require.NoError(t, p.Kill())
	require.NoError(t, p.Kill(), "it has ended already")
	require.NotContains(t, p.Log(), "bye")
}

func TestFreeze_HasItWriteNothingUntilThawed(t *testing.T) {
	t.Parallel()
	p := shell(t, `echo ready; while :; do echo on; sleep 0.01; done`, "")
	require.NoError(t, p.WaitLog(soon(t), "on"))
	require.NoError(t, p.Freeze())
	stopped := func() bool {
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.PID()))
		if os.IsNotExist(err) {
			t.Skip("only Linux tells")
		}
		require.NoError(t, err)
		return strings.Contains(string(stat), ") T ")
	}
	require.Eventually(t, stopped, 30*time.Second, time.Millisecond)
	frozen := len(p.Log())
	require.NoError(t, p.Thaw())
	require.Eventually(t, func() bool { return len(p.Log()) > frozen && !stopped() }, 30*time.Second, time.Millisecond)
}

func TestWait_GivesTheStatus(t *testing.T) {
	t.Parallel()
	p := shell(t, `echo "$GREETING $HOME"; exit 7`, "")
	status, err := p.Wait(soon(t))
	require.NoError(t, err)
	require.Equal(t, 7, status)
	require.True(t, strings.HasPrefix(p.Log(), "hello "+os.TempDir()), p.Log())
	require.ErrorContains(t, p.WaitLog(soon(t), "goodbye"), "ended without writing")
}

func TestReady_WaitsForTheAnswer(t *testing.T) {
	t.Parallel()
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if asked++; asked < 3 {
			http.Error(w, "not yet", http.StatusServiceUnavailable)
		}
	}))
	t.Cleanup(server.Close)
	address := strings.TrimPrefix(server.URL, "http://")
	require.NoError(t, shell(t, forever, address).Ready(soon(t)))
	require.Equal(t, 3, asked)
}

func TestReady_SaysThatTheProcessEnded(t *testing.T) {
	t.Parallel()
	address, err := process.FreeAddress(t.Context())
	require.NoError(t, err)
	require.ErrorContains(t, shell(t, "echo out of luck; exit 1", address).Ready(soon(t)), "out of luck")
}

func TestMemoryOf_KnowsThisProcess(t *testing.T) {
	t.Parallel()
	memory, err := process.MemoryOf(os.Getpid())
	if os.IsNotExist(err) {
		t.Skip("only Linux tells")
	}
	require.NoError(t, err)
	require.Greater(t, memory.Resident, int64(1<<20))
	require.GreaterOrEqual(t, memory.Peak, memory.Resident)
}
