package script_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/lib"
)

const names = head + `
def search():
    http.get("https://x.example", auth = "biling")
    http.request("PUT", "https://x.example", auth = "billing")
    secret("SHOP_KEY")
    secret("SHOP_API_KEY")
    query("shop", "select 1")
    return query("shp", "select 1")
def update(issues):
    name = "none"
    return query(name, "select 1")
`

func TestCompile_DoubtsNamesThatTheConfigurationDoesNotHave(t *testing.T) {
	t.Parallel()
	compiler := script.NewCompiler(lib.All(), script.Config{Databases: []string{"shop"}, Auths: []string{"billing"}, Secrets: []string{"SHOP_API_KEY"}})
	program, diagnostics := compiler.Compile("sample", monitor.Files{monitor.CodeFile: names})
	require.NotNil(t, program, "they prevent nothing")
	require.Equal(t, `monitor.star:4:42: warning: unknown auth "biling" (did you mean "billing"?)
monitor.star:6:12: warning: unknown secret "SHOP_KEY": there is SHOP_API_KEY
monitor.star:9:18: warning: unknown database "shp" (did you mean "shop"?)`, diagnostics.String())
	require.Equal(t, []monitor.DiagnosticCode{monitor.UnknownAuth, monitor.UnknownSecret, monitor.UnknownDatabase},
		[]monitor.DiagnosticCode{diagnostics[0].Code, diagnostics[1].Code, diagnostics[2].Code})
	require.False(t, diagnostics.Strict().HasErrors())
}

func TestCompile_DoubtsNothingWhereTheConfigurationIsNotKnown(t *testing.T) {
	t.Parallel()
	_, diagnostics := script.NewCompiler(lib.All(), script.Config{}).Compile("sample", monitor.Files{monitor.CodeFile: names})
	require.Empty(t, diagnostics)
	_, diagnostics = script.NewCompiler(lib.All(), script.Config{Auths: []string{}}).Compile("sample", monitor.Files{monitor.CodeFile: names})
	require.Contains(t, diagnostics.String(), `unknown auth "biling": the configuration has none`)
}

func TestCompile_LabelsAreBounded(t *testing.T) {
	t.Parallel()
	for labels, want := range map[string]string{
		`{"x": endless()}`:                  `must be a dict of strings, but has "x": a list`,
		`{str(i): "x" for i in range(101)}`: "must be at most 100, not 101",
		`{"x": "y" * 1001}`:                 "must have names and values of at most 1000 bytes",
		`{"": "x"}`:                         `"": "x" is no label`,
		`{"x": "a\0"}`:                      `"x": "a\x00" is no label`,
	} {
		_, diagnostics := compiler().Compile("sample", monitor.Files{monitor.CodeFile: `
def endless():
    x = [0]
    for _ in range(60): x = [x, x]
    return x
def search(): pass
monitor(search_cron = "@daily", model_id_key = "id", solvable = False, labels = ` + labels + ")\n"})
		require.Contains(t, diagnostics.String(), want)
	}
}

func TestCompile_LongMessagesAreCut(t *testing.T) {
	t.Parallel()
	_, diagnostics := compiler().Compile("sample", monitor.Files{monitor.CodeFile: "fail(\"x\" * (1 << 20))\n"})
	require.True(t, diagnostics.HasErrors())
	require.Contains(t, diagnostics.String(), "... (cut)")
	require.Less(t, len(diagnostics.String()), 10<<10)
}

func TestCompile_SaysWhatTakesThePlaceOfPythonsModules(t *testing.T) {
	t.Parallel()
	_, diagnostics := compiler().Compile("sample", monitor.Files{
		monitor.CodeFile: head + stubs["update"] + "def search():\n    return requests.get(\"https://x.example\").json()\n",
	})
	require.Equal(t, `monitor.star:4:12: undefined: requests: use http.get(url)`, diagnostics.String())
}
