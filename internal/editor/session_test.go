package editor

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

const code = "one\ntwo\nthree\nfour\nfive\n"

func original() monitor.Files {
	return monitor.Files{"monitor.star": code, "README.md": "# Orders\n", "sql/search.sql": "select 1\n", "//shared/money.star": "cents = 1\n"}
}

func TestEdit_StoresWhatWasSaved(t *testing.T) {
	t.Parallel()
	d := newDesk(t, original(), func(f *folder) {
		f.replace("monitor.star", "three", "3")
		f.replace("../shared/money.star", "1", "2")
		f.write("new.sql", "select 2\n")
		require.NoError(f, os.Remove(filepath.Join(f.dir, "README.md")))
		info, err := os.Stat(filepath.Dir(f.dir))
		require.NoError(f, err)
		require.Equal(f, os.FileMode(0o700), info.Mode().Perm(), "it is nobody else's business")
		require.Contains(f, f.read("vedette.pyi"), "def query(")
	})
	registered, err := d.edit()
	require.NoError(t, err)
	require.Equal(t, 2, registered.Version)
	require.Equal(t, []string{"monitor.star", "README.md", "sql/search.sql"}, d.opened)
	stored := d.server.versions[1]
	require.Equal(t, "because", stored.Message)
	require.Equal(t, map[string]string{
		"monitor.star": "one\ntwo\n3\nfour\nfive\n", "sql/search.sql": "select 1\n", "new.sql": "select 2\n", "//shared/money.star": "cents = 2\n",
	}, stored.Files)
	d.gone()
}

func TestEdit_NothingChanged(t *testing.T) {
	t.Parallel()
	d := newDesk(t, original(), func(*folder) {})
	_, err := d.edit()
	require.ErrorIs(t, err, ErrCancelled)
	require.Len(t, d.server.versions, 1)
	d.gone()
}

func TestEdit_SaysBeforehandThatItIsNotAllowed(t *testing.T) {
	t.Parallel()
	for _, code := range []monitor.Code{monitor.CodeForbidden, monitor.CodeConflict} {
		d := newDesk(t, original())
		d.server.forbidden = monitor.Errorf(code, "it comes from the folder")
		_, err := d.edit()
		require.ErrorContains(t, err, "it comes from the folder")
	}
	d := newDesk(t, original())
	d.moves = append(d.moves, func(f *folder) {
		d.server.forbidden = nil
		f.replace("monitor.star", "one", "1")
	})
	d.server.forbidden = &client.Invalid{}
	_, err := d.edit()
	require.NoError(t, err, "what does not compile any more can be mended")
}

func TestEdit_MistakesComeBackAsComments(t *testing.T) {
	t.Parallel()
	d := newDesk(t, original(),
		func(f *folder) {
			f.replace("monitor.star", "three", "BROKEN")
			f.replace("README.md", "# Orders", "# BROKEN")
			f.write("data.json", "\nBROKEN")
		},
		func(f *folder) {
			lines := strings.Split(f.read("monitor.star"), "\n")
			require.True(f, strings.HasPrefix(lines[0], "# [vedette] This cannot be stored yet."), lines[0])
			require.Equal(f, "# [vedette] data.json:2:3: it is broken -- so", lines[1], "JSON has no comments")
			require.Equal(f, "# [vedette] line 6, column 3: it is broken -- so", lines[2])
			require.Equal(f, "BROKEN", lines[6-1], "the line that the comment names")
			require.Equal(f, "<!-- [vedette] line 3, column 3: it is broken - - so -->", strings.Split(f.read("README.md"), "\n")[1])
			f.replace("monitor.star", "BROKEN", "3")
			f.replace("README.md", "# BROKEN", "# Mended")
			f.write("data.json", "{}")
		})
	_, err := d.edit()
	require.NoError(t, err)
	stored := d.server.versions[1].Files
	require.Equal(t, "one\ntwo\n3\nfour\nfive\n", stored["monitor.star"], "the comments are gone, whether or not the editor kept them")
	require.Equal(t, "# Mended\n", stored["README.md"])
	d.gone()
}

func TestEdit_ReopensAtAnotherPath(t *testing.T) {
	t.Parallel()
	var first string
	d := newDesk(t, original(),
		func(f *folder) {
			first = f.dir
			f.replace("monitor.star", "three", "BROKEN")
		},
		func(f *folder) {
			require.NotEqual(f, first, f.dir, "editors go to where one was, and not to the comments on top")
			f.replace("monitor.star", "BROKEN", "3")
		})
	_, err := d.edit()
	require.NoError(t, err)
	require.NoDirExists(t, filepath.Dir(first))
	d.gone()
}

