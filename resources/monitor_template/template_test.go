package monitortemplate_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/datasource/sqlite"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/lib"
	"github.com/vedettehq/vedette/internal/script/scripttest"
	"github.com/vedettehq/vedette/internal/shop"
	monitortemplate "github.com/vedettehq/vedette/resources/monitor_template"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestFiles_AreAMonitorWhoseTestsPass(t *testing.T) {
	t.Parallel()
	result, err := scripttest.Run(t.Context(), "late_orders", monitortemplate.Files("late_orders"), scripttest.Options{})
	require.NoError(t, err)
	require.Empty(t, result.Diagnostics)
	require.GreaterOrEqual(t, len(result.Tests), 3)
	for _, test := range result.Tests {
		require.Nil(t, test.Failure, test.Name)
	}
}

func TestFiles_CarryTheName(t *testing.T) {
	t.Parallel()
	files := monitortemplate.Files("late_orders")
	require.Len(t, files, 3)
	require.Contains(t, files[monitor.ReadmeFile], "# late_orders\n")
	for name, text := range files {
		require.NotContains(t, text, "{{", name)
	}
}

// TestFiles_FindSomethingInTheSampleShop tries the template on a shop that has
// traded for a minute, in simulated time.
func TestFiles_FindSomethingInTheSampleShop(t *testing.T) {
	t.Parallel()
	files := monitortemplate.Files("late_orders")
	program, diagnostics := script.NewCompiler(lib.All(), script.Config{}).Compile("late_orders", files)
	require.Empty(t, diagnostics)
	path := filepath.Join(t.TempDir(), "shop.db")
	synctest.Test(t, func(t *testing.T) {
		sample, err := shop.Open(t.Context(), path, shop.Config{Seed: 1})
		require.NoError(t, err)
		ctx, stop := context.WithCancel(t.Context())
		traded := make(chan error)
		go func() { traded <- sample.Run(ctx) }()
		<-time.After(time.Minute + time.Millisecond)
		stop()
		require.NoError(t, <-traded)
		require.NoError(t, sample.Close())

		databases := run.NewDatabases(map[string]func() (datasource.Source, error){"shop": func() (datasource.Source, error) {
			return sqlite.Open(monitor.NewSecret("sqlite://"+path), datasource.Config{MaxSize: 1, AcquireTimeout: time.Minute, QueryTimeout: time.Minute, MaxRows: 1000})
		}}, nil)
		stored := monitor.Snapshot{Monitor: monitor.Monitor{ID: 1, Enabled: true}}
		runner := run.New(databases, slog.New(slog.DiscardHandler), nil, run.Config{})
		result, err := runner.Run(t.Context(), program, &stored, monitor.TaskSearch, time.Now(), 1)
		require.NoError(t, err)
		plan := runner.Plan(program, &result, stored, time.Now())
		require.NoError(t, databases.Close())
		require.Empty(t, plan.Execution.Report.Error)
		require.NotEmpty(t, plan.Created)
	})
}
