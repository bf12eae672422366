package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/e2e/process"
)

// checkout is where somebody has the folders of monitors, away from the server.
type checkout struct {
	*site
	t   *testing.T
	dir string
	// bin has what stands for editors.
	bin string
}

const (
	checkoutCode = `"""Orders that are stuck."""
load("//shared/limits.star", "limit")
monitor(search_cron = "0 0 1 1 *", update_cron = "0 0 1 1 *", model_id_key = "id", alert = count_rule(high = limit))
def search():
    return [{"id": 1, "state": "open"}]
def update(issues):
    return issues
def is_solved(issue):
    return issue["state"] != "open"
`
	checkoutTest = `def test_one_is_stuck():
    assert.eq(len(run(tasks = ["search"]).created), 1)
`
)

// newCheckout starts a server, and makes a checkout with the named monitors.
func newCheckout(t *testing.T, store string, names ...string) *checkout {
	t.Helper()
	s := newSite(t, store)
	s.run(t)
	c := &checkout{site: s, t: t, dir: filepath.Join(t.TempDir(), "checkout"), bin: t.TempDir()}
	for _, name := range names {
		c.save(name+"/monitor.star", checkoutCode)
		c.save(name+"/monitor_test.star", checkoutTest)
	}
	c.save("shared/limits.star", "limit = 0\n")
	return c
}

// save writes a file of the checkout.
func (c *checkout) save(name, text string) {
	c.t.Helper()
	path := filepath.Join(c.dir, name)
	require.NoError(c.t, os.MkdirAll(filepath.Dir(path), 0o700))
	require.NoError(c.t, os.WriteFile(path, []byte(text), 0o600))
}

// change replaces a text in a file of the checkout.
func (c *checkout) change(name, old, text string) {
	c.t.Helper()
	was, err := os.ReadFile(filepath.Join(c.dir, name))
	require.NoError(c.t, err)
	require.Contains(c.t, string(was), old)
	c.save(name, strings.ReplaceAll(string(was), old, text))
}

// editor makes a program of a shell script that stands for an editor.
func (c *checkout) editor(name, script string) string {
	c.t.Helper()
	path := filepath.Join(c.bin, name)
	require.NoError(c.t, os.WriteFile(path, []byte("#!/bin/sh\nset -e\n"+script+"\n"), 0o700))
	return "EDITOR=" + path
}

// start starts a command in the checkout.
func (c *checkout) start(env []string, args ...string) *process.Process {
	c.t.Helper()
	p, err := process.Start(process.Config{
		Binary: binary(c.t), Args: args, Dir: c.dir, Env: append([]string{"VEDETTE_SERVER=http://" + c.address}, env...),
	})
	require.NoError(c.t, err)
	c.t.Cleanup(func() { require.NoError(c.t, p.Kill()) })
	return p
}

// ended waits for a command to end with a status, and gives what it printed.
func (c *checkout) ended(p *process.Process, status int) string {
	c.t.Helper()
	got, err := p.Wait(limited(c.t, patience))
	require.NoError(c.t, err)
	require.Equal(c.t, status, got, p.Log())
	return p.Log()
}

// vedette runs a command that is to end with a status.
func (c *checkout) vedette(status int, args ...string) string {
	c.t.Helper()
	return c.ended(c.start(nil, args...), status)
}

// code gives the code that the server has of a monitor.
func (c *checkout) code(name string) string {
	c.t.Helper()
	m := get[struct{ Version int }](c.t, c.site, "/monitors/"+name)
	version := get[struct{ Files map[string]string }](c.t, c.site, fmt.Sprintf("/monitors/%s/versions/%d", name, m.Version))
	return version.Files["monitor.star"]
}

// outcomes reads what apply says of each monitor.
func outcomes(t *testing.T, printed string) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, row := range regexp.MustCompile(`(?m)^(\w+) +(created|changed|unchanged|deleted|conflict|failed|skipped) `).FindAllStringSubmatch(printed, -1) {
		found[row[1]] = row[2]
	}
	require.NotEmpty(t, found, printed)
	return found
}

func TestPipeline(t *testing.T) {
	t.Parallel()
	for _, store := range bothStores {
		t.Run(store, func(t *testing.T) {
			t.Parallel()
			c := newCheckout(t, store, "orders", "payments")
			c.applyAndDiff()
			c.drift()
			c.restoreAndPrune()
		})
	}
}

