package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/rollout"
)

// checkout is a directory with folders of monitors, beside a world.
type checkout struct {
	*world
	dir string
}

func newCheckout(t *testing.T, names ...string) *checkout {
	t.Helper()
	c := &checkout{world: newWorld(t), dir: t.TempDir()}
	for _, name := range names {
		require.NoError(t, os.Mkdir(filepath.Join(c.dir, name), 0o755))
		save(t, c.dir, name, monitor.CodeFile, monitors["letters"])
	}
	return c
}

// in runs a command in the checkout; editor is what EDITOR says.
func (c *checkout) in(status int, editor string, args ...string) ended {
	c.Helper()
	e := vedetteIn(c.T, c.dir, []string{serverVariable + "=" + c.url, "EDITOR=" + editor, "TMPDIR=" + os.TempDir()}, args...)
	require.Equal(c, status, e.status, "%v: %s%s", args, e.out, e.errors)
	return e
}

func (c *checkout) apply(status int, args ...string) map[string]rollout.Item {
	c.Helper()
	e := c.in(status, "", append([]string{"monitor", "apply", "-o", "json"}, args...)...)
	var items []rollout.Item
	require.NoError(c, json.Unmarshal([]byte(e.out), &items), e.out)
	byName := map[string]rollout.Item{}
	for _, item := range items {
		byName[item.Monitor] = item
	}
	return byName
}

func TestMonitorApply_ForPrograms(t *testing.T) {
	t.Parallel()
	c := newCheckout(t, "one", "two")
	require.Equal(t, rollout.Created, c.apply(exitDone, ".", "--dry-run")["one"].Outcome)
	require.Equal(t, rollout.Created, c.apply(exitDone, ".")["one"].Outcome)
	require.Equal(t, rollout.Item{
		Monitor: "one", Dir: "one", Outcome: rollout.Unchanged, Version: 1, Files: []string{}, Diagnostics: []client.Diagnostic{},
	}, c.apply(exitDone, "one")["one"])

	save(t, c.dir, "two", monitor.CodeFile, "monitor(")
	e := c.in(exitFailed, "", "monitor", "apply", ".")
	require.Contains(t, e.errors, "two/monitor.star:1:9: ")
	require.Contains(t, e.errors, "nothing was changed")
	require.Empty(t, e.out)
	save(t, c.dir, "two", monitor.CodeFile, strings.Replace(monitors["letters"], "low = 0)", `low = 0), notifications = [receiver("nobody")]`, 1))
	require.Contains(t, c.in(exitFailed, "", "monitor", "apply", ".").errors, `unknown receiver "nobody"`)
	require.Contains(t, c.in(exitDone, "", "monitor", "validate", "two").out, "warning: unknown receiver")
	save(t, c.dir, ".", "receivers.yaml", `receivers: {somebody: {webhook: {url: "https://chat.example/hook"}}}`)
	known := c.in(exitFailed, "", "--config", "receivers.yaml", "monitor", "validate", "two").out
	require.Regexp(t, `^two/monitor\.star:\d+:\d+: unknown receiver "nobody": there is somebody`, known)
	require.NoError(t, os.MkdirAll(filepath.Join(c.dir, "shared"), 0o700))
	save(t, c.dir, "shared", "limits.star", "LIMIT = 3")
	every := c.in(exitDone, "", "monitor", "validate", ".")
	require.Contains(t, every.out, "one: ok")
	require.Contains(t, every.out, "two: ok")
	require.NotContains(t, every.out+every.errors, "shared")
	require.Contains(t, c.in(exitFailed, "", "monitor", "validate", "shared").errors, "is no monitor and holds none")
}

func TestMonitorApply_WhatTheServerHasFromElsewhere(t *testing.T) {
	t.Parallel()
	c := newCheckout(t, "orders")
	require.Equal(t, rollout.Conflict, c.apply(exitFailed, ".")["orders"].Outcome)
	forced := c.apply(exitFailed, ".", "--force")["orders"]
	require.Equal(t, rollout.Failed, forced.Outcome)
	require.Contains(t, forced.Error, "folder")
}

