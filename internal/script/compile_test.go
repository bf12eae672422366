package script_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

func TestCompile_R76_DeclaresAsData(t *testing.T) {
	t.Parallel()
	program, diagnostics := compiler().Compile("stuck_orders", monitor.Files{
		monitor.CodeFile: `
"""Orders that wait too long.
"""
monitor(
    search_cron = "*/15 * * * *",
    update_cron = "@hourly",
    model_id_key = "order_id",
    unique = True,
    missing = "drop",
    alert = age_rule(since = "paid_at", low = 90, high = "2h", critical = time.parse_duration("7d")),
    dismiss_acknowledge_on_new_issues = True,
    max_issues_creation = 10,
    execution_timeout = "90s",
    save_events = True,
    notifications = [receiver("payments", title = "Stuck", issues_fields = ["order_id"], issue_show_limit = 5, min_priority_to_send = "low", min_priority_to_mention = 2, mention_on_update = True)],
    labels = {"team": "orders"},
)
def search(): pass
def update(issues): pass
def is_solved(issue): return True
def on_issue_solved(event): pass
def on_alert_created(event): pass
`,
	})
	require.Empty(t, diagnostics)
	require.Equal(t, monitor.Declaration{
		Options: monitor.Options{
			ModelIDKey: "order_id", SearchCron: "*/15 * * * *", UpdateCron: "@hourly",
			Solvable: true, Unique: true, Missing: monitor.MissingDrop,
			Rule: &monitor.Rule{Kind: monitor.AgeRule, Since: "paid_at", Levels: map[monitor.Priority]float64{
				monitor.Low: 90, monitor.High: 7200, monitor.Critical: 604800,
			}},
			DismissAcknowledgeOnNewIssues: true, MaxIssuesCreation: 10, ExecutionTimeout: 90_000_000_000, SaveEvents: true,
			Notifications: []monitor.Notification{{
				Receiver: "payments", Title: "Stuck", IssuesFields: []string{"order_id"}, IssueShowLimit: 5,
				MinPriorityToSend: monitor.Low, MinPriorityToMention: monitor.High, MentionOnUpdate: true,
			}},
			Labels: map[string]string{"team": "orders"},
		},
		HasSearch: true, HasUpdate: true, HasIsSolved: true,
		Reactions: []monitor.EventName{monitor.AlertCreated, monitor.IssueSolvedEvent},
		Summary:   "Orders that wait too long.",
	}, program.Declaration())
}

func TestCompile_Defaults(t *testing.T) {
	t.Parallel()
	program := compile(t, "monitor(search_cron = \"@daily\", model_id_key = \"id\", update_cron = \"@daily\", missing = \"solve\", alert = None)\ndef search(): pass\n")
	declaration := program.Declaration()
	require.Equal(t, monitor.Declaration{
		Options:   monitor.Options{ModelIDKey: "id", SearchCron: "@daily", UpdateCron: "@daily", Solvable: true, Missing: monitor.MissingSolve},
		HasSearch: true,
	}, declaration)
	require.True(t, declaration.UpdateIsSearch())
}

func TestCompile_KeepsOnlyTheSharedFilesThatAreLoaded(t *testing.T) {
	t.Parallel()
	files := monitor.Files{
		monitor.CodeFile:       head + stubs["update"] + "load(\"//shared/money.star\", \"cents\")\ndef search(): return [{\"id\": cents(1), \"sql\": read_file(\"sub/search.sql\")}]\n",
		"sub/search.sql":       "select 1",
		monitor.TestFile:       "def test_it(): pass\n",
		monitor.ReadmeFile:     "# Sample",
		"//shared/money.star":  "load(\"//shared/rate.star\", \"RATE\")\ndef cents(x): return x * RATE\n",
		"//shared/rate.star":   "RATE = 100\n",
		"//shared/unused.star": "def unused(): pass\n",
	}
	program, diagnostics := compiler().Compile("sample", files)
	require.Empty(t, diagnostics)
	want := monitor.Files{}
	for name, text := range files {
		if name != "//shared/unused.star" {
			want[name] = text
		}
	}
	require.Equal(t, want, program.Files())

	returned, err := program.Search(t.Context(), callOf(&world{}))
	require.NoError(t, err)
	require.Equal(t, []monitor.Entry{{Data: `{"id":100,"sql":"select 1"}`}}, returned.Entries)
}

