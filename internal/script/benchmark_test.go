package script_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

const benchmarkCode = `
"""Orders still awaiting delivery although their shipment is completed."""

monitor(
    search_cron = "*/15 * * * *",
    update_cron = "*/5 * * * *",
    model_id_key = "order_id",
    alert = count_rule(low = 0, moderate = 10, high = 20, critical = 30),
)

def search():
    return query("shop", read_file("search.sql"))

def update(issues):
    return query("shop", read_file("update.sql"), [issue["order_id"] for issue in issues])

def is_solved(issue):
    return issue["status"] == "completed"

def on_issue_created(event):
    log.info("stuck order", order_id = event.data["model_id"])
`

func benchmarkFiles(n int) monitor.Files {
	return monitor.Files{
		monitor.CodeFile: fmt.Sprintf("%s\n# monitor %d\n", benchmarkCode, n),
		"search.sql":     fmt.Sprintf("select id as order_id, status from orders where status = 'awaiting_delivery' -- %d", n),
		"update.sql":     fmt.Sprintf("select id as order_id, status from orders where id = any($1) -- %d", n),
	}
}

func benchmarkIssues(n int) []monitor.Data {
	issues := make([]monitor.Data, n)
	for i := range issues {
		issues[i] = monitor.Data(fmt.Sprintf(
			`{"order_id":%d,"status":"awaiting_delivery","customer":"Customer %d","amount_cents":%d,"created_at":"2026-11-23T10:00:00.000Z"}`, i, i%1000, i*7))
	}
	return issues
}

// What is_solved costs is held against decoding the same data, which it cannot do
// without.
func BenchmarkIsSolved(b *testing.B) {
	issues := benchmarkIssues(100_000)
	program, diagnostics := compiler().Compile("sample", benchmarkFiles(0))
	require.Empty(b, diagnostics)
	b.Run("decoding", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			require.NoError(b, script.DecodeAll(issues))
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(issues)), "ns/issue")
	})
	b.Run("asking", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			answers := program.IsSolved(b.Context(), callOf(&world{}), issues)
			require.Nil(b, answers.First)
			require.Nil(b, answers.Err)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(issues)), "ns/issue")
	})
}

func BenchmarkUpdate(b *testing.B) {
	issues := benchmarkIssues(10_000)
	program := compile(b, head+stubs["search"]+"def update(issues): return issues\n")
	call := callOf(&world{})
	call.Limits.MaxEntries = 0
	b.ReportAllocs()
	for b.Loop() {
		returned, err := program.Update(b.Context(), call, issues)
		require.NoError(b, err)
		require.Len(b, returned.Entries, len(issues))
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(issues)), "ns/issue")
}

func BenchmarkSteps(b *testing.B) {
	program := searching(b, `
    total = 0
    for i in range(1000000):
        total += i
        if total > 1000:
            total = 0`)
	for b.Loop() {
		_, err := program.Search(b.Context(), callOf(&world{}))
		require.NoError(b, err)
	}
}

func BenchmarkCompile(b *testing.B) {
	c := compiler()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		_, diagnostics := c.Compile("sample", benchmarkFiles(i))
		require.Empty(b, diagnostics)
	}
}

// Loaded monitors are kept, with their files.
func BenchmarkLoadedMonitors(b *testing.B) {
	const monitors = 10_000
	for b.Loop() {
		c := compiler()
		before := heap()
		programs := make([]*script.Program, monitors)
		for i := range programs {
			var diagnostics monitor.Diagnostics
			programs[i], diagnostics = c.Compile("sample", benchmarkFiles(i))
			require.Empty(b, diagnostics)
		}
		used := heap() - before
		runtime.KeepAlive(programs)
		b.ReportMetric(float64(used)/monitors, "B/monitor")
		b.ReportMetric(float64(used)/(1<<20), "MiB/10000")
	}
}

func heap() uint64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}