func TestEdit_MistakesOfAProgramAreTold(t *testing.T) {
	t.Parallel()
	d := newDesk(t, original(), func(f *folder) { f.replace("monitor.star", "three", "BROKEN") })
	config := d.config()
	config.Once = true
	_, err := Edit(t.Context(), config, "orders")
	require.ErrorContains(t, err, "cannot be stored as it is")
	require.ErrorContains(t, err, "monitor apply --force")
	require.Equal(t, "one\ntwo\nBROKEN\nfour\nfive\n", d.kept(err).read("monitor.star"), "without comments of ours")
	require.Contains(t, d.told.String(), "monitor.star:3:3: error: it is broken")
}

func TestEdit_GivingUpKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	d := newDesk(t, original(), func(f *folder) { f.replace("monitor.star", "three", "BROKEN") }, func(*folder) {})
	_, err := d.edit()
	require.ErrorContains(t, err, "no valid changes were saved")
	require.Equal(t, strings.Replace(code, "three", "BROKEN", 1), d.kept(err).read("monitor.star"), "without comments")
}

func TestEdit_TakingTheChangeBackCancels(t *testing.T) {
	t.Parallel()
	d := newDesk(t, original(),
		func(f *folder) { f.replace("monitor.star", "three", "BROKEN") },
		func(f *folder) { f.replace("monitor.star", "BROKEN", "three") })
	_, err := d.edit()
	require.ErrorIs(t, err, ErrCancelled)
	d.gone()
}

func TestEdit_WhateverFailsTheChangesAreKept(t *testing.T) {
	t.Parallel()
	for name, failure := range map[string]error{
		"away":      monitor.Errorf(monitor.CodeUnavailable, "no answer"),
		"forbidden": monitor.Errorf(monitor.CodeForbidden, "not you"),
		"conflict":  monitor.Errorf(monitor.CodeConflict, "issues are active"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, original(), func(f *folder) { f.replace("monitor.star", "three", "3") })
			d.server.away = failure
			_, err := d.edit()
			require.ErrorIs(t, err, failure)
			require.Contains(t, d.kept(err).read("monitor.star"), "3")
		})
	}
	broken := errors.New("exit status 1")
	for name, change := range map[string]bool{"editor": true, "editor, nothing changed": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, original(), func(f *folder) {
				if change {
					f.replace("monitor.star", "three", "3")
				}
				f.failure = broken
			})
			_, err := d.edit()
			require.ErrorIs(t, err, broken)
			if change {
				require.Contains(t, d.kept(err).read("monitor.star"), "3")
				return
			}
			d.gone()
		})
	}
}

// meanwhile has somebody else store a change while the editor is open.
func meanwhile(d *desk, mine, theirs func(text string) string) func(*folder) {
	return func(f *folder) {
		files := original()
		files["monitor.star"] = theirs(files["monitor.star"])
		d.server.brought("bob", "hotfix", files)
		f.write("monitor.star", mine(f.read("monitor.star")))
	}
}

func swap(old, text string) func(string) string {
	return func(whole string) string { return strings.Replace(whole, old, text, 1) }
}

func TestEdit_SomebodyElseWasQuicker(t *testing.T) {
	t.Parallel()
	for _, answers := range [][]bool{nil, {false}} {
		d := newDesk(t, original())
		d.answers = answers
		d.moves = append(d.moves, meanwhile(d, swap("one", "ONE"), swap("five", "FIVE")))
		_, err := d.edit()
		require.Equal(t, monitor.CodeStale, monitor.CodeOf(err))
		require.ErrorContains(t, err, `version 2 by bob ("hotfix")`)
		require.Contains(t, d.told.String(), "-five\n+FIVE\n")
		require.NotContains(t, d.told.String(), "ONE", "the diff is of their change, not of mine")
		require.Contains(t, d.kept(err).read("monitor.star"), "ONE")
		require.Len(t, d.server.versions, 2)
	}
}

func TestEdit_BringsBothChangesTogether(t *testing.T) {
	t.Parallel()
	d := newDesk(t, original())
	d.answers = []bool{true}
	d.moves = append(d.moves, meanwhile(d, swap("one", "ONE"), swap("five", "FIVE")), func(f *folder) {
		require.Equal(f, "ONE\ntwo\nthree\nfour\nFIVE\n", f.read("monitor.star"))
	})
	_, err := d.edit()
	require.NoError(t, err, "to close the editor is consent where nothing is left to decide")
	require.Equal(t, "ONE\ntwo\nthree\nfour\nFIVE\n", d.server.versions[2].Files["monitor.star"])
	d.gone()
}

func TestEdit_ShowsWhatClashes(t *testing.T) {
	t.Parallel()
	d := newDesk(t, original())
	d.answers = []bool{true}
	d.moves = append(d.moves, meanwhile(d, swap("three", "mine"), swap("three", "theirs")), func(f *folder) {
		text := f.read("monitor.star")
		require.Contains(f, text, "# [vedette] The text below is yours. version 2 by bob")
		require.Contains(f, text, "# [vedette] -three\n# [vedette] +theirs\n")
		require.True(f, strings.HasSuffix(text, "\none\ntwo\nmine\nfour\nfive\n"), text)
		f.replace("monitor.star", "mine", "both")
	})
	_, err := d.edit()
	require.NoError(t, err)
	require.Equal(t, "one\ntwo\nboth\nfour\nfive\n", d.server.versions[2].Files["monitor.star"])

	d = newDesk(t, original())
	d.answers = []bool{true}
	d.moves = append(d.moves, meanwhile(d, swap("three", "mine"), swap("three", "theirs")), func(*folder) {})
	_, err = d.edit()
	require.Equal(t, "one\ntwo\nmine\nfour\nfive\n", d.kept(err).read("monitor.star"), "nothing decided, nothing stored")
	require.Len(t, d.server.versions, 2)
}