func TestCompile_ReadsOnlyTheOwnFolder(t *testing.T) {
	t.Parallel()
	_, diagnostics := compiler().Compile("sample", monitor.Files{
		monitor.CodeFile:      head + stubs["update"] + "def search(): return read_file(\"//shared/money.star\") + read_file(\"../other/monitor.star\")\n",
		"//shared/money.star": "",
	})
	require.Equal(t, `monitor.star:3:32: there is no file "//shared/money.star" in the monitor's folder
monitor.star:3:67: there is no file "../other/monitor.star" in the monitor's folder`, diagnostics.String())
}

func TestCompile_LoadedFunctionsCount(t *testing.T) {
	t.Parallel()
	program, diagnostics := compiler().Compile("sample", monitor.Files{
		monitor.CodeFile: "load(\"helper.star\", \"is_solved\", search = \"find\")\nmonitor(search_cron = \"@daily\", model_id_key = \"id\")\n",
		"helper.star":    "def is_solved(issue): return True\ndef find(): return [{\"id\": 1}]\n",
	})
	require.Empty(t, diagnostics)
	require.True(t, program.Declaration().HasSearch)
	require.True(t, program.Declaration().HasIsSolved)
}

func TestCompile_Files(t *testing.T) {
	t.Parallel()
	valid := head + stubs["search"] + stubs["update"]
	many := monitor.Files{monitor.CodeFile: valid}
	for i := range script.MaxFiles {
		many[fmt.Sprintf("%d.sql", i)] = ""
	}
	heavy := monitor.Files{monitor.CodeFile: valid}
	for i := range script.MaxBytes / script.MaxFileBytes {
		heavy[fmt.Sprintf("%d.sql", i)] = strings.Repeat("x", script.MaxFileBytes)
	}
	for name, c := range map[string]struct {
		files monitor.Files
		want  string
	}{
		"none":          {monitor.Files{}, "monitor.star: there is no such file: a monitor's code is in monitor.star"},
		"too large":     {monitor.Files{monitor.CodeFile: valid, "a.sql": strings.Repeat("x", script.MaxFileBytes+1)}, "a.sql: the file has 1 MiB: at most 1 MiB are allowed"},
		"too much":      {heavy, fmt.Sprintf("monitor.star: the files have %d bytes together: at most 4194304 are allowed", script.MaxBytes+len(valid))},
		"too many":      {many, "monitor.star: the folder has 201 files: at most 200 are allowed"},
		"not UTF-8":     {monitor.Files{monitor.CodeFile: valid, "a.sql": "select\n  \xff"}, "a.sql:2:3: the file is not UTF-8 text"},
		"code is not":   {monitor.Files{monitor.CodeFile: valid + "\n# \xff\n"}, "monitor.star:5:3: the file is not UTF-8 text"},
		"with a NUL":    {monitor.Files{monitor.CodeFile: valid, "a.sql": "\x00"}, "a.sql:1:1: the file has the character U+0000 in it"},
		"outside":       {monitor.Files{monitor.CodeFile: valid, "../a.sql": ""}, "../a.sql: the name of a file is a path inside of the monitor's folder"},
		"absolute":      {monitor.Files{monitor.CodeFile: valid, "/a.sql": ""}, "/a.sql: the name of a file is a path inside of the monitor's folder"},
		"empty":         {monitor.Files{monitor.CodeFile: ""}, "monitor.star: monitor(...) is not called: every monitor calls it once, at the top level"},
		"shared is bad": {monitor.Files{monitor.CodeFile: "load(\"//shared/a.star\", \"x\")\n" + valid, "//shared/a.star": "x = 1 # \xff\n"}, "//shared/a.star:1:9: the file is not UTF-8 text"},
		"byte order":    {monitor.Files{monitor.CodeFile: "\ufeff" + valid}, ""},
		"windows":       {monitor.Files{monitor.CodeFile: strings.ReplaceAll(valid, "\n", "\r\n")}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, diagnostics := compiler().Compile("sample", c.files)
			require.Equal(t, c.want, diagnostics.String())
		})
	}
}

