package httpapi

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

const sessionPath = "/api/v1/session"

func (a *api) registerSessions() {
	register(a, operation{
		method: http.MethodGet, path: sessionPath, id: "get-session", role: Viewer,
		summary: "See who one is, and what one may do",
	}, func(ctx context.Context, _ *struct{}) (client.Session, error) {
		return a.showIdentity(caller(ctx)), nil
	})
	huma.Register(a.huma, operation{
		method: http.MethodPost, path: sessionPath, id: "sign-in", role: Anyone, status: http.StatusCreated,
		summary: "Sign in with a token, for a browser", repeating: neverRepeated,
		errors: []int{http.StatusUnauthorized, http.StatusTooManyRequests},
	}.described(), a.signIn)
	huma.Register(a.huma, operation{
		method: http.MethodDelete, path: sessionPath, id: "sign-out", role: Anyone, status: http.StatusNoContent,
		summary: "Sign out",
	}.described(), a.signOut)
}

type signInInput struct{ Body client.SignIn }

// sessionOutput sets cookies. More than one is possible.
type sessionOutput struct {
	SetCookie []string `header:"Set-Cookie"`
	Body      client.Session
}

type signedOutOutput struct {
	SetCookie []string `header:"Set-Cookie"`
}

func (a *api) signIn(ctx context.Context, input *signInInput) (*sessionOutput, error) {
	if a.access.none {
		return nil, a.problem(ctx, monitor.Errorf(monitor.CodeConflict, "nobody needs to sign in: http_server.auth is none"))
	}
	r := requestOf(ctx).http.WithContext(ctx)
	secret, who, err := a.access.signIn(r, input.Body.Token)
	if err != nil {
		return nil, a.problem(ctx, err)
	}
	noteSender(ctx, who)
	return &sessionOutput{SetCookie: cookies(r, secret), Body: a.showIdentity(who)}, nil
}

// signOut does nothing for who is not signed in, but that the browser forgets what
// it may have kept.
func (a *api) signOut(ctx context.Context, _ *struct{}) (*signedOutOutput, error) {
	r := requestOf(ctx).http
	if secret := sessionOf(r); secret != "" {
		if err := checkIntent(r); err != nil {
			return nil, a.problem(ctx, err)
		}
		if err := a.access.signOut(ctx, secret); err != nil {
			return nil, a.problem(ctx, err)
		}
	}
	return &signedOutOutput{SetCookie: cookies(r, "")}, nil
}

func (a *api) showIdentity(who identity) client.Session {
	return client.Session{
		Name: who.name, Role: who.role.String(), Auth: who.how, ExpiresAt: moment(who.until), MonitorsReadOnly: a.monitorsReadOnly,
	}
}
