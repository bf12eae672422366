package httpapi

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// Role is what somebody may do. A greater role may do all that a smaller one may.
type Role int

// The roles.
const (
	// Viewer reads.
	Viewer Role = 1 + iota
	// Responder also acts on monitors, alerts and issues.
	Responder
	// Editor also changes monitors.
	Editor
	// Admin also says who may do what.
	Admin
)

// String is the role's name.
func (r Role) String() string {
	switch r {
	case Viewer:
		return "viewer"
	case Responder:
		return "responder"
	case Editor:
		return "editor"
	case Admin:
		return "admin"
	default:
		return "nobody"
	}
}

// identity is who sends a request.
type identity struct {
	// name is recorded as the actor of what is done.
	name string
	role Role
}

// access tells who sends a request. In this version that depends on nothing but
// the configuration: whoever reaches the server may do everything.
type access struct{ everybody identity }

func newAccess(config Config) access {
	if config.Auth == AuthNone {
		return access{identity{name: "anonymous", role: Admin}}
	}
	return access{identity{name: "local", role: Admin}}
}

func (a access) identify(*http.Request) identity { return a.everybody }

// metadataRole is where an operation keeps the role that it needs.
const metadataRole = "role"

// authorize lets a request through if its sender has the role that the operation
// declares. An operation that declares none is for nobody.
func (a *api) authorize(ctx huma.Context, next func(huma.Context)) {
	needed, declared := ctx.Operation().Metadata[metadataRole].(Role)
	sender := caller(ctx.Context())
	if declared && sender.role >= needed {
		next(ctx)
		return
	}
	// The only error is that of writing to somebody who is gone; huma tells it.
	_ = huma.WriteErr(a.huma, ctx, http.StatusForbidden, "this takes the role "+needed.String()+"; yours is "+sender.role.String())
}

// caller is who sent the request that ctx belongs to.
func caller(ctx context.Context) identity { return requestOf(ctx).sender }
