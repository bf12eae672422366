package client

import (
	"context"
	"time"
)

// Roles are the names of the roles, the smallest first: a greater one may do all
// that a smaller one may.
var Roles = [...]string{"viewer", "responder", "editor", "admin"}

// How somebody is known.
const (
	// AuthToken: by a token that comes with each request.
	AuthToken = "token"
	// AuthSession: by having signed in with a token.
	AuthSession = "session"
	// AuthLocal: by being on the server's machine, where there is no token yet.
	AuthLocal = "local"
	// AuthNone: not at all; the server lets everybody in.
	AuthNone = "none"
)

// Session is who one is to a server.
type Session struct {
	Name      string     `json:"name" doc:"The actor of what one does."`
	Role      string     `json:"role" enum:"viewer,responder,editor,admin"`
	Auth      string     `json:"auth" enum:"token,session,local,none" doc:"How one is known: by a token, by having signed in with one, by being on the server's machine where there are no tokens, or not at all."`
	ExpiresAt *time.Time `json:"expires_at" doc:"When that ends by itself; null: never."`
	// MonitorsReadOnly holds for everybody, whatever their role.
	MonitorsReadOnly bool `json:"monitors_read_only" doc:"Monitors come from the folder only: nobody can make, change or delete them here."`
}

// SignIn asks for a session.
type SignIn struct {
	Token string `json:"token" minLength:"1" maxLength:"1000"`
}

// Session reads who one is.
func (c *Client) Session(ctx context.Context) (Session, error) {
	return get[Session](ctx, c, "/api/v1/session", nil)
}
