package httpapi

import (
	"context"
	"fmt"
	"net/http"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

const versionList list = "versions"

func (a *api) registerVersions() {
	const path = "/api/v1/monitors/{name}/versions"
	register(a, operation{
		method: http.MethodGet, path: path, id: "list-versions", role: Viewer,
		summary: "List the versions of a monitor, newest first", errors: []int{http.StatusNotFound},
	}, a.listVersions)
	register(a, operation{
		method: http.MethodGet, path: path + "/{n}", id: "get-version", role: Viewer,
		summary: "Read a version of a monitor with its files", errors: []int{http.StatusNotFound},
	}, a.readVersion)
	registerAnswer(a, operation{
		method: http.MethodPost, path: path + "/{n}/restore", id: "restore-version", role: Editor,
		summary: "Make the content of a version current again, as a new version",
		errors:  []int{http.StatusPreconditionFailed},
	}, a.restoreVersion)
	restore := a.huma.OpenAPI().Paths[path+"/{n}/restore"].Post
	a.describeCreated(restore)
	a.describeInvalid(restore)
}

type versionsInput struct {
	MonitorInput
	Paging
}

// VersionInput names a version of a monitor.
type VersionInput struct {
	MonitorInput
	Number int `path:"n" minimum:"1" maximum:"2147483647" doc:"The version's number."`
}

type restoreInput struct {
	VersionInput
	IfMatch string `header:"If-Match" maxLength:"1000" doc:"The etag that the monitor must have; left out: any."`
	Body    *client.Restoration
}

func (a *api) listVersions(ctx context.Context, input *versionsInput) (client.Page[client.Version], error) {
	return listByID(input.Paging, versionList, func(page store.Page) ([]store.VersionView, error) {
		return a.store.MonitorVersions(ctx, input.Name, page)
	}, showVersion, func(v *store.VersionView) int64 { return int64(v.Number) })
}

func (a *api) readVersion(ctx context.Context, input *VersionInput) (client.VersionDetail, error) {
	view, err := a.store.MonitorVersion(ctx, input.Name, input.Number)
	if err != nil {
		return client.VersionDetail{}, err
	}
	return client.VersionDetail{Version: showVersion(&view), Files: view.Files}, nil
}

func showVersion(v *store.VersionView) client.Version {
	return client.Version{
		Monitor: v.MonitorName, Number: v.Number, Hash: v.Hash, Author: v.Author, Message: v.Message,
		Current: v.Current, CreatedAt: v.CreatedAt.UTC(),
	}
}

// restoreVersion registers the files of a version as if they were sent. So a
// version that does not compile any more is refused, and a monitor that was deleted
// is made anew.
func (a *api) restoreVersion(ctx context.Context, input *restoreInput) (*registeredAnswer, error) {
	version, err := a.store.MonitorVersion(ctx, input.Name, input.Number)
	if err != nil {
		return nil, err
	}
	current, err := a.standing(ctx, input.Name)
	if err != nil {
		return nil, err
	}
	r := store.Registration{Name: input.Name, Files: version.Files, Source: monitor.SourceAPI}
	if r.Source, err = a.restorable(&version, current); err != nil {
		return nil, err
	}
	p := Preconditions{IfMatch: input.IfMatch}
	if err := a.require(ctx, p, input.Name, current, false); err != nil {
		return nil, err
	}
	if input.Body != nil {
		r.Message, r.DropIssues = input.Body.Message, input.Body.DropIssues
	}
	if r.Message == "" {
		r.Message = fmt.Sprintf("Restore version %d", input.Number)
	}
	return a.replace(ctx, current, p, r)
}

// restorable tells why a version cannot be restored, or else as whose. What a
// folder has in it can be even though the folder's monitors are not changed
// elsewhere: an older one is not brought back by itself (R78), and somebody has to
// say that it is meant.
func (a *api) restorable(version *store.VersionView, current *store.MonitorView) (monitor.Source, error) {
	err := a.changeable(version.MonitorName, current)
	if monitor.CodeOf(err) == monitor.CodeConflict && a.origins.Holds(version.MonitorName, version.Hash) {
		return a.origins.Origin(version.MonitorName).Source, nil
	}
	return monitor.SourceAPI, err
}