func TestEdit_TheSameChangeByBoth(t *testing.T) {
	t.Parallel()
	d := newDesk(t, original())
	d.moves = append(d.moves, meanwhile(d, swap("one", "1"), swap("one", "1")))
	registered, err := d.edit()
	require.NoError(t, err)
	require.False(t, registered.Changed)
	require.Equal(t, 2, registered.Version)
}

func TestEdit_DeletedMeanwhile(t *testing.T) {
	t.Parallel()
	d := newDesk(t, original())
	d.moves = append(d.moves, func(f *folder) {
		d.server.versions = nil
		f.replace("monitor.star", "one", "1")
	})
	_, err := d.edit()
	require.ErrorContains(t, err, "was deleted meanwhile")
	d.kept(err)
}

func TestEdit_RefusesWhatAFolderCannotHold(t *testing.T) {
	t.Parallel()
	for _, file := range []string{".hidden", "old~", "../../escape", "vedette.pyi"} {
		files := original()
		files[file] = "x"
		d := newDesk(t, files)
		_, err := d.edit()
		require.ErrorContains(t, err, file, "it would be lost without a word")
	}
}

func TestCreate(t *testing.T) {
	t.Parallel()
	template := monitor.Files{"monitor.star": code}
	create := func(d *desk) (client.Registered, error) {
		return Create(d.Context(), d.config(), "orders", template)
	}
	d := newDesk(t, nil, func(f *folder) { f.replace("monitor.star", "one", "1") })
	_, err := create(d)
	require.NoError(t, err)
	require.Equal(t, "1\ntwo\nthree\nfour\nfive\n", d.server.versions[0].Files["monitor.star"])
	d.gone()

	d = newDesk(t, nil, func(*folder) {})
	_, err = create(d)
	require.NoError(t, err, "a script may want the template")
	require.Len(t, d.server.versions, 1)

	d = newDesk(t, nil, func(*folder) {})
	d.answers = []bool{false}
	_, err = create(d)
	require.ErrorIs(t, err, ErrCancelled)

	d = newDesk(t, nil, func(f *folder) { f.write("monitor.star", " \n") })
	_, err = create(d)
	require.ErrorIs(t, err, ErrCancelled)
	d.gone()

	d = newDesk(t, nil)
	d.moves = append(d.moves, func(f *folder) {
		d.server.brought("bob", "quicker", monitor.Files{"monitor.star": "his"})
		f.replace("monitor.star", "one", "1")
	})
	_, err = create(d)
	require.Contains(t, d.kept(err).read("monitor.star"), "1")
	require.Len(t, d.server.versions, 1)
}

func TestOpen_UnderstandsWhatAShellDoes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	script := filepath.Join(dir, "my editor")
	require.NoError(t, os.WriteFile(script, []byte("#!/bin/sh\necho \"$#\" \"$1\" \"$2\" \"$PWD\"; cat\n"), 0o700))
	var out strings.Builder
	streams := Streams{In: strings.NewReader("typed"), Out: &out, Err: &out}
	require.NoError(t, Command("'"+script+"' --wait \"a b\"").Open(t.Context(), streams, dir, []string{"x y", "-z"}))
	require.Equal(t, "4 --wait a b "+dir+"\ntyped", out.String())

	require.ErrorContains(t, Command("exit 3;").Open(t.Context(), streams, dir, nil), "exit status 3")
	require.ErrorContains(t, Command("no-such-editor").Open(t.Context(), streams, dir, nil), "exit status 127")

	ctx, cancel := context.WithCancelCause(t.Context())
	enough := errors.New("enough")
	cancel(enough)
	require.ErrorIs(t, Command("true").Open(ctx, streams, dir, nil), enough)
}

func TestFind(t *testing.T) {
	t.Parallel()
	lookup := func(values map[string]string) func(string) (string, bool) {
		return func(name string) (string, bool) { v, ok := values[name]; return v, ok }
	}
	found, err := Find(lookup(map[string]string{"VISUAL": "code --wait", "EDITOR": "ed"}))
	require.NoError(t, err)
	require.Equal(t, Command("code --wait"), found)
	found, err = Find(lookup(map[string]string{"VISUAL": " ", "EDITOR": "ed"}))
	require.NoError(t, err)
	require.Equal(t, Command("ed"), found)
	_, err = Find(lookup(nil))
	require.ErrorContains(t, err, "VISUAL or EDITOR")
}
