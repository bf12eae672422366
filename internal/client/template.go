package client

import (
	"context"
	"net/url"
)

// Template is what a new monitor can start from.
type Template struct {
	Name string `json:"name"`
	// Files has the text of each, by name.
	Files map[string]string `json:"files" doc:"By name: code that is valid and finds something in the sample shop, tests that pass, and a README."`
}

// Template gives the files that a new monitor of this name can start from.
func (c *Client) Template(ctx context.Context, name string) (Template, error) {
	return get[Template](ctx, c, "/api/v1/monitor_template", url.Values{"name": {name}})
}
