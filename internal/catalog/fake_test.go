package catalog

import (
	"bytes"
	"context"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/lib"
	"github.com/vedettehq/vedette/internal/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const orders = `
monitor(search_cron = "* * * * *", model_id_key = "id")
def search():
    return []
def is_solved(issue):
    return False
def on_issue_created(event):
    pass
`

// fakeStore keeps versions.
type fakeStore struct {
	mu       sync.Mutex
	versions []monitor.Version
	current  map[string]int64 // by name, the version's id
	sources  map[string]monitor.Source
	reads    int
	err      error
}

func newFakeStore() *fakeStore {
	return &fakeStore{current: map[string]int64{}, sources: map[string]monitor.Source{}}
}

func (s *fakeStore) Now() time.Time { return time.Now() }

func (s *fakeStore) Register(_ context.Context, r store.Registration, now time.Time) (monitor.Version, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return monitor.Version{}, false, s.err
	}
	number, hash := 1, r.Files.Hash()
	s.sources[r.Name] = r.Source
	for _, v := range s.versions {
		if v.ID == s.current[r.Name] && v.Hash == hash {
			return v, false, nil
		}
		if v.MonitorName == r.Name {
			number = v.Number + 1
		}
	}
	v := monitor.Version{
		ID: int64(len(s.versions) + 1), MonitorName: r.Name, Number: number, Files: r.Files, Declaration: r.Declaration,
		Hash: hash, Author: r.Author, Message: r.Message, CreatedAt: now,
	}
	s.versions = append(s.versions, v)
	s.current[r.Name] = v.ID
	return v, true, nil
}

func (s *fakeStore) Version(ctx context.Context, id int64) (monitor.Version, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reads++
	switch {
	case ctx.Err() != nil:
		return monitor.Version{}, ctx.Err()
	case s.err != nil:
		return monitor.Version{}, s.err
	case id > int64(len(s.versions)):
		return monitor.Version{}, monitor.Errorf(monitor.CodeNotFound, "no such version")
	}
	return s.versions[id-1], nil
}

func (s *fakeStore) Current(context.Context) ([]store.Current, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []store.Current
	for name, id := range s.current {
		v := s.versions[id-1]
		list = append(list, store.Current{Monitor: name, VersionID: id, Number: v.Number, Hash: v.Hash, Source: s.sources[name]})
	}
	return list, s.err
}

func (s *fakeStore) HasHash(_ context.Context, name, hash string) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, v := range s.versions {
		if v.MonitorName == name && v.Hash == hash {
			return true, s.err
		}
	}
	return false, s.err
}

// archive deletes a monitor; its versions stay.
func (s *fakeStore) archive(name string) { delete(s.current, name) }

// numbers are the current version numbers by name.
func (s *fakeStore) numbers() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	numbers := map[string]int{}
	for name, id := range s.current {
		numbers[name] = s.versions[id-1].Number
	}
	return numbers
}

// countingCompiler counts what it compiles.
type countingCompiler struct {
	*script.Compiler
	mu    sync.Mutex
	count int
}

func (c *countingCompiler) Compile(name string, files monitor.Files) (*script.Program, monitor.Diagnostics) {
	c.mu.Lock()
	c.count++
	c.mu.Unlock()
	return c.Compiler.Compile(name, files)
}

func newCompiler() *countingCompiler {
	return &countingCompiler{Compiler: script.NewCompiler(lib.All(), script.Config{})}
}

// tree is a folder of monitors on disk, with a reader of it.
type tree struct {
	path   string
	store  *fakeStore
	folder *Folder
	log    *bytes.Buffer
}

func newTree(t *testing.T, examples map[string]monitor.Files) *tree {
	t.Helper()
	tr := &tree{path: t.TempDir(), store: newFakeStore(), log: &bytes.Buffer{}}
	tr.restart(examples)
	return tr
}

// restart forgets what has been looked at, as a new process does.
func (tr *tree) restart(examples map[string]monitor.Files) {
	logger := slog.New(slog.NewTextHandler(tr.log, nil))
	tr.folder = NewFolder(New(tr.store, newCompiler(), Config{}), logger, FolderConfig{Path: tr.path, Examples: examples})
}

// write writes files, named by their paths below the tree.
func (tr *tree) write(t *testing.T, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(tr.path, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	}
}

func (tr *tree) look(t *testing.T) {
	t.Helper()
	_, err := tr.folder.look(t.Context())
	require.NoError(t, err)
}

// problems are the findings by name, each as text.
func (tr *tree) problems() map[string]string {
	found := map[string]string{}
	for name, diagnostics := range maps.All(tr.folder.Problems()) {
		found[name] = diagnostics.String()
	}
	return found
}

// refusingStore refuses the monitor orders.
type refusingStore struct{ *fakeStore }

func (s *refusingStore) Register(ctx context.Context, r store.Registration, now time.Time) (monitor.Version, bool, error) {
	if r.Name == "orders" {
		return monitor.Version{}, false, monitor.Errorf(monitor.CodeConflict, "model_id_key changes while 3 issues are active")
	}
	return s.fakeStore.Register(ctx, r, now)
}

func registration(name, code string) store.Registration {
	return store.Registration{Name: name, Files: monitor.Files{monitor.CodeFile: code}}
}
