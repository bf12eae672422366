package httpapi

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"

	"github.com/vedettehq/vedette/internal/client"
)

// Role is what somebody may do. A greater role may do all that a smaller one may.
type Role int

// The roles.
const (
	// Anyone is what an operation takes that needs nobody's name. Nobody has it.
	Anyone Role = -1
	// Viewer reads.
	Viewer Role = iota
	// Responder also acts on monitors, alerts and issues.
	Responder
	// Editor also changes monitors.
	Editor
	// Admin also says who may do what.
	Admin
)

// String is the role's name.
func (r Role) String() string {
	switch {
	case r == Anyone:
		return "anyone"
	case r >= Viewer && r <= Admin:
		return client.Roles[r-Viewer]
	default:
		return "nobody"
	}
}

// parseRole gives the role of a name; nobody's, if this binary does not know it.
func parseRole(name string) Role { return Viewer + Role(slices.Index(client.Roles[:], name)) }

// identity is who sends a request.
type identity struct {
	// name is recorded as the actor of what is done.
	name string
	role Role
	// how they are known: one of the words of client.Session.
	how string
	// until is when that ends by itself; zero: never.
	until time.Time
}

// metadataRole is where an operation keeps the role that it needs.
const metadataRole = "role"

// authorize lets a request through if its sender has the role that the operation
// declares. An operation that declares none is for nobody.
func (a *api) authorize(ctx huma.Context, next func(huma.Context)) {
	needed, declared := ctx.Operation().Metadata[metadataRole].(Role)
	if declared && needed == Anyone {
		next(ctx)
		return
	}
	r, _ := humachi.Unwrap(ctx)
	sender, err := a.access.admit(r)
	if err != nil {
		a.refuse(ctx, err)
		return
	}
	noteSender(ctx.Context(), sender)
	if !declared || sender.role < needed {
		a.refuse(ctx, &refusal{
			status: http.StatusForbidden,
			detail: fmt.Sprintf("this takes the role %s; %s has the role %s", needed, sender.name, sender.role),
		})
		return
	}
	next(ctx)
}

// caller is who sent the request that ctx belongs to.
func caller(ctx context.Context) identity { return requestOf(ctx).sender }
