package cli

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
)

const somePatch = "--- a/m/f\n+++ b/m/f\n@@ -1,2 +1,2 @@\n same\n-old\x1b[2J\n+new\n\\ No newline at end of file\n"

func TestPatch_ForProgramsIsAsItIs(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	(&Screen{w: &b}).Patch(somePatch)
	require.Equal(t, somePatch, b.String(), "it can be applied")
}

func TestPatch_OnATerminal(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	(&Screen{w: &b, terminal: true}).Patch(somePatch)
	require.Equal(t, strings.Replace(somePatch, "\x1b", "\ufffd", 1), b.String(), "it commands no terminal")

	b.Reset()
	(&Screen{w: &b, terminal: true, colour: true}).Patch("--- a\n-old\n+new\n same\n")
	require.Equal(t, string(bold)+"--- a"+endOfColour+"\n"+string(red)+"-old"+endOfColour+"\n"+string(green)+"+new"+endOfColour+"\n same\n", b.String())
}

func TestVersions(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	var b strings.Builder
	err := List(&Output{Format: FormatTable, Screen: &Screen{w: &b}}, func(yield func(client.Version, error) bool) {
		_ = yield(client.Version{Number: 10, Author: "alice", Message: "two\nlines", Current: true, CreatedAt: at}, nil) &&
			yield(client.Version{Number: 9, CreatedAt: at}, nil)
	}, Versions())
	require.NoError(t, err)
	require.Equal(t, `VERSION  CREATED               AUTHOR  CURRENT  MESSAGE
     10  2026-11-24T10:00:00Z  alice   yes      two lines
      9  2026-11-24T10:00:00Z  -       no
`, b.String())
}

func TestText_IsATableOfAnything(t *testing.T) {
	t.Parallel()
	type thing struct{ name, status string }
	var b strings.Builder
	table := Table[thing]{
		Text("NAME", func(x *thing) string { return x.name }).Flexible(),
		Text("STATUS", func(x *thing) string { return x.status }).ByStatus(func(x *thing) string { return x.status }),
		Text("LENGTH", func(x *thing) string { return strings.Repeat("1", len(x.name)) }).Right(),
	}
	err := List(&Output{Format: FormatTable, Screen: &Screen{w: &b, width: 40, terminal: true, colour: true}}, func(yield func(thing, error) bool) {
		yield(thing{"a\x1bvery long name that does not fit at all", "failed"}, nil)
	}, table)
	require.NoError(t, err)
	require.Contains(t, b.String(), string(red)+"failed"+endOfColour)
	require.Contains(t, b.String(), "…")
	require.NotContains(t, b.String(), "a\x1b")
}

func TestStep(t *testing.T) {
	t.Parallel()
	require.Equal(t, "[                    ] 0/2 applying a", Step("applying a", 0, 2))
	require.Equal(t, "[==========          ] 1/2 applying b c", Step("applying b\nc", 1, 2))
	require.Equal(t, "[                    ] 0/0 x", Step("x", 0, 0))

	var b strings.Builder
	p := NewProgress(&Screen{w: &b, terminal: true})
	p.Show(Step(strings.Repeat("x", 100), 1, 2))
	require.Len(t, []rune(strings.TrimPrefix(b.String(), rewind)), usualWidth-1, "a terminal that does not tell its width")
}
