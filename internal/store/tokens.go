package store

import (
	"context"
	"time"
)

// Tokens is who may come in. A token is valid if it is neither revoked nor
// expired; what it says itself is never stored, only its hash.
type Tokens interface {
	// CreateToken stores a token and gives it back with its id. CodeConflict if a
	// valid one has its name.
	CreateToken(ctx context.Context, t NewToken, now time.Time) (Token, error)
	// Tokens lists tokens, newest first: those that were not revoked, or all.
	Tokens(ctx context.Context, revokedToo bool, page Page) ([]Token, error)
	// RevokeToken ends a token and its sessions, for good. CodeNotFound if it does
	// not exist or was revoked before.
	RevokeToken(ctx context.Context, id int64, by string, now time.Time) (Token, error)
	// TokenOf reads the token with a hash, valid or not. CodeNotFound if there is none.
	TokenOf(ctx context.Context, hash string) (Token, error)
	// HasToken tells whether any token is valid.
	HasToken(ctx context.Context, now time.Time) (bool, error)
	// NoteTokenUse keeps when tokens were last used, by id; what is later already
	// stays.
	NoteTokenUse(ctx context.Context, used map[int64]time.Time) error
}

// NewToken asks for a token.
type NewToken struct {
	Name string
	// Role is viewer, responder, editor or admin.
	Role string
	// Hash is the SHA-256 of what it says, in hexadecimal.
	Hash      string
	CreatedBy string
	// ExpiresAt is zero if it never does.
	ExpiresAt time.Time
}

// Token is a token without what it says. Zero times are what has not happened.
type Token struct {
	ID         int64
	Name       string
	Role       string
	CreatedAt  time.Time
	CreatedBy  string
	ExpiresAt  time.Time
	LastUsedAt time.Time
	RevokedAt  time.Time
	RevokedBy  string
}

// Valid tells whether the token lets anybody in.
func (t *Token) Valid(now time.Time) bool {
	return t.RevokedAt.IsZero() && (t.ExpiresAt.IsZero() || now.Before(t.ExpiresAt))
}

// Sessions is who is signed in to the dashboard.
type Sessions interface {
	// StartSession stores a session; hash is that of what the browser sends.
	StartSession(ctx context.Context, hash string, s Session, now time.Time) error
	// SessionOf reads the session with a hash, with its token as it is now, whether
	// expired or not. CodeNotFound if there is none.
	SessionOf(ctx context.Context, hash string) (Session, error)
	// EndSession removes a session, if it is there.
	EndSession(ctx context.Context, hash string) error
	// CleanSessions removes those that have expired, and says how many.
	CleanSessions(ctx context.Context, now time.Time) (int, error)
}

// Session is somebody signed in. Exactly one of Token.ID and Fingerprint is set.
type Session struct {
	Token Token
	// Fingerprint tells whether the administrator's token of the environment is
	// still the one that was signed in with.
	Fingerprint string
	ExpiresAt   time.Time
}