func TestMonitorDiff_ExitStatuses(t *testing.T) {
	t.Parallel()
	c := newCheckout(t, "one")
	e := c.in(exitFailed, "", "monitor", "diff", ".")
	require.Contains(t, e.out, "--- /dev/null\n+++ b/one/monitor.star\n")
	require.Empty(t, e.errors)
	c.apply(exitDone, ".")
	require.Equal(t, ended{}, c.in(exitDone, "", "monitor", "diff", "one"))
	c.in(exitDone, "sed -i s/1/2/", "monitor", "edit", "one")

	var differences []rollout.Difference
	e = c.in(exitFailed, "", "monitor", "diff", "one", "-o", "json")
	require.NoError(t, json.Unmarshal([]byte(e.out), &differences))
	require.Equal(t, 2, differences[0].From)
	require.Equal(t, "one", differences[0].Dir)
	require.Equal(t, "monitor.star", differences[0].Changes[0].File)
	require.Empty(t, c.in(exitDone, "", "monitor", "diff", "one", "--version", "1").out, "the folder has what version 1 had")

	require.NoError(t, os.RemoveAll(filepath.Join(c.dir, "one")))
	require.Contains(t, c.in(exitFailed, "", "monitor", "diff", "one").out, "+++ b/one/monitor.star\n")
	require.Empty(t, c.in(exitDone, "", "monitor", "diff", "one", "--version", "1", "--to", "1").out)
	for _, args := range [][]string{
		{"none"}, {"./none"}, {"."}, {"one", "--version", "9"}, {"one", "--version", "-1"}, {"one", "--nope"}, {}, {"one", "--server", "http://127.0.0.1:1"},
	} {
		e := c.in(exitUsage, "", append([]string{"monitor", "diff"}, args...)...)
		require.Empty(t, e.out)
		require.Equal(t, 1, strings.Count(e.errors, "\n"), e.errors)
	}
}

func TestMonitorCreateEditRestoreDelete(t *testing.T) {
	t.Parallel()
	c := newCheckout(t)
	require.Equal(t, "fresh: stored as version 1\n", c.in(exitDone, "true", "monitor", "create", "fresh").out)
	e := c.in(exitFailed, "false", "monitor", "create", "fresh")
	require.Contains(t, e.errors, "vedette monitor edit fresh", "before the editor is opened")
	require.Contains(t, c.in(exitUsage, "true", "monitor", "create", "Not-A-Name").errors, "a-z")
	c.in(exitDone, "true", "monitor", "create", "copy", "--template", "letters")
	require.Contains(t, c.in(exitFailed, "true", "monitor", "create", "other", "--template", "none").errors, "--template")

	require.Equal(t, "Edit cancelled, no changes made\n", c.in(exitDone, "true", "monitor", "edit", "fresh").errors)
	require.Contains(t, c.in(exitFailed, "", "monitor", "edit", "fresh").errors, "VISUAL or EDITOR")
	require.Contains(t, c.in(exitFailed, "exit 9;", "monitor", "edit", "orders").errors, "comes from the folder", "before the editor is opened")
	require.Equal(t, "copy: stored as version 2\n", c.in(exitDone, `sed -i "s/low = 0/low = 5/"`, "monitor", "edit", "copy", "-m", "calmer").out)
	e = c.in(exitFailed, `sed -i "s/def search/def saerch/"`, "monitor", "edit", "copy")
	require.Contains(t, e.errors, "it cannot be stored as it is; your changes are kept in ")
	_, kept, _ := strings.Cut(e.errors, "kept in ")
	kept, _, _ = strings.Cut(kept, ":")
	require.FileExists(t, filepath.Join(kept, monitor.CodeFile))
	require.NoError(t, os.RemoveAll(filepath.Dir(filepath.Dir(kept))))

	require.Contains(t, c.in(exitDone, "", "monitor", "versions", "copy").out, "calmer")
	require.Equal(t, 2, strings.Count(c.in(exitDone, "", "monitor", "versions", "copy", "--limit", "1").out, "\n"))
	require.Equal(t, "copy: version 1 restored as version 3\n", c.in(exitDone, "", "monitor", "restore", "copy", "1").out)
	require.Equal(t, "copy: unchanged, version 3 has the same files\n", c.in(exitDone, "", "monitor", "restore", "copy", "1").out)
	require.Contains(t, c.in(exitUsage, "", "monitor", "delete", "copy").errors, "--yes")
	require.Contains(t, c.in(exitDone, "", "monitor", "delete", "copy", "--yes", "-m", "no use").out, "copy: deleted, ")
	require.Contains(t, c.in(exitFailed, "", "monitor", "get", "copy").errors, "copy")
	require.Contains(t, c.in(exitDone, "", "monitor", "restore", "copy", "2").out, "restored", "what was deleted can be had again")
}

