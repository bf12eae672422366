package httpapi

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/lib"
)

func TestLanguage_IsThatOfMonitorsAndTests(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(w *world) {
		w.deps.TestBuiltins = []script.Builtin{{Signature: "fake_now(at: str) -> None", Doc: "Sets the time."}}
	})
	words, err := w.client.Language(t.Context())
	require.NoError(t, err)
	require.Len(t, words, len(lib.Vocabulary())+1)
	require.Contains(t, words, client.Word{
		Name: "fake_now", Kind: "builtin", Place: "tests", Signature: "fake_now(at: str) -> None", Doc: "Sets the time.",
		Parameters: []client.WordParameter{{Name: "at", Signature: "at: str", Required: true}},
	})
	require.Contains(t, words, client.Word{Name: "len", Kind: "universal", Place: "anywhere", Parameters: []client.WordParameter{}})
}

func TestTemplate_IsAMonitorThatCanBeRegistered(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	template, err := w.client.Template(t.Context(), "late_orders")
	require.NoError(t, err)
	require.Equal(t, "late_orders", template.Name)
	require.Contains(t, template.Files, monitor.CodeFile)
	require.Contains(t, template.Files, monitor.TestFile)
	require.Contains(t, template.Files[monitor.ReadmeFile], "late_orders")
	for _, name := range []string{"", "Late Orders", "a/b"} {
		_, err = w.client.Template(t.Context(), name)
		w.code(monitor.CodeInvalid, "name: ", err)
	}
	require.Equal(t, 422, w.send("GET", "/api/v1/monitor_template", "").status)
	registered, err := w.client.PutMonitor(t.Context(), template.Name, client.Upload{Files: template.Files}, "")
	require.NoError(t, err)
	require.Equal(t, 1, registered.Version)
}
