package client

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// Version is a version of a monitor's content, without its files.
type Version struct {
	Monitor   string    `json:"monitor" doc:"The monitor's name."`
	Number    int       `json:"number"`
	Hash      string    `json:"hash" doc:"Equal for equal files."`
	Author    string    `json:"author" doc:"Who registered it."`
	Message   string    `json:"message"`
	Current   bool      `json:"current"`
	CreatedAt time.Time `json:"created_at"`
}

// Describe names the version by what people know of it: its number, its author and
// its message.
func (v *Version) Describe() string {
	text := fmt.Sprintf("version %d", v.Number)
	if v.Author != "" {
		text += " by " + v.Author
	}
	if v.Message != "" {
		text += fmt.Sprintf(" (%q)", v.Message)
	}
	return text
}

// VersionDetail is a version with its files.
type VersionDetail struct {
	Version
	Files map[string]string `json:"files" doc:"Text by name."`
}

// Restoration asks for an earlier version to become current again, as a new one.
type Restoration struct {
	Message    string `json:"message,omitempty" maxLength:"2000" pattern:"^[^\\x00]*$" doc:"Why; kept with the version."`
	DropIssues bool   `json:"drop_issues,omitempty" doc:"Drop the active issues if model_id_key changes; without it that is refused."`
}

// Versions lists the versions of a monitor, newest first.
func (c *Client) Versions(ctx context.Context, name string, paging Paging) (Page[Version], error) {
	return get[Page[Version]](ctx, c, monitorPath(name)+"/versions", paging.values())
}

// Version reads one version of a monitor with its files.
func (c *Client) Version(ctx context.Context, name string, number int) (VersionDetail, error) {
	return get[VersionDetail](ctx, c, fmt.Sprintf("%s/versions/%d", monitorPath(name), number), nil)
}

// Restore makes the content of an earlier version current again, as a new version.
// match is the ETag that the monitor must have; empty: any.
func (c *Client) Restore(ctx context.Context, name string, number int, restoration Restoration, match string) (Registered, error) {
	var header http.Header
	if match != "" {
		header = preconditions(match)
	}
	path := fmt.Sprintf("%s/versions/%d/restore", monitorPath(name), number)
	return callWith[Registered](ctx, c, http.MethodPost, path, restoration, header)
}
