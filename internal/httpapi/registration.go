package httpapi

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	"github.com/vedettehq/vedette/internal/catalog"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/store"
)

// maxUpload bounds the body that brings a monitor's files: twice what they may
// have, since texts grow when they are written as JSON.
const maxUpload = 2*script.MaxBytes + maxBody

func (a *api) registerRegistration() {
	const path = "/api/v1/monitors/{name}"
	registerAnswer(a, operation{
		method: http.MethodPut, path: path, id: "put-monitor", role: Editor,
		summary: "Make a monitor, or replace its content", maxBody: maxUpload,
		errors: []int{http.StatusPreconditionFailed, http.StatusPreconditionRequired},
	}, a.putMonitor)
	register(a, operation{
		method: http.MethodDelete, path: path, id: "delete-monitor", role: Editor,
		summary: "Archive a monitor: drop its issues, solve its alerts, and free its name",
		errors:  []int{http.StatusPreconditionFailed},
	}, a.deleteMonitor)
	put := a.huma.OpenAPI().Paths[path].Put
	a.describeCreated(put)
	a.describeInvalid(put)
}

type putInput struct {
	MonitorInput
	Preconditions
	Body client.Upload
}

type deleteInput struct {
	MonitorInput
	IfMatch string `header:"If-Match" maxLength:"1000" doc:"The etag that the monitor must have; left out: any."`
	Body    *client.Comment
}

// registeredAnswer is 201 for a monitor that was made.
type registeredAnswer struct {
	Status int
	ETag   string `header:"ETag"`
	Body   client.Registered
}

func (a *api) putMonitor(ctx context.Context, input *putInput) (*registeredAnswer, error) {
	current, err := a.standing(ctx, input.Name)
	if err != nil {
		return nil, err
	}
	if err := a.changeable(input.Name, current); err != nil {
		return nil, err
	}
	if err := a.require(ctx, input.Preconditions, input.Name, current, true); err != nil {
		return nil, err
	}
	return a.replace(ctx, current, input.Preconditions, store.Registration{
		Name: input.Name, Files: input.Body.Files, Source: monitor.SourceAPI,
		Message: input.Body.Message, DropIssues: input.Body.DropIssues,
	})
}

// standing is the monitor of a name, nil if there is none.
func (a *api) standing(ctx context.Context, name string) (*store.MonitorView, error) {
	view, err := a.store.Monitor(ctx, name)
	if monitor.CodeOf(err) == monitor.CodeNotFound {
		return nil, nil //nolint:nilnil // there is none, and that is no mistake
	}
	return &view, err
}

// changeable tells why people must not change the monitor of a name: its content
// comes from elsewhere, and would not stay what they make of it. A monitor that
// they made before a folder had its name is theirs, until the folder takes it over.
func (a *api) changeable(name string, current *store.MonitorView) error {
	switch reason, origin := a.readOnly(name, current); reason {
	case client.ReadOnlyServer:
		return monitor.Errorf(monitor.CodeForbidden, "monitors come from the folder only on this server (http_server.monitor_register is false): change them there")
	case client.ReadOnlyFolder:
		return monitor.Errorf(monitor.CodeConflict, "monitor %q comes from the folder %s: change it there, or give yours another name", name, origin.Path)
	case client.ReadOnlyExample:
		return monitor.Errorf(monitor.CodeConflict, "monitor %q is one of the examples, which are loaded (monitors.load_examples): give yours another name, or load them no more", name)
	default:
		return nil
	}
}

// readOnly tells why people must not change a monitor, and what brings it; empty if
// they may. What once came from a folder or was an example is read-only no longer
// when the folder is gone, or examples are no longer loaded.
func (a *api) readOnly(name string, current *store.MonitorView) (reason string, origin catalog.Origin) {
	if a.monitorsReadOnly {
		return client.ReadOnlyServer, origin
	}
	if current != nil && current.Monitor.Source == monitor.SourceAPI {
		return "", origin
	}
	switch origin = a.origins.Origin(name); origin.Source {
	case monitor.SourceFolder:
		return client.ReadOnlyFolder, origin
	case monitor.SourceExample:
		return client.ReadOnlyExample, origin
	default:
		return "", origin
	}
}

