package client

import (
	"context"
	"net/http"
)

// Upload is the content of a monitor that is to be registered.
type Upload struct {
	// Files are the files of its folder, text by name; those loaded from shared/ are
	// named //shared/....
	Files   map[string]string `json:"files" maxProperties:"400" doc:"The files of the monitor's folder, text by name; those that it loads from shared/ are named //shared/.... At most 200 of its own, 1 MiB each, and 4 MiB together."`
	Message string            `json:"message,omitempty" maxLength:"2000" pattern:"^[^\\x00]*$" doc:"What changed, and why; kept with the version."`
	// DropIssues lets model_id_key change while issues are active: they are dropped.
	DropIssues bool `json:"drop_issues,omitempty" doc:"Drop the active issues if model_id_key changes; without it that is refused."`
}

// Registered is a monitor after its content was registered.
type Registered struct {
	Monitor
	// Changed is false if the content was that of the current version already.
	Changed     bool         `json:"changed" doc:"false if the files were those of the current version already."`
	Diagnostics []Diagnostic `json:"diagnostics" nullable:"false" doc:"Warnings about the code."`
}

// PutMonitor makes the content the monitor's current version. match is the ETag of
// the monitor that it replaces: CodeStale if it is another one by now. An empty
// match makes a new monitor: CodeStale if there is one of that name. Code with
// errors is a [*Invalid].
func (c *Client) PutMonitor(ctx context.Context, name string, upload Upload, match string) (Registered, error) {
	return callWith[Registered](ctx, c, http.MethodPut, monitorPath(name), upload, preconditions(match))
}

// DeleteMonitor archives the monitor: its active issues are dropped and its alerts
// solved. match is the ETag that it must have; empty: any.
func (c *Client) DeleteMonitor(ctx context.Context, name, comment, match string) (Monitor, error) {
	var header http.Header
	if match != "" {
		header = preconditions(match)
	}
	return callWith[Monitor](ctx, c, http.MethodDelete, monitorPath(name), Comment{comment}, header)
}

// preconditions says what must be there: what has that ETag, or nothing.
func preconditions(match string) http.Header {
	if match == "" {
		return http.Header{"If-None-Match": {"*"}}
	}
	return http.Header{"If-Match": {match}}
}

// Draft is the content of a monitor that is not registered.
type Draft struct {
	Name  string            `json:"name" maxLength:"200" doc:"The monitor's name."`
	Files map[string]string `json:"files" maxProperties:"400" doc:"The files of the monitor's folder, text by name; those that it loads from shared/ are named //shared/.... At most 200 of its own, 1 MiB each, and 4 MiB together."`
}

// Validity is what is to be said of a draft.
type Validity struct {
	Valid       bool         `json:"valid" doc:"Whether it could be registered."`
	Diagnostics []Diagnostic `json:"diagnostics" nullable:"false"`
}

// Validate finds the mistakes in a draft.
func (c *Client) Validate(ctx context.Context, draft Draft) (Validity, error) {
	return call[Validity](ctx, c, http.MethodPost, "/api/v1/validate", draft)
}
