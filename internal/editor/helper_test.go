package editor

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// fakeServer has one monitor, orders, in versions; none: it does not exist.
type fakeServer struct {
	versions []client.VersionDetail
	// away is what storing a change ends with, forbidden what storing anything does.
	away, forbidden error
}

func (f *fakeServer) brought(author, message string, files monitor.Files) {
	f.versions = append(f.versions, client.VersionDetail{
		Version: client.Version{Number: len(f.versions) + 1, Hash: files.Hash(), Author: author, Message: message}, Files: files,
	})
}

func (f *fakeServer) etag() string {
	if len(f.versions) == 0 {
		return ""
	}
	return fmt.Sprintf(`"%d"`, len(f.versions))
}

func (f *fakeServer) Monitor(context.Context, string) (client.Monitor, error) {
	if len(f.versions) == 0 {
		return client.Monitor{}, monitor.Errorf(monitor.CodeNotFound, "no such monitor")
	}
	return client.Monitor{Name: "orders", Version: len(f.versions), ETag: f.etag()}, nil
}

func (f *fakeServer) Version(_ context.Context, _ string, number int) (client.VersionDetail, error) {
	return f.versions[number-1], nil
}

func (f *fakeServer) PutMonitor(_ context.Context, _ string, upload client.Upload, match string) (client.Registered, error) {
	if last := len(f.versions) - 1; last >= 0 && f.forbidden == nil && f.versions[last].Hash == monitor.Files(upload.Files).Hash() {
		return client.Registered{Monitor: client.Monitor{Name: "orders", Version: len(f.versions)}}, nil
	}
	if err := errors.Join(f.forbidden, f.away); err != nil {
		return client.Registered{}, err
	}
	if match != f.etag() {
		return client.Registered{}, monitor.Errorf(monitor.CodeStale, "it is another by now")
	}
	var invalid client.Invalid
	for file, text := range upload.Files {
		number := 0
		for line := range strings.Lines(text) {
			if number++; strings.Contains(line, "BROKEN") {
				invalid.Diagnostics = append(invalid.Diagnostics, client.Diagnostic{File: file, Line: number, Column: 3, Message: "it is broken -- so", Severity: "error"})
			}
		}
	}
	if invalid.Diagnostics != nil {
		return client.Registered{}, &invalid
	}
	f.brought("me", upload.Message, upload.Files)
	return client.Registered{Monitor: client.Monitor{Name: "orders", Version: len(f.versions)}, Changed: true}, nil
}

// desk is somebody who edits: each opening of the editor does the next of moves.
type desk struct {
	*testing.T
	server *fakeServer
	moves  []func(files *folder)
	// answers are given to questions in turn; nil: there is nobody to ask.
	answers []bool
	// opened are the names of the files that were opened the last time, dir is where.
	opened []string
	dir    string
	told   strings.Builder
}

func newDesk(t *testing.T, files monitor.Files, moves ...func(*folder)) *desk {
	t.Helper()
	d := &desk{T: t, server: &fakeServer{}, moves: moves}
	if files != nil {
		d.server.brought("alice", "first", files)
	}
	t.Cleanup(func() { require.Empty(t, d.moves, "the editor was not opened as often as it should have been") })
	return d
}

func (d *desk) config() Config {
	config := Config{
		Server: d.server,
		Open: func(_ context.Context, dir string, paths []string) error {
			d.dir, d.opened = dir, nil
			for _, path := range paths {
				d.opened = append(d.opened, strings.TrimPrefix(path, dir+"/"))
			}
			require.NotEmpty(d, d.moves, "the editor was opened once too often")
			move := d.moves[0]
			d.moves = d.moves[1:]
			f := &folder{T: d.T, dir: dir}
			move(f)
			return f.failure
		},
		Tell:    func(text string) { d.told.WriteString(text + "\n") },
		Show:    func(patch string) { d.told.WriteString(patch) },
		Message: "because",
	}
	if d.answers != nil {
		config.Ask = func(question string) (bool, error) {
			d.told.WriteString(question + "\n")
			answer := d.answers[0]
			d.answers = d.answers[1:]
			return answer, nil
		}
	}
	return config
}

func (d *desk) edit() (client.Registered, error) { return Edit(d.Context(), d.config(), "orders") }

// gone requires that nothing is left of the folder.
func (d *desk) gone() {
	d.Helper()
	require.NoDirExists(d, filepath.Dir(filepath.Dir(d.dir)))
}

// kept requires that an error says where the changes are, and gives them.
func (d *desk) kept(err error) *folder {
	d.Helper()
	var kept *Kept
	require.ErrorAs(d, err, &kept)
	require.ErrorContains(d, err, "kept in "+kept.Dir)
	d.Cleanup(func() { require.NoError(d, os.RemoveAll(filepath.Dir(filepath.Dir(kept.Dir)))) })
	return &folder{T: d.T, dir: kept.Dir}
}

// folder is what an editor sees.
type folder struct {
	*testing.T
	dir     string
	failure error
}

func (f *folder) read(name string) string {
	f.Helper()
	text, err := os.ReadFile(filepath.Join(f.dir, name))
	require.NoError(f, err)
	return string(text)
}

func (f *folder) write(name, text string) {
	f.Helper()
	require.NoError(f, os.WriteFile(filepath.Join(f.dir, name), []byte(text), 0o600))
}

// replace changes a text in a file that has to have it.
func (f *folder) replace(name, old, text string) {
	f.Helper()
	was := f.read(name)
	require.Contains(f, was, old)
	f.write(name, strings.ReplaceAll(was, old, text))
}