// require checks what a request requires of the monitor that is there, if one is.
func (a *api) require(ctx context.Context, p Preconditions, name string, current *store.MonitorView, needed bool) error {
	tag := ""
	if current != nil {
		tag = versionTag(current.Monitor.VersionID)
	}
	err := p.check(name, tag, needed)
	if !errors.Is(err, errOtherVersion) {
		return err
	}
	versions, readErr := a.store.MonitorVersions(ctx, name, store.Page{Limit: 1})
	if readErr != nil {
		return readErr
	}
	return store.Stale(&versions[0].Version)
}

// replace registers content, if what is there still is what the conditions were
// checked against.
func (a *api) replace(ctx context.Context, current *store.MonitorView, p Preconditions, r store.Registration) (*registeredAnswer, error) {
	r.Author = caller(ctx).name
	switch {
	case current == nil:
		r.IfAbsent = true
	case p.IfMatch != "" && !p.any():
		r.IfVersionID = current.Monitor.VersionID
	}
	registered, err := a.catalog.Register(ctx, r)
	if registered.Diagnostics.HasErrors() {
		return nil, newInvalid(registered.Diagnostics)
	}
	if err != nil {
		return nil, err
	}
	if registered.New {
		a.log(ctx).InfoContext(ctx, "monitor registered", slog.String("monitor", r.Name), slog.Int("version", registered.Version.Number))
	}
	return a.showRegistered(ctx, &registered)
}

// showRegistered gives the monitor as it is, but names the version that was
// registered even if somebody else has replaced it already: else who sent it would
// take the other's ETag for that of their own.
func (a *api) showRegistered(ctx context.Context, registered *catalog.Registered) (*registeredAnswer, error) {
	version := &registered.Version
	shown, err := a.readMonitor(ctx, version.MonitorName)
	if err != nil {
		return nil, err
	}
	shown.Version, shown.Hash, shown.ETag = version.Number, version.Hash, versionTag(version.ID)
	answer := &registeredAnswer{Status: http.StatusOK, ETag: shown.ETag, Body: client.Registered{
		Monitor: shown, Changed: registered.New, Diagnostics: client.DiagnosticsOf(registered.Diagnostics),
	}}
	if registered.New && version.Number == 1 {
		answer.Status = http.StatusCreated
	}
	return answer, nil
}

// deleteMonitor gives the monitor as it was.
func (a *api) deleteMonitor(ctx context.Context, input *deleteInput) (client.Monitor, error) {
	view, err := a.store.Monitor(ctx, input.Name)
	if err != nil {
		return client.Monitor{}, err
	}
	if err := a.changeable(input.Name, &view); err != nil {
		return client.Monitor{}, err
	}
	p := Preconditions{IfMatch: input.IfMatch}
	if err := a.require(ctx, p, input.Name, &view, false); err != nil {
		return client.Monitor{}, err
	}
	person := a.person(ctx, input.Body)
	archive := lifecycle.Archive(&view.Declaration, person)
	_, err = a.store.Change(ctx, store.Scope{Monitor: input.Name, Issues: true}, person.Now, func(s monitor.Snapshot) (monitor.Plan, error) {
		if p.IfMatch != "" && !p.any() && s.Monitor.VersionID != view.Monitor.VersionID {
			return monitor.Plan{}, monitor.Errorf(monitor.CodeStale, "monitor %q has just been replaced: look at it again", input.Name)
		}
		return archive(s)
	})
	if err != nil {
		return client.Monitor{}, err
	}
	a.log(ctx).InfoContext(ctx, "monitor deleted", slog.String("monitor", input.Name))
	return showMonitor(&view, nil), nil
}
