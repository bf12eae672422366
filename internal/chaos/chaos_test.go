package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/testenv"
)

// shared is the lab of all tests, which builds the binary once.
var shared struct {
	once sync.Once
	lab  *lab
	err  error
}

func TestMain(m *testing.M) {
	testenv.Main(m, func() error {
		if shared.lab == nil {
			return nil
		}
		return shared.lab.close()
	})
}

// theLab opens the lab for the first test that needs it. Where there is no
// PostgreSQL the test is skipped.
func theLab(t *testing.T) *lab {
	t.Helper()
	testenv.Postgres(t)
	shared.once.Do(func() {
		l := &lab{progress: os.Stderr}
		if shared.err = l.open(t.Context()); shared.err == nil {
			shared.lab = l
		}
	})
	require.NoError(t, shared.err)
	return shared.lab
}

// Not parallel: it measures nothing, but what it does to the machine others feel.
func TestTrial_R72_NothingIsLostMissedOrDoneTwice(t *testing.T) {
	testenv.NeedsTime(t)
	l := theLab(t)
	quick := trial{seed: rand.Uint64(), pace: quickPace, monitors: 30, duration: 12 * time.Second}
	t.Run("at once", func(t *testing.T) {
		for _, kind := range []trial{
			{name: "sqlite", store: "sqlite", queue: "internal", controllers: 1},
			{name: "postgres", store: "postgres", queue: "postgres", controllers: 2, executors: 2},
			{name: "sqs", store: "postgres", queue: "sqs", controllers: 2, executors: 2},
		} {
			t.Run(kind.name, func(t *testing.T) {
				t.Parallel()
				if kind.queue == "sqs" {
					testenv.SQS(t)
				}
				kind.seed, kind.pace, kind.monitors, kind.duration = quick.seed, quick.pace, quick.monitors, quick.duration
				result, err := kind.run(t.Context(), l)
				var figures bytes.Buffer
				require.NoError(t, result.print(&figures))
				t.Log(figures.String())
				require.NoError(t, err)
			})
		}
	})
}

// tampered are changes by which laws are broken, with a word of each law.
var tampered = map[string]string{
	"update executions set token = 'the same' where status = 'succeeded'":                   "one token",
	"delete from variables where name like 'issue_created%'":                                "every reaction ran",
	"update variables set value = '7' where name = 'runs'":                                  "counted itself once",
	"delete from events where name = 'issue_created'":                                       "issue_created: one for each row",
	"update issues set model_id = '1000000' || model_id where status = 'active'":            "platform and source agree",
	"insert into executors (id, started_at, lease_expires_at) values ('somebody', 0, 0)":    "gave up its lease",
	"update executions set finished_at = finished_at + 60000000 where status = 'succeeded'": "was due was missed",
	"insert into deliveries (event_id, monitor_id, source, source_id, target, status, due_at) select id, monitor_id, source, source_id, 'x', 'open', 0 from events limit 1": "every delivery is done",
}

func TestExamine_SeesWhatIsBroken(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a while to have something to look at")
	}
	l := theLab(t)
	ctx := t.Context()
	i, err := install(ctx, l, trial{name: "sqlite", store: "sqlite", queue: "internal", controllers: 1, monitors: 10, pace: quickPace})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, i.close(context.WithoutCancel(ctx))) })
	require.NoError(t, i.begin(ctx))
	require.NoError(t, await(ctx, "something that was solved", func(ctx context.Context) (string, error) {
		solved, err := texts(ctx, i.db, "select model_id from issues where status = 'solved'")
		return map[bool]string{true: "nothing is solved"}[len(solved) == 0], err
	}))
	require.NoError(t, i.settle(ctx))
	require.NoError(t, i.examine(ctx, newResult(i.trial)))

	n := 0
	for statement, word := range tampered {
		n++
		path := fmt.Sprint(t.TempDir(), "/", n, ".db")
		copyDatabase(t, strings.TrimPrefix(i.database, "sqlite://"), path)
		tamper(t, path, statement)
		broken := *i
		broken.database = "sqlite://" + path
		broken.db = connect(t, broken.database)
		require.ErrorContains(t, broken.examine(ctx, newResult(i.trial)), word, statement)
	}
}

func TestCommand_RefusesWhatMakesNoSense(t *testing.T) {
	t.Parallel()
	for argument, message := range map[string]string{
		"-run=nonsense": `no trial matches "nonsense"`,
		"-run=(":        "-run",
		"-faults=(":     "-faults",
		"-monitors=0":   "more than 0",
		"-duration=0s":  "more than 0",
		"-what":         "-what",
	} {
		require.ErrorContains(t, command(t.Context(), []string{argument}, io.Discard, io.Discard), message)
	}
}
