package run_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/lib"
)

// sampled are the queries of a search that asks as often for these rows.
func sampled(t *testing.T, times int, rows monitor.Rows) []run.QueryTiming {
	t.Helper()
	runner := run.New(fakeDatabases{rows: rows}, slog.New(slog.DiscardHandler), nil, run.Config{SampleQueries: true})
	program := &fakeProgram{search: func(ctx context.Context, host script.Host) (monitor.Returned, error) {
		for range times {
			if _, err := host.Query(ctx, monitor.Query{Database: "shop", SQL: "select"}); err != nil {
				return monitor.Returned{}, err
			}
		}
		return entries(), nil
	}}
	result, err := runner.Run(t.Context(), program, snapshot(), both, now, 1)
	require.NoError(t, err)
	return result.Queries
}

func sampleOf(t *testing.T, rows ...monitor.Data) *run.Sample {
	t.Helper()
	return sampled(t, 1, rows)[0].Sample
}

func TestSample_IsTheBeginningAsItIs(t *testing.T) {
	t.Parallel()
	require.Equal(t, &run.Sample{
		Columns: []string{"10", "2", "é"}, ColumnCount: 3,
		Rows: [][]run.Cell{
			{{Value: "12345678901234567890"}, {Value: "null"}, {Value: `""`}},
			{{Value: "1.50"}, {Value: `"\"<b>"`}, {Value: `{"a":[1,null]}`}},
		},
	}, sampleOf(t, `{"10":12345678901234567890,"2":null,"é":""}`, `{"10":1.50,"2":"\"<b>","é":{"a":[1,null]}}`))
	require.Equal(t, &run.Sample{Columns: []string{}, Rows: [][]run.Cell{}}, sampleOf(t), "no rows")
}

func TestSample_OfWhatFailedThereIsNone(t *testing.T) {
	t.Parallel()
	runner := run.New(talkative{}, slog.New(slog.DiscardHandler), nil, run.Config{SampleQueries: true})
	program := &fakeProgram{search: func(ctx context.Context, host script.Host) (monitor.Returned, error) {
		_, err := host.Query(ctx, monitor.Query{Database: "shop"})
		return entries(), err
	}}
	result, err := runner.Run(t.Context(), program, snapshot(), both, now, 1)
	require.NoError(t, err)
	require.Nil(t, result.Queries[0].Sample)
}

func TestSample_RowsAndColumnsAreBounded(t *testing.T) {
	t.Parallel()
	var wide strings.Builder
	for i := range 60 {
		fmt.Fprintf(&wide, `,"c%d":%d`, i, i)
	}
	row := monitor.Data("{" + wide.String()[1:] + "}")
	queries := sampled(t, 1, slices.Repeat(monitor.Rows{row}, 100))
	require.Equal(t, 100, queries[0].Rows)
	sample := queries[0].Sample
	require.Len(t, sample.Rows, 20)
	require.Equal(t, 60, sample.ColumnCount)
	require.Len(t, sample.Columns, 50)
	require.Equal(t, "c49", sample.Columns[49])
	require.Len(t, sample.Rows[0], 50)
	require.Equal(t, monitor.Data("49"), sample.Rows[0][49].Value)
}

func TestSample_LongValuesAreCutAndTheirLengthTold(t *testing.T) {
	t.Parallel()
	text, digits := strings.Repeat("é", 1001), strings.Repeat("7", 5000)
	long := strings.Repeat("n", 201)
	sample := sampleOf(t, monitor.Data(fmt.Sprintf(`{"fits":"%s","text":"%s","list":["%s"],"number":%s,"%s":1}`, text[2:], text, text, digits, long)))
	require.Equal(t, [][]run.Cell{{
		{Value: monitor.Data(`"` + text[2:] + `"`)},
		{Value: monitor.Data(`"` + text[2:] + `"`), Cut: run.CutText, Characters: 1001},
		{Value: monitor.Data(`"[\"` + text[:1996] + `"`), Cut: run.CutJSON, Characters: 1005},
		{Value: monitor.Data(`"` + digits[:1000] + `"`), Cut: run.CutJSON, Characters: 5000},
		{Value: "1"},
	}}, sample.Rows)
	require.Equal(t, long[:200]+" …", sample.Columns[4])
}

