package authoring

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/app"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// fakeLocal tries in the process, so to speak.
type fakeLocal struct{ read monitor.Diagnostics }

func (f *fakeLocal) Read(string) (client.Draft, monitor.Diagnostics, error) {
	return client.Draft{Name: "orders", Files: map[string]string{monitor.CodeFile: "local"}}, f.read, nil
}

func (*fakeLocal) Try(context.Context, string, app.TryOptions) (client.Preview, monitor.Diagnostics, error) {
	return client.Preview{Monitor: "local"}, nil, nil
}

// fakeServer has the monitor orders, and notes what it was asked to try.
type fakeServer struct {
	aliveErr, tryErr error
	asked            client.TryRequest
}

func (*fakeServer) Server() string                { return "http://server" }
func (f *fakeServer) Alive(context.Context) error { return f.aliveErr }

func (*fakeServer) Monitor(_ context.Context, name string) (client.Monitor, error) {
	if name != "orders" {
		return client.Monitor{}, monitor.Errorf(monitor.CodeNotFound, "there is no monitor %q", name)
	}
	return client.Monitor{Name: name, Version: 3}, nil
}

func (*fakeServer) Version(_ context.Context, _ string, number int) (client.VersionDetail, error) {
	return client.VersionDetail{Version: client.Version{Number: number}, Files: map[string]string{monitor.CodeFile: "stored"}}, nil
}

func (f *fakeServer) Try(_ context.Context, request client.TryRequest) (client.Preview, error) {
	f.asked = request
	return client.Preview{
		Monitor:     "remote",
		Diagnostics: []client.Diagnostic{{File: monitor.CodeFile, Line: 3, Column: 1, Message: "unused", Severity: "warning"}},
	}, f.tryErr
}

func ordersFolder(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "orders")
	write(t, filepath.Join(dir, monitor.CodeFile), "")
	return dir
}

func TestTryer_AsksTheServerIfItAnswers(t *testing.T) {
	t.Parallel()
	dir, server := ordersFolder(t), &fakeServer{}
	tryer := &Tryer{Local: &fakeLocal{}, Server: server}
	tried, err := tryer.Try(t.Context(), dir, app.TryOptions{Tasks: monitor.TaskSearch, Issues: []monitor.Data{`{"id":7}`}})
	require.NoError(t, err)
	require.Equal(t, "remote", tried.Preview.Monitor)
	require.Equal(t, "on http://server, from the issues given", tried.Where)
	require.Equal(t, dir+"/monitor.star:3:1: warning: unused", tried.Diagnostics.String(), "files are named with their folder")
	require.Equal(t, []string{"search"}, server.asked.Tasks)
	require.JSONEq(t, `{"id":7}`, string(server.asked.Issues[0]))

	tried, err = tryer.Try(t.Context(), dir, app.TryOptions{})
	require.NoError(t, err)
	require.Equal(t, "on http://server, from the issues that are stored", tried.Where)
	require.Nil(t, server.asked.Issues, "what is stored counts")
}

func TestTryer_TriesItselfIfNoServerAnswers(t *testing.T) {
	t.Parallel()
	dir := ordersFolder(t)
	away := &fakeServer{aliveErr: monitor.Errorf(monitor.CodeUnavailable, "no answer")}
	tryer := &Tryer{Local: &fakeLocal{}, Server: away}
	tried, err := tryer.Try(t.Context(), dir, app.TryOptions{})
	require.NoError(t, err)
	require.Equal(t, "local", tried.Preview.Monitor)
	require.Equal(t, "in this process: no answer", tried.Where)

	tryer.MustAnswer = true
	_, err = tryer.Try(t.Context(), dir, app.TryOptions{})
	require.ErrorIs(t, err, away.aliveErr, "a server that was named")

	// One that answers and refuses is not passed over.
	busy := &fakeServer{tryErr: monitor.Errorf(monitor.CodeUnavailable, "too many tries")}
	tried, err = (&Tryer{Local: &fakeLocal{}, Server: busy}).Try(t.Context(), dir, app.TryOptions{})
	require.ErrorIs(t, err, busy.tryErr)
	require.True(t, tried.Remote)
}

func TestTryer_TriesAStoredMonitor(t *testing.T) {
	t.Parallel()
	server := &fakeServer{}
	tryer := &Tryer{Local: &fakeLocal{}, Server: server}
	tried, err := tryer.Try(t.Context(), "orders", app.TryOptions{})
	require.NoError(t, err)
	require.Equal(t, "version 3, on http://server, from the issues that are stored", tried.Where)
	require.Equal(t, "stored", server.asked.Files[monitor.CodeFile])

	_, err = tryer.Try(t.Context(), "oders", app.TryOptions{})
	require.EqualError(t, err, `there is no folder oders, and on http://server: there is no monitor "oders"`)
	_, err = tryer.Try(t.Context(), "./orders", app.TryOptions{})
	require.EqualError(t, err, "there is no folder ./orders")
	_, err = (&Tryer{Local: &fakeLocal{}}).Try(t.Context(), "orders", app.TryOptions{})
	require.EqualError(t, err, "there is no folder orders, and without a server no stored monitor")
	server.aliveErr = monitor.Errorf(monitor.CodeUnavailable, "no answer")
	_, err = tryer.Try(t.Context(), "orders", app.TryOptions{})
	require.EqualError(t, err, "there is no folder orders, and no server to ask for a stored monitor: no answer")
}

func TestTryer_WhatTheServerFindsWrong(t *testing.T) {
	t.Parallel()
	mistakes := &client.Invalid{Diagnostics: []client.Diagnostic{{File: monitor.SharedPrefix + "money.star", Line: 1, Column: 2, Message: "undefined: x", Severity: "error"}}}
	dir := ordersFolder(t)
	tryer := &Tryer{Local: &fakeLocal{}, Server: &fakeServer{tryErr: mistakes}}
	tried, err := tryer.Try(t.Context(), dir, app.TryOptions{})
	require.NoError(t, err)
	require.True(t, tried.Diagnostics.HasErrors())
	require.Equal(t, filepath.Join(filepath.Dir(dir), "shared", "money.star"), tried.Diagnostics[0].File)

	unreadable := monitor.Diagnostics{{File: "x", Message: "is not a regular file", Severity: monitor.SeverityError}}
	server := &fakeServer{}
	tried, err = (&Tryer{Local: &fakeLocal{unreadable}, Server: server}).Try(t.Context(), dir, app.TryOptions{})
	require.NoError(t, err)
	require.Equal(t, unreadable, tried.Diagnostics)
	require.Empty(t, server.asked.Name, "the server was not asked")
}
