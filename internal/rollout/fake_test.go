package rollout

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// fakeServer keeps versions in memory, as the server does.
type fakeServer struct {
	versions map[string][]client.VersionDetail
	// source and labels are by monitor.
	source map[string]string
	labels map[string]map[string]string
	// before is called before each change.
	before func(name string) error
	calls  []string
}

func newServer() *fakeServer {
	return &fakeServer{versions: map[string][]client.VersionDetail{}, source: map[string]string{}, labels: map[string]map[string]string{}}
}

// brought stores a version as if somebody had.
func (f *fakeServer) brought(name, author, message string, files monitor.Files) {
	f.versions[name] = append(f.versions[name], client.VersionDetail{
		Version: client.Version{Monitor: name, Number: len(f.versions[name]) + 1, Hash: files.Hash(), Author: author, Message: message},
		Files:   files,
	})
}

func (f *fakeServer) monitor(name string) client.Monitor {
	all := f.versions[name]
	source := f.source[name]
	if source == "" {
		source = string(monitor.SourceAPI)
	}
	return client.Monitor{
		Name: name, Version: len(all), Hash: all[len(all)-1].Hash, ETag: fmt.Sprintf(`"%d"`, len(all)),
		Source: source, Labels: f.labels[name], ActiveIssues: 3, ActiveAlerts: 1,
	}
}

func (f *fakeServer) Monitors(_ context.Context, _ client.MonitorFilter, p client.Paging) (client.Page[client.Monitor], error) {
	// One a page, so that it takes several.
	names := slices.Sorted(maps.Keys(f.versions))
	at := slices.Index(names, p.Cursor) + 1
	var page client.Page[client.Monitor]
	if at < len(names) {
		page.Items = append(page.Items, f.monitor(names[at]))
	}
	if at+1 < len(names) {
		page.NextCursor = &names[at]
	}
	return page, nil
}

func (f *fakeServer) Monitor(_ context.Context, name string) (client.Monitor, error) {
	if len(f.versions[name]) == 0 {
		return client.Monitor{}, monitor.Errorf(monitor.CodeNotFound, "no monitor %q", name)
	}
	return f.monitor(name), nil
}

func (f *fakeServer) Versions(_ context.Context, name string, _ client.Paging) (client.Page[client.Version], error) {
	var page client.Page[client.Version]
	for _, v := range slices.Backward(f.versions[name]) {
		page.Items = append(page.Items, v.Version)
	}
	return page, nil
}

func (f *fakeServer) Version(_ context.Context, name string, number int) (client.VersionDetail, error) {
	return f.versions[name][number-1], nil
}

func (f *fakeServer) Validate(_ context.Context, draft client.Draft) (client.Validity, error) {
	f.calls = append(f.calls, "validate "+draft.Name)
	v := client.Validity{Valid: true}
	for file, text := range draft.Files {
		for _, complaint := range []struct {
			word, message string
			severity      monitor.Severity
			code          monitor.DiagnosticCode
		}{{"REFUSED", "the server does not like it", monitor.SeverityError, ""}, {"receiver", `nobody is called "x"`, monitor.SeverityWarning, monitor.UnknownReceiver}} {
			if strings.Contains(text, complaint.word) {
				v.Diagnostics = append(v.Diagnostics, client.Diagnostic{File: file, Line: 1, Column: 1, Message: complaint.message, Severity: string(complaint.severity), Code: string(complaint.code)})
			}
		}
	}
	return v, nil
}

func (f *fakeServer) check(name, match string) error {
	if f.before != nil {
		if err := f.before(name); err != nil {
			return err
		}
	}
	has := ""
	if len(f.versions[name]) > 0 {
		has = f.monitor(name).ETag
	}
	if has != match {
		return monitor.Errorf(monitor.CodeStale, "it is %s by now", has)
	}
	return nil
}

func (f *fakeServer) PutMonitor(_ context.Context, name string, upload client.Upload, match string) (client.Registered, error) {
	f.calls = append(f.calls, "put "+name)
	if err := f.check(name, match); err != nil {
		return client.Registered{}, err
	}
	f.brought(name, "me", upload.Message, upload.Files)
	return client.Registered{Monitor: f.monitor(name), Changed: true}, nil
}

func (f *fakeServer) DeleteMonitor(_ context.Context, name, _, match string) (client.Monitor, error) {
	f.calls = append(f.calls, "delete "+name)
	if err := f.check(name, match); err != nil {
		return client.Monitor{}, err
	}
	m := f.monitor(name)
	delete(f.versions, name)
	return m, nil
}

// plainReader reads folders without compiling them: a monitor has what its code
// names of shared/, and is broken if the code says so.
type plainReader struct{}

func (plainReader) Folder(dir string) Folder {
	f := Folder{Dir: dir, Name: filepath.Base(dir), Files: monitor.Files{}}
	for _, path := range files(dir) {
		f.Files[filepath.Base(path)] = read(path)
	}
	code := f.Files[monitor.CodeFile]
	if strings.Contains(code, "BROKEN") {
		f.Diagnostics = monitor.Diagnostics{{File: filepath.Join(dir, monitor.CodeFile), Message: "broken", Severity: monitor.SeverityError}}
	}
	for _, path := range files(filepath.Join(filepath.Dir(dir), sharedFolder)) {
		if name := monitor.SharedPrefix + filepath.Base(path); strings.Contains(code, name) {
			f.Files[name] = read(path)
		}
	}
	return f
}

func files(dir string) []string {
	paths, err := filepath.Glob(filepath.Join(dir, "*.*"))
	if err != nil {
		panic(err)
	}
	return paths
}

func read(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// tree is a folder with folders of monitors.
type tree struct {
	*testing.T
	dir string
}

func newTree(t *testing.T, files ...string) *tree {
	t.Helper()
	tr := &tree{T: t, dir: t.TempDir()}
	for i := 0; i < len(files); i += 2 {
		tr.write(files[i], files[i+1])
	}
	return tr
}

func (tr *tree) write(name, text string) {
	tr.Helper()
	path := filepath.Join(tr.dir, name)
	require.NoError(tr, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(tr, os.WriteFile(path, []byte(text), 0o600))
}

// rollout finds all monitors of the tree, plans and applies; it gives the outcomes
// as "monitor outcome".
func (tr *tree) rollout(server Server, options Options) (outcomes []string, items map[string]Item) {
	tr.Helper()
	plan := tr.plan(server, options)
	items = map[string]Item{}
	for item, err := range New(server, plainReader{}, options, nil).Apply(tr.Context(), plan) {
		require.NoError(tr, err)
		outcomes = append(outcomes, item.Monitor+" "+string(item.Outcome))
		items[item.Monitor] = item
	}
	return outcomes, items
}

func (tr *tree) plan(server Server, options Options) *Plan {
	tr.Helper()
	dirs, strays, err := Find([]string{tr.dir})
	require.NoError(tr, err)
	require.Empty(tr, strays)
	plan, err := New(server, plainReader{}, options, nil).Plan(tr.Context(), dirs)
	require.NoError(tr, err)
	return plan
}
