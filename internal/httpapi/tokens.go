package httpapi

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/store"
)

// longestExpiry is the latest that a token may expire if it does: a time further
// away is a mistake.
const longestExpiry = 10 * 365 * 24 * time.Hour

func (a *api) registerTokens() {
	register(a, operation{
		method: http.MethodGet, path: "/api/v1/tokens", id: "list-tokens", role: Admin,
		summary: "List tokens, newest first",
	}, a.listTokens)
	register(a, operation{
		method: http.MethodPost, path: "/api/v1/tokens", id: "create-token", role: Admin, status: http.StatusCreated,
		summary: "Make a token, which is told this once", repeating: neverRepeated,
	}, a.createToken)
	register(a, operation{
		method: http.MethodDelete, path: "/api/v1/tokens/{id}", id: "revoke-token", role: Admin,
		summary: "Revoke a token, and end the sessions that were begun with it",
	}, a.revokeToken)
}

type tokensInput struct {
	Paging
	Revoked bool `query:"revoked" doc:"Those that were revoked, too."`
}

// listTokens shows what is true now: uses that are not written yet are, first.
func (a *api) listTokens(ctx context.Context, input *tokensInput) (client.Page[client.Token], error) {
	if err := a.access.keys.flush(ctx); err != nil {
		return client.Page[client.Token]{}, err
	}
	return listByID(input.Paging, tokenList, func(page store.Page) ([]store.Token, error) {
		return a.store.Tokens(ctx, input.Revoked, page)
	}, showToken, func(t *store.Token) int64 { return t.ID })
}

type createTokenInput struct{ Body client.TokenRequest }

func (a *api) createToken(ctx context.Context, input *createTokenInput) (client.CreatedToken, error) {
	now := a.store.Now()
	if reserved := []string{adminName, localName, anonymousName}; slices.Contains(reserved, strings.ToLower(input.Body.Name)) {
		return client.CreatedToken{}, monitor.Errorf(monitor.CodeInvalid,
			"name: %s stands for who comes without a token of this list: choose another one", input.Body.Name)
	}
	expires, err := expiry(&input.Body, now)
	if err != nil {
		return client.CreatedToken{}, err
	}
	secret := tokenPrefix + randomText()
	created, err := a.store.CreateToken(ctx, store.NewToken{
		Name: input.Body.Name, Role: input.Body.Role, Hash: hashOf(secret), CreatedBy: caller(ctx).name, ExpiresAt: expires,
	}, now)
	if err != nil {
		return client.CreatedToken{}, err
	}
	a.access.keys.forget()
	a.log(ctx).LogAttrs(ctx, slog.LevelInfo, "token created", aboutToken(&created)...)
	return client.CreatedToken{Token: showToken(&created), Secret: secret}, nil
}

// expiry is when a token that is asked for expires; zero: never.
func expiry(request *client.TokenRequest, now time.Time) (time.Time, error) {
	var at time.Time
	name := "expires_at"
	switch {
	case request.ExpiresIn != "" && request.ExpiresAt != nil:
		return at, monitor.Errorf(monitor.CodeInvalid, "expires_in and expires_at: leave one of them out")
	case request.ExpiresIn != "":
		name = "expires_in"
		in, err := script.ParseDuration(request.ExpiresIn)
		if err != nil {
			return at, monitor.Errorf(monitor.CodeInvalid, "expires_in: %w", err)
		}
		at = now.Add(in)
	case request.ExpiresAt != nil:
		at = request.ExpiresAt.UTC()
	default:
		return at, nil
	}
	// As finely as the store keeps it, so that what is answered is what holds.
	at = at.Truncate(time.Microsecond)
	if !at.After(now) || at.After(now.Add(longestExpiry)) {
		return at, monitor.Errorf(monitor.CodeInvalid, "%s: it has to be in the future, and within ten years", name)
	}
	return at, nil
}

func (a *api) revokeToken(ctx context.Context, input *IDInput) (client.Token, error) {
	revoked, err := a.store.RevokeToken(ctx, input.ID, caller(ctx).name, a.store.Now())
	if err != nil {
		return client.Token{}, err
	}
	a.access.keys.forget()
	a.log(ctx).LogAttrs(ctx, slog.LevelInfo, "token revoked", aboutToken(&revoked)...)
	return showToken(&revoked), nil
}

// aboutToken is what the log says of a change to who may come in.
func aboutToken(t *store.Token) []slog.Attr {
	return []slog.Attr{slog.String("token", t.Name), slog.Int64("token_id", t.ID), slog.String("role", t.Role)}
}

func showToken(t *store.Token) client.Token {
	return client.Token{
		ID: t.ID, Name: t.Name, Role: t.Role, CreatedAt: t.CreatedAt.UTC(), CreatedBy: t.CreatedBy,
		ExpiresAt: moment(t.ExpiresAt), LastUsedAt: moment(t.LastUsedAt), RevokedAt: moment(t.RevokedAt), RevokedBy: t.RevokedBy,
	}
}