func TestSample_BytesOfAResultAndOfAllOfThemAreBounded(t *testing.T) {
	t.Parallel()
	var row strings.Builder
	for i := range 40 {
		fmt.Fprintf(&row, `,"c%d":"%s"`, i, strings.Repeat("x", 998))
	}
	queries := sampled(t, 50, slices.Repeat(monitor.Rows{monitor.Data("{" + row.String()[1:] + "}")}, 20))
	require.Len(t, queries, 50)
	require.Len(t, queries[0].Sample.Rows, 4, "no row is begun beyond 128 KiB, and one is 40,000 bytes")
	all := 0
	for _, query := range queries {
		require.Equal(t, 20, query.Rows)
		for _, cells := range query.Sample.Rows {
			for _, cell := range cells {
				all += len(cell.Value)
			}
		}
	}
	require.Greater(t, all, 1<<20)
	require.Less(t, all, 2<<20+128<<10)
	require.Empty(t, queries[49].Sample.Rows)
	require.Len(t, queries[49].Sample.Columns, 40, "what there is is told all the same")
}

// knowing is a database that holds the value of a secret.
type knowing struct {
	talkative
	rows monitor.Rows
}

func (k knowing) Query(context.Context, monitor.Query) (monitor.Rows, error) { return k.rows, nil }

func TestSample_HasNoSecret(t *testing.T) {
	t.Parallel()
	encoded, err := json.Marshal(hidden)
	require.NoError(t, err)
	inText := string(encoded[1 : len(encoded)-1])
	for name, value := range map[string]string{
		"text":              `"x` + inText + `y"`,
		"nested":            `{"a":["` + inText + `"],"` + inText + `":1}`,
		"in a cut text":     `"` + inText + strings.Repeat("x", 2000) + `"`,
		"at a text's cut":   `"` + strings.Repeat("x", 990) + inText + `"`,
		"at a list's cut":   `["` + strings.Repeat("x", 990) + inText + `"]`,
		"at an escape's":    `["` + strings.Repeat("x", 989) + inText + `"]`,
		"far behind a cut":  `["` + strings.Repeat("x", 2000) + inText + `"]`,
		"the column's name": `1,"` + inText + `":2,"` + strings.Repeat("x", 195) + inText + `":3`,
	} {
		for order, code := range map[string]string{
			"told before": `secret("KEY"), query("shop", "select")`,
			"told after":  `query("shop", "select"), secret("KEY")`,
		} {
			t.Run(name+" "+order, func(t *testing.T) {
				t.Parallel()
				program, diagnostics := script.NewCompiler(lib.All(), script.Config{}).Compile("sample", monitor.Files{monitor.CodeFile: `
monitor(search_cron = "@daily", model_id_key = "id", solvable = False)
def search():
    _ = [` + code + "]\n"})
				require.False(t, diagnostics.HasErrors(), "%s", diagnostics)
				row := monitor.Data(`{"a":` + value + `}`)
				require.True(t, json.Valid([]byte(row)), "%s", row)
				runner := run.New(knowing{rows: monitor.Rows{row}}, slog.New(slog.DiscardHandler), nil, run.Config{SampleQueries: true})
				result, err := runner.Run(t.Context(), program, snapshot(), monitor.TaskSearch, now, 1)
				require.NoError(t, err)
				require.Nil(t, result.Outcome.Report.Routines[0].Error)
				left := fmt.Sprintf("%+v", *result.Queries[0].Sample)
				require.NotContains(t, left, "hunter")
				require.NotContains(t, left, `42`)
				for _, cell := range result.Queries[0].Sample.Rows[0] {
					require.True(t, json.Valid([]byte(cell.Value)), "%s", cell.Value)
				}
			})
		}
	}
}
