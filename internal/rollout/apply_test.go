package rollout

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

func TestApply_StoresWhatDiffers(t *testing.T) {
	t.Parallel()
	server := newServer()
	tr := newTree(t, "a/monitor.star", "1", "b/monitor.star", "1", "b/b.sql", "1")
	outcomes, _ := tr.rollout(server, Options{Message: "begin"})
	require.Equal(t, []string{"a created", "b created"}, outcomes)
	require.Equal(t, "apply: begin", server.versions["a"][0].Message)

	server.calls = nil
	outcomes, _ = tr.rollout(server, Options{})
	require.Equal(t, []string{"a unchanged", "b unchanged"}, outcomes)
	require.Empty(t, server.calls, "what is as it was is neither validated nor stored")

	tr.write("b/b.sql", "2")
	outcomes, items := tr.rollout(server, Options{})
	require.Equal(t, []string{"a unchanged", "b changed"}, outcomes)
	require.Equal(t, []string{"b.sql"}, items["b"].Files)
	require.Equal(t, 2, items["b"].Version)

	tr.write("b/b.sql", "1")
	outcomes, _ = tr.rollout(server, Options{})
	require.Equal(t, []string{"a unchanged", "b changed"}, outcomes, "an author may take an edit back")
}

func TestPlan_ChangesNothing(t *testing.T) {
	t.Parallel()
	server := newServer()
	server.brought("gone", "me", "apply", monitor.Files{"monitor.star": "1"})
	plan := newTree(t, "a/monitor.star", "1").plan(server, Options{Prune: true})
	require.Equal(t, []string{"validate a"}, server.calls)
	require.Equal(t, Created, plan.Items()[0].Outcome)
	require.Equal(t, Deleted, plan.Items()[1].Outcome)
	require.Equal(t, 1, plan.Deletions())
}

func TestPlan_OneBrokenFolderStopsAll(t *testing.T) {
	t.Parallel()
	for word, calls := range map[string][]string{"BROKEN": nil, "REFUSED": {"validate a", "validate b"}, `receiver("x")`: {"validate a", "validate b"}} {
		server := newServer()
		tr := newTree(t, "a/monitor.star", "1", "b/monitor.star", word)
		dirs, _, err := Find([]string{tr.dir})
		require.NoError(t, err)
		_, err = New(server, plainReader{}, Options{}, nil).Plan(t.Context(), dirs)
		broken, ok := errors.AsType[*Broken](err)
		require.True(t, ok, "%s: %v", word, err)
		require.True(t, strings.HasPrefix(broken.Diagnostics.String(), tr.dir+"/b/monitor.star:"), broken.Diagnostics.String())
		require.Equal(t, calls, server.calls)
	}
}

func TestApply_LeavesWhatSomebodyElseChanged(t *testing.T) {
	t.Parallel()
	server := newServer()
	tr := newTree(t, "a/monitor.star", "1")
	tr.rollout(server, Options{})
	server.brought("a", "alice", "hotfix", monitor.Files{"monitor.star": "hot"})

	outcomes, items := tr.rollout(server, Options{})
	require.Equal(t, []string{"a conflict"}, outcomes)
	require.Contains(t, items["a"].Error, `version 2 by alice ("hotfix")`)
	require.Len(t, server.versions["a"], 2)

	tr.write("a/monitor.star", "hot")
	outcomes, _ = tr.rollout(server, Options{})
	require.Equal(t, []string{"a unchanged"}, outcomes, "it was taken into the folder")

	tr.write("a/monitor.star", "1")
	outcomes, _ = tr.rollout(server, Options{Force: true})
	require.Equal(t, []string{"a changed"}, outcomes)

	server.brought("a", "bob", "restore of version 1", monitor.Files{"monitor.star": "1"})
	tr.write("a/monitor.star", "2")
	outcomes, _ = tr.rollout(server, Options{})
	require.Equal(t, []string{"a changed"}, outcomes, "what was restored had come from the folder")
}

func TestApply_LeavesWhatChangesMeanwhile(t *testing.T) {
	t.Parallel()
	for _, force := range []bool{false, true} {
		server := newServer()
		tr := newTree(t, "a/monitor.star", "1", "b/monitor.star", "1")
		raced := false
		server.before = func(name string) error {
			if name == "a" && !raced {
				raced = true
				server.brought("a", "alice", "first", monitor.Files{"monitor.star": "hers"})
			}
			return nil
		}
		outcomes, items := tr.rollout(server, Options{Force: force})
		if force {
			require.Equal(t, []string{"a changed", "b created"}, outcomes)
			require.Equal(t, "1", server.versions["a"][1].Files["monitor.star"])
			continue
		}
		require.Equal(t, []string{"a conflict", "b created"}, outcomes, "the others go on")
		require.Contains(t, items["a"].Error, "somebody else")
		require.Len(t, server.versions["a"], 1)
	}
}

