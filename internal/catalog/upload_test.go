package catalog

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

func TestCheck_RefusesWhatNoFolderCouldHold(t *testing.T) {
	t.Parallel()
	c := New(newFakeStore(), newCompiler(), Config{})
	for name, want := range map[string]string{
		"../x.sql":                        "../x.sql: the name of a file is a path inside",
		"a/../x.sql":                      "a/../x.sql: the name of a file is a path inside",
		"/etc/passwd":                     "/etc/passwd: the name of a file is a path inside",
		"a//b.sql":                        "a//b.sql: the name of a file is a path inside",
		"a/":                              "a/: the name of a file is a path inside",
		"":                                ": the name of a file is a path inside",
		".":                               ".: the name of a file is a path inside",
		"//shared/../x.star":              "//shared/../x.star: the name of a file is a path inside",
		"//other/x.star":                  "//other/x.star: the name of a file is a path inside",
		`a\b.sql`:                         `a\b.sql: folders in the name of a file are separated by /`,
		"a\x00b":                          `"a\x00b": the name of a file is text that can be printed`,
		"a\xffb":                          `"a\xffb": the name of a file is text that can be printed`,
		"a\nb":                            `"a\nb": the name of a file is text that can be printed`,
		".env":                            ".env: a file of this name is left out",
		"sql/.x/y.sql":                    "sql/.x/y.sql: a file of this name is left out",
		"vedette.pyi":                     "vedette.pyi: a file of this name is left out",
		"1/2/3/4/5/x.sql":                 "1/2/3/4/5/x.sql: folders are nested more than 4 deep",
		strings.Repeat("x", 256):          strings.Repeat("x", 256) + ": the name has 256 bytes: at most 255",
		"a/" + strings.Repeat("x", 10000): "at most 255",
	} {
		program, diagnostics := c.Check("orders", monitor.Files{monitor.CodeFile: orders, name: ""})
		require.Nil(t, program, "%q", name)
		require.Len(t, diagnostics, 1, "%q: %s", name, diagnostics)
		require.Contains(t, diagnostics.String(), want)
		require.Less(t, len(diagnostics.String()), 2000)
	}
}

func TestCheck_FindsAllAtOnce(t *testing.T) {
	t.Parallel()
	c := New(newFakeStore(), newCompiler(), Config{})
	program, diagnostics := c.Check("shared", monitor.Files{
		monitor.CodeFile: orders + "nonsense()\n", "../a.sql": "", "big.sql": strings.Repeat("x", script.MaxFileBytes+1),
	})
	require.Nil(t, program)
	for _, want := range []string{`"shared" is the folder`, "../a.sql: ", "big.sql: ", "monitor.star:9:1: undefined: nonsense"} {
		require.Contains(t, diagnostics.String(), want)
	}

	many := monitor.Files{monitor.CodeFile: orders}
	for i := range MaxUploadFiles {
		many[fmt.Sprintf("//shared/%d.star", i)] = ""
	}
	_, diagnostics = c.Check("orders", many)
	require.Contains(t, diagnostics.String(), "there are 401 files: at most 400")
}

func TestCheck_TakesWhatAFolderHolds(t *testing.T) {
	t.Parallel()
	c := New(newFakeStore(), newCompiler(), Config{})
	program, diagnostics := c.Check("orders", monitor.Files{
		monitor.CodeFile: orders, "1/2/3/4/größe.sql": "", "a b.txt": "", "//shared/deep/x.star": "y = 1", "monitor_test.star": "",
	})
	require.NotNil(t, program, diagnostics)
	require.Empty(t, diagnostics)
}

func TestCheck_AnUnknownReceiverIsAMistakeHereAndNotInAFolder(t *testing.T) {
	t.Parallel()
	code := strings.Replace(orders, "monitor(", `monitor(notifications = [receiver("nobody")], `, 1)
	require.NotEqual(t, orders, code)
	c := New(newFakeStore(), newCompiler(), Config{})
	program, diagnostics := c.Check("orders", monitor.Files{monitor.CodeFile: code})
	require.Nil(t, program)
	require.Len(t, diagnostics, 1)
	require.Equal(t, monitor.SeverityError, diagnostics[0].Severity)
	require.Equal(t, monitor.UnknownReceiver, diagnostics[0].Code)
	require.Positive(t, diagnostics[0].Line)

	tr := newTree(t, nil)
	tr.write(t, map[string]string{"orders/" + monitor.CodeFile: code})
	tr.look(t)
	require.Equal(t, map[string]int{"orders": 1}, tr.store.numbers(), "what it finds is worth knowing")
	require.Equal(t, monitor.SeverityWarning, tr.folder.Problems()["orders"][0].Severity)
}
