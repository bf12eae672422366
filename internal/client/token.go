package client

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// Token is a token without what it says.
type Token struct {
	ID         int64      `json:"id"`
	Name       string     `json:"name" doc:"The actor of what is done with it."`
	Role       string     `json:"role" enum:"viewer,responder,editor,admin"`
	CreatedAt  time.Time  `json:"created_at"`
	CreatedBy  string     `json:"created_by"`
	ExpiresAt  *time.Time `json:"expires_at" doc:"null: never."`
	LastUsedAt *time.Time `json:"last_used_at" doc:"About when it was last used; null: never."`
	RevokedAt  *time.Time `json:"revoked_at" doc:"null: it was not."`
	RevokedBy  string     `json:"revoked_by" doc:"Empty if it was not."`
}

// CreatedToken is a new token.
type CreatedToken struct {
	Token
	// Secret is the token itself. It is told this once.
	Secret string `json:"token" doc:"The token itself, which is told this once."`
}

// TokenRequest asks for a token. It never expires unless one of the two says when.
type TokenRequest struct {
	Name      string     `json:"name" minLength:"1" maxLength:"64" pattern:"^[A-Za-z][A-Za-z0-9._@+-]*$" patternDescription:"a letter, then letters, digits and . _ @ + -" doc:"The actor of what is done with it, unique among valid tokens."`
	Role      string     `json:"role" enum:"viewer,responder,editor,admin"`
	ExpiresIn string     `json:"expires_in,omitempty" maxLength:"50" doc:"When it expires, from now on: 30d, 12h."`
	ExpiresAt *time.Time `json:"expires_at,omitempty" doc:"When it expires."`
}

// TokenFilter narrows a list of tokens.
type TokenFilter struct {
	// Revoked lists those that were revoked, too.
	Revoked bool
}

// Tokens lists tokens, newest first.
func (c *Client) Tokens(ctx context.Context, filter TokenFilter, paging Paging) (Page[Token], error) {
	query := paging.values()
	setFlag(query, "revoked", filter.Revoked)
	return get[Page[Token]](ctx, c, "/api/v1/tokens", query)
}

// CreateToken makes a token.
func (c *Client) CreateToken(ctx context.Context, request TokenRequest) (CreatedToken, error) {
	return call[CreatedToken](ctx, c, http.MethodPost, "/api/v1/tokens", request)
}

// RevokeToken ends a token for good, and the sessions that were begun with it.
func (c *Client) RevokeToken(ctx context.Context, id int64) (Token, error) {
	return call[Token](ctx, c, http.MethodDelete, "/api/v1/tokens/"+url.PathEscape(strconv.FormatInt(id, 10)), nil)
}
