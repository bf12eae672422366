package patch

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestBetween_Golden(t *testing.T) {
	t.Parallel()
	before := monitor.Files{
		"monitor.star": "a\nb\nc\n", "gone.sql": "select 1\n", "same.txt": "x", "empty.txt": "",
		"//shared/money.star": "cents = 100\n", "blob": "\x00",
	}
	after := monitor.Files{
		"monitor.star": "a\nB\nc", "a.sql": "select 2\n", "same.txt": "x",
		"//shared/money.star": "cents = 1\n", "blob": "\x00\x01",
	}
	var text strings.Builder
	for _, change := range Between("orders", before, after) {
		text.WriteString(string(change.Kind) + " " + change.File + "\n" + change.Patch)
	}
	require.Equal(t, `changed monitor.star
--- a/orders/monitor.star
+++ b/orders/monitor.star
@@ -1,3 +1,3 @@
 a
-b
-c
+B
+c
\ No newline at end of file
added a.sql
--- /dev/null
+++ b/orders/a.sql
@@ -0,0 +1 @@
+select 2
changed blob
Binary files a/orders/blob and b/orders/blob differ
removed empty.txt
--- a/orders/empty.txt
+++ /dev/null
removed gone.sql
--- a/orders/gone.sql
+++ /dev/null
@@ -1 +0,0 @@
-select 1
changed //shared/money.star
--- a/shared/money.star
+++ b/shared/money.star
@@ -1 +1 @@
-cents = 100
+cents = 1
`, text.String())
	require.Equal(t, []Change{}, Between("orders", before, before))
}

func TestMerge(t *testing.T) {
	t.Parallel()
	const base = "one\ntwo\nthree\nfour\nfive\n"
	for name, c := range map[string]struct {
		mine, theirs, merged string
		clash                bool
	}{
		"only mine":     {"ONE\ntwo\nthree\nfour\nfive\n", base, "ONE\ntwo\nthree\nfour\nfive\n", false},
		"only theirs":   {base, "one\ntwo\nthree\nfour\nFIVE\n", "one\ntwo\nthree\nfour\nFIVE\n", false},
		"both the same": {"ONE\ntwo\nthree\nfour\nfive\n", "ONE\ntwo\nthree\nfour\nfive\n", "ONE\ntwo\nthree\nfour\nfive\n", false},
		"far apart":     {"ONE\ntwo\nthree\nfour\nfive\n", "one\ntwo\nthree\nfour\nFIVE\n", "ONE\ntwo\nthree\nfour\nFIVE\n", false},
		"the same line": {"one\nTWO\nthree\nfour\nfive\n", "one\n2\nthree\nfour\nfive\n", "one\nTWO\nthree\nfour\nfive\n", true},
		"neighbours":    {"one\nTWO\nthree\nfour\nfive\n", "one\ntwo\nTHREE\nfour\nfive\n", "one\nTWO\nthree\nfour\nfive\n", true},
		"added at once": {base + "mine\n", base + "theirs\n", base + "mine\n", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			merged, clashes := Merge(monitor.Files{"f": base}, monitor.Files{"f": c.mine}, monitor.Files{"f": c.theirs})
			require.Equal(t, monitor.Files{"f": c.merged}, merged)
			require.Equal(t, c.clash, len(clashes) == 1)
		})
	}
}

func TestMerge_FilesThatComeAndGo(t *testing.T) {
	t.Parallel()
	base := monitor.Files{"both": "1", "mine": "1", "theirs": "1", "changed": "1", "removed": "1"}
	mine := monitor.Files{"theirs": "1", "new": "mine", "changed": "2", "clash": "a"}
	theirs := monitor.Files{"mine": "1", "other": "theirs", "removed": "2", "clash": "b"}
	merged, clashes := Merge(base, mine, theirs)
	require.Equal(t, monitor.Files{"new": "mine", "other": "theirs", "changed": "2", "clash": "a"}, merged)
	require.Equal(t, []string{"changed", "clash", "removed"}, clashes)
}

// TestMerge_LosesNothing merges changes of random lines: what either side changed
// is in the result, unless it says that there is a clash, when mine is.
func TestMerge_LosesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.StringMatching(`[a-c]{1,2}`), 1, 12).Draw(t, "lines")
		edited := func(side string) []string {
			result := append([]string(nil), lines...)
			for _, at := range rapid.SliceOfN(rapid.IntRange(0, len(lines)-1), 0, 3).Draw(t, side) {
				result[at] = side
			}
			return result
		}
		mine, theirs := edited("mine"), edited("theirs")
		join := func(lines []string) monitor.Files { return monitor.Files{"f": strings.Join(lines, "\n") + "\n"} }
		merged, clashes := Merge(join(lines), join(mine), join(theirs))
		if len(clashes) > 0 {
			require.Equal(t, join(mine), merged)
			return
		}
		count := func(files monitor.Files, word string) int { return strings.Count(files["f"], word+"\n") }
		require.Equal(t, count(join(mine), "mine"), count(merged, "mine"))
		require.Equal(t, count(join(theirs), "theirs"), count(merged, "theirs"))
	})
}