func (c *checkout) applyAndDiff() {
	t := c.t
	t.Helper()
	c.vedette(0, "monitor", "validate", "orders", "payments")
	c.vedette(0, "monitor", "test", "orders", "payments")
	c.vedette(1, "monitor", "diff", ".")
	require.Equal(t, map[string]string{"orders": "created", "payments": "created"}, outcomes(t, c.vedette(0, "monitor", "apply", ".", "--dry-run")))
	require.Empty(t, list[monitorView](t, c.site, "/monitors"), "a dry run does nothing")
	require.Equal(t, map[string]string{"orders": "created", "payments": "created"}, outcomes(t, c.vedette(0, "monitor", "apply", ".", "-m", "begin")))
	require.Empty(t, c.vedette(0, "monitor", "diff", "."))
	require.Equal(t, map[string]string{"orders": "unchanged", "payments": "unchanged"}, outcomes(t, c.vedette(0, "monitor", "apply", ".")))

	c.change("orders/monitor.star", `"open"}]`, `"open"}, {"id": 2, "state": "open"}]`)
	require.Contains(t, c.vedette(1, "monitor", "diff", "."), `+    return [{"id": 1, "state": "open"}, {"id": 2, "state": "open"}]`)
	require.Equal(t, map[string]string{"orders": "changed", "payments": "unchanged"}, outcomes(t, c.vedette(0, "monitor", "apply", ".", "-m", "two")))
	c.change("shared/limits.star", "0", "1")
	require.Contains(t, c.vedette(0, "monitor", "apply", "."), "shared/limits.star differs: it touches orders, payments")

	c.change("payments/monitor.star", "def search", "def saerch")
	c.change("orders/monitor.star", "stuck", "late")
	require.Contains(t, c.vedette(1, "monitor", "apply", "."), "payments/monitor.star:")
	require.Contains(t, c.code("orders"), "stuck", "one mistake, and nothing is changed")
	c.change("payments/monitor.star", "def saerch", "def search")
}

// drift has somebody else change what is stored.
func (c *checkout) drift() {
	t := c.t
	t.Helper()
	c.ended(c.start([]string{c.editor("hotfix", `sed -i 's/high = limit/low = limit/' "$1"`)}, "monitor", "edit", "orders", "-m", "hotfix"), 0)
	c.vedette(1, "monitor", "diff", "orders")
	printed := c.vedette(1, "monitor", "apply", ".")
	require.Equal(t, map[string]string{"orders": "conflict", "payments": "unchanged"}, outcomes(t, printed))
	require.Contains(t, printed, "hotfix")
	require.Contains(t, c.code("orders"), "low = limit", "it is theirs")
	require.Equal(t, map[string]string{"orders": "changed", "payments": "unchanged"}, outcomes(t, c.vedette(0, "monitor", "apply", ".", "--force")))
	require.Contains(t, c.code("orders"), "late")
	require.Empty(t, c.vedette(0, "monitor", "diff", "."))
}

func (c *checkout) restoreAndPrune() {
	t := c.t
	t.Helper()
	require.Contains(t, c.vedette(0, "monitor", "versions", "orders"), "apply: begin")
	require.Contains(t, c.vedette(0, "monitor", "restore", "orders", "1", "-m", "as it began"), "version 1 restored as version")
	require.Contains(t, c.vedette(1, "monitor", "diff", "orders", "--version", "1"), "late")
	require.Empty(t, c.vedette(0, "monitor", "diff", "../checkout/payments"))
	require.Contains(t, c.vedette(2, "monitor", "diff", "none"), "none")
	require.Contains(t, c.vedette(2, "monitor", "diff", "orders", "--version", "99"), "99")

	c.ended(c.start([]string{c.editor("none", "true")}, "monitor", "create", "byhand"), 0)
	require.NoError(t, os.RemoveAll(filepath.Join(c.dir, "payments")))
	printed := c.vedette(0, "monitor", "apply", ".", "--prune", "--dry-run")
	require.Equal(t, map[string]string{"orders": "changed", "payments": "deleted"}, outcomes(t, printed))
	require.Len(t, list[monitorView](t, c.site, "/monitors"), 3)
	printed = c.vedette(0, "monitor", "apply", ".", "--prune")
	require.Equal(t, map[string]string{"orders": "changed", "payments": "deleted"}, outcomes(t, printed))
	require.Contains(t, printed, "not pruned, as apply did not make them: byhand")
	var names []string
	for _, m := range list[monitorView](t, c.site, "/monitors") {
		names = append(names, m.Name)
	}
	require.ElementsMatch(t, []string{"orders", "byhand"}, names)

	require.Contains(t, c.vedette(2, "monitor", "delete", "byhand"), "--yes")
	c.vedette(0, "monitor", "delete", "byhand", "--yes", "-m", "not needed")
	c.vedette(0, "monitor", "get", "orders", "--files", "exported")
	require.Empty(t, c.vedette(0, "monitor", "diff", "exported"), "what was written is what is stored")
}