func TestCompile_Name(t *testing.T) {
	t.Parallel()
	files := monitor.Files{monitor.CodeFile: head + stubs["search"] + stubs["update"]}
	for _, name := range []string{"", "Orders", "stuck-orders", "a b", "../x", "é"} {
		program, diagnostics := compiler().Compile(name, files)
		require.Nil(t, program)
		require.Contains(t, diagnostics.String(), "must consist of a-z, 0-9 and _")
	}
	_, diagnostics := compiler().Compile("stuck_orders_2", files)
	require.Empty(t, diagnostics)
}

func TestCompile_SettingsAreCopies(t *testing.T) {
	t.Parallel()
	returned, err := search(t, &world{}, `
    value = setting("limits")
    value["high"] += 1
    return [{"id": value, "again": setting("limits"), "other": setting("other", 5), "url": setting("billing_url", "")}]`)
	require.NoError(t, err)
	require.JSONEq(t, `{"id":{"high":6},"again":{"high":5},"other":5,"url":"https://billing.example"}`, string(returned.Entries[0].Data))

	_, err = search(t, &world{}, `    return setting("biling_url")`)
	require.Equal(t, `the setting "biling_url" is not configured and has no default (did you mean "billing_url"?)`, failureOf(t, err, monitor.FailureCode).Message)
}

func FuzzCompile(f *testing.F) {
	f.Add(head+stubs["search"]+stubs["update"], "def f(): pass\n")
	f.Add("load(\"a.star\", \"f\")\n"+head+"x = f\"{1}\" if {1, 2} else [a < b < c]\n", "def f(x: int) -> str: pass\n")
	f.Add("monitor(**{}, alert = count_rule(**{\"low\": 1}))\n\"%s\" % (1,)\n[x for x in [1]]\nx *= 2\n", "x[0] %= 1\n")
	f.Add("def search():\n  return query(\"a\", *[1], **{})\nlambda: monitor(1 + 2)\n'''", "\"\\")
	f.Fuzz(func(t *testing.T, code, helper string) {
		program, diagnostics := compiler().Compile("sample", monitor.Files{monitor.CodeFile: code, "a.star": helper})
		require.Equal(t, diagnostics.HasErrors(), program == nil)
		for _, d := range diagnostics {
			require.NotEmpty(t, d.Message)
			require.NotContains(t, d.Message, "internal error")
		}
	})
}

// What is no monitor at all must not take the validation along.
func TestCompile_HugeFiles(t *testing.T) {
	t.Parallel()
	for name, code := range map[string]string{
		"sum":         "x = 1" + strings.Repeat("+1", 30_000),
		"attributes":  "def f(x): return x" + strings.Repeat(".a", 30_000),
		"brackets":    strings.Repeat("[", 500_000),
		"names":       strings.Repeat("abc\n", 200_000),
		"definitions": strings.Repeat("def f(a: int): pass\n", 10_000),
		"parameters":  "def f(" + strings.Repeat("a: b, ", 50_000) + "): pass",
		"habits":      strings.Repeat("import x; ", 90_000),
		"conditions":  "def f(x):\n if x: pass\n" + strings.Repeat(" elif x: pass\n", 3_000),
		"text":        "x = '" + strings.Repeat("\\", 500_000),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			program, diagnostics := compiler().Compile("sample", monitor.Files{monitor.CodeFile: code})
			require.Nil(t, program)
			require.True(t, diagnostics.HasErrors())
			require.LessOrEqual(t, len(diagnostics), 202)
		})
	}
}