func TestMonitorGet_WritesFiles(t *testing.T) {
	t.Parallel()
	c := newCheckout(t)
	require.Equal(t, "wrote out/letters/monitor.star\n", c.in(exitDone, "", "monitor", "get", "letters", "--files", "out").out)
	require.Empty(t, c.in(exitDone, "", "monitor", "diff", "out").out)
	save(t, c.dir, "out/letters", monitor.CodeFile, "mine")
	require.Contains(t, c.in(exitFailed, "", "monitor", "get", "letters", "--files", "out").errors, "is there with other content")
	c.in(exitUsage, "", "monitor", "get", "letters", "--version", "1")
}

func TestChanges_Usage(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", maxMessage+1)
	for _, args := range [][]string{
		{"apply"},
		{"apply", ".", "--prune-label", "a=b"},
		{"apply", ".", "--message", long},
		{"edit"},
		{"edit", "a", "b"},
		{"edit", "a", "-m", long},
		{"create"},
		{"versions"},
		{"versions", "a", "--limit", "-1"},
		{"restore", "a"},
		{"restore", "a", "x"},
		{"restore", "a", "0"},
		{"delete"},
	} {
		e := vedette(t, nil, append([]string{"monitor"}, args...)...)
		require.Equal(t, exitUsage, e.status, "%v: %s", args, e.errors)
		require.Equal(t, 1, strings.Count(e.errors, "\n"), "%v: %s", args, e.errors)
		require.Empty(t, e.out)
	}
}

func TestCompletion_OffersVersions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	require.Equal(t, "1\tfolder\n:36\n", w.ok("__complete", "monitor", "restore", "orders", ""))
	require.Equal(t, "1\tfolder\n:36\n", w.ok("__complete", "monitor", "diff", "orders", "--to", ""))
	require.Equal(t, ":36\n", w.ok("__complete", "monitor", "restore", "orders", "2"))
	require.Equal(t, "orders\n:0\n", w.ok("__complete", "monitor", "diff", "ord"), "or a folder, which the shell knows")
	require.Equal(t, "orders\n:4\n", w.ok("__complete", "monitor", "create", "x", "--template", "ord"))
}

func TestAnswer(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{"y\n": true, " YES \n": true, "n\n": false, "\n": false, "y": false, "": false, "yesterday\n": false} {
		got, err := answer(t.Context(), strings.NewReader(text))
		require.NoError(t, err)
		require.Equal(t, want, got, text)
	}
	silent, write := io.Pipe()
	ctx, cancel := context.WithCancelCause(t.Context())
	enough := errors.New("enough")
	cancel(enough)
	_, err := answer(ctx, silent)
	require.ErrorIs(t, err, enough)
	require.NoError(t, write.Close())
}