func TestPipeline_TwoEditorsAtOnce(t *testing.T) {
	t.Parallel()
	c := newCheckout(t, "sqlite", "orders")
	c.vedette(0, "monitor", "apply", ".")
	first := c.start([]string{c.editor("slow", `touch "$0.open"
while [ ! -e "$0.go" ]; do sleep 0.02; done
sed -i 's/stuck/late/' "$1"`)}, "monitor", "edit", "orders", "-m", "first")
	eventually(t, func() (bool, string) {
		_, err := os.Stat(filepath.Join(c.bin, "slow.open"))
		return err == nil, "the editor has not been opened"
	})
	c.ended(c.start([]string{c.editor("quick", `sed -i 's/high = limit/low = limit/' "$1"`)}, "monitor", "edit", "orders", "-m", "second"), 0)
	require.NoError(t, os.WriteFile(filepath.Join(c.bin, "slow.go"), nil, 0o600))

	printed := c.ended(first, 1)
	require.Regexp(t, `orders was changed meanwhile: version 2 .*"second"`, printed)
	require.Regexp(t, `(?m)^\+monitor\(.*low = limit`, printed, "their change as a diff")
	require.Contains(t, c.code("orders"), "low = limit")
	require.NotContains(t, c.code("orders"), "late", "nothing is overwritten")
	kept := regexp.MustCompile(`kept in (\S+):`).FindStringSubmatch(printed)
	require.NotNil(t, kept, printed)
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(filepath.Dir(filepath.Dir(kept[1])))) })
	text, err := os.ReadFile(filepath.Join(kept[1], "monitor.star"))
	require.NoError(t, err)
	require.Contains(t, string(text), "late", "nothing that was typed is lost")
}

func TestPipeline_AnEditorThatIsAProgramIsToldItsMistakesOnce(t *testing.T) {
	t.Parallel()
	c := newCheckout(t, "sqlite", "orders")
	c.vedette(0, "monitor", "apply", ".")
	printed := c.ended(c.start([]string{c.editor("clumsy", `sed -i 's/def search/def saerch/' "$1"`)}, "monitor", "edit", "orders"), 1)
	require.Contains(t, printed, `saerch() is never called by the platform (did you mean "search"?)`)
	kept := regexp.MustCompile(`kept in (\S+):`).FindStringSubmatch(printed)
	require.NotNil(t, kept, printed)
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(filepath.Dir(filepath.Dir(kept[1])))) })
	text, err := os.ReadFile(filepath.Join(kept[1], "monitor.star"))
	require.NoError(t, err)
	require.Contains(t, string(text), "saerch", "nothing that was typed is lost")
	require.NotContains(t, string(text), "[vedette]")
	require.NotContains(t, c.code("orders"), "saerch")
}

func TestPipeline_KilledWhileItApplies(t *testing.T) {
	t.Parallel()
	const folders = 50
	var names []string
	for i := range folders {
		names = append(names, fmt.Sprintf("m%02d", i))
	}
	c := newCheckout(t, "sqlite", names...)
	p := c.start(nil, "monitor", "apply", ".")
	eventually(t, func() (bool, string) {
		n := len(list[monitorView](t, c.site, "/monitors"))
		return n >= 5, fmt.Sprintf("there are %d monitors", n)
	})
	require.NoError(t, p.Kill())
	before := len(list[monitorView](t, c.site, "/monitors"))
	t.Logf("killed after %d of %d", before, folders)

	var items []struct{ Outcome string }
	require.NoError(t, json.Unmarshal([]byte(c.vedette(0, "monitor", "apply", ".", "-o", "json")), &items))
	counts := map[string]int{}
	for _, item := range items {
		counts[item.Outcome]++
	}
	require.Equal(t, folders, counts["created"]+counts["unchanged"], "%v", counts)
	require.GreaterOrEqual(t, counts["unchanged"], before)
	for _, name := range names {
		a, err := c.ask(t.Context(), http.MethodGet, "/monitors/"+name, nil)
		require.NoError(t, err)
		require.Contains(t, a.body, `"version":1`, "each was stored once")
	}
	require.Empty(t, c.vedette(0, "monitor", "diff", "."))
}