func TestApply_SaysWhatWentWrongAndGoesOn(t *testing.T) {
	t.Parallel()
	server := newServer()
	server.brought("old", "me", "apply", monitor.Files{"monitor.star": "1"})
	tr := newTree(t, "a/monitor.star", "1", "b/monitor.star", "1")
	server.before = func(name string) error {
		if name == "a" {
			return &client.Invalid{Diagnostics: []client.Diagnostic{{File: "//shared/x.star", Message: "no"}}}
		}
		return nil
	}
	outcomes, items := tr.rollout(server, Options{Prune: true})
	require.Equal(t, []string{"a failed", "b created", "old skipped"}, outcomes)
	require.Equal(t, tr.dir+"/shared/x.star", items["a"].Diagnostics[0].File)
}

func TestApply_GivesUpWhenTheServerIsAway(t *testing.T) {
	t.Parallel()
	server := newServer()
	tr := newTree(t, "a/monitor.star", "1", "b/monitor.star", "1", "c/monitor.star", "1", "d/monitor.star", "1")
	server.before = func(string) error { return monitor.Errorf(monitor.CodeUnavailable, "no answer") }
	outcomes, items := tr.rollout(server, Options{})
	require.Equal(t, []string{"a failed", "b failed", "c failed", "d failed"}, outcomes)
	require.Equal(t, "no answer", items["c"].Error)
	require.Contains(t, items["d"].Error, "not tried")
}

func TestApply_StopsWhenItIsToldTo(t *testing.T) {
	t.Parallel()
	server := newServer()
	tr := newTree(t, "a/monitor.star", "1", "b/monitor.star", "1")
	plan := tr.plan(server, Options{})
	ctx, cancel := context.WithCancelCause(t.Context())
	enough := errors.New("enough")
	server.before = func(string) error { cancel(enough); return nil }
	var outcomes []Outcome
	var last error
	for item, err := range New(server, plainReader{}, Options{}, nil).Apply(ctx, plan) {
		outcomes, last = append(outcomes, item.Outcome), err
	}
	require.Equal(t, []Outcome{Created, ""}, outcomes)
	require.ErrorIs(t, last, enough)
	require.NotContains(t, server.versions, "b")
}

func TestPrune_DeletesOnlyWhatCameFromFolders(t *testing.T) {
	t.Parallel()
	stored := func() *fakeServer {
		server := newServer()
		one := monitor.Files{"monitor.star": "1"}
		server.brought("byhand", "alice", "", one)
		server.brought("drifted", "me", "apply", one)
		server.brought("drifted", "alice", "hotfix", monitor.Files{"monitor.star": "2"})
		server.brought("folder", "folder", "", one)
		server.source["folder"] = string(monitor.SourceFolder)
		server.brought("old", "me", "apply: it", one)
		server.labels["old"] = map[string]string{"team": "shop"}
		server.brought("theirs", "me", "apply", one)
		server.labels["theirs"] = map[string]string{"team": "other"}
		return server
	}
	tr := newTree(t, "a/monitor.star", "1")
	require.Equal(t, []string{"byhand"}, tr.plan(stored(), Options{Prune: true}).ByHand)

	server := stored()
	outcomes, _ := tr.rollout(server, Options{Prune: true})
	require.Equal(t, []string{"a created", "drifted conflict", "old skipped", "theirs skipped"}, outcomes)

	server = stored()
	outcomes, items := tr.rollout(server, Options{Prune: true, PruneLabels: map[string]string{"team": "shop"}})
	require.Equal(t, []string{"a created", "old deleted"}, outcomes)
	require.Equal(t, 3, items["old"].DroppedIssues)
	require.NotContains(t, server.versions, "old")
	require.Contains(t, server.versions, "theirs")

	outcomes, _ = tr.rollout(stored(), Options{Prune: true, Force: true})
	require.Equal(t, []string{"a created", "drifted deleted", "old deleted", "theirs deleted"}, outcomes)
}

func TestPlan_SaysWhomSharedFilesTouch(t *testing.T) {
	t.Parallel()
	server := newServer()
	const loads = `load("//shared/money.star", "cents")`
	tr := newTree(t, "a/monitor.star", loads, "b/monitor.star", loads, "c/monitor.star", "1", "shared/money.star", "1")
	require.Empty(t, tr.plan(server, Options{}).Shared, "what is new changes nothing")
	tr.rollout(server, Options{})
	require.Empty(t, tr.plan(server, Options{}).Shared)
	tr.write("shared/money.star", "2")
	require.Equal(t, []Shared{{File: "//shared/money.star", Monitors: []string{"a", "b"}}}, tr.plan(server, Options{}).Shared)

	plan, err := New(server, plainReader{}, Options{}, nil).Plan(t.Context(), []string{tr.dir + "/a/"})
	require.NoError(t, err)
	require.Equal(t, []Shared{{File: "//shared/money.star", Monitors: []string{"a"}, Others: []string{"b"}}}, plan.Shared)
}
