package sqlstore

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/store"
)

// StartSession stores a session.
func (s *Store) StartSession(ctx context.Context, hash string, session store.Session, now time.Time) error {
	err := s.database.Write(ctx, s.exec(`insert into sessions (hash, token_id, fingerprint, created_at, expires_at)
		values ($1, $2, $3, $4, $5)`, hash, orNull(session.Token.ID), orNull(session.Fingerprint), now, session.ExpiresAt))
	return wrap(err, "start a session")
}

// orNull is NULL for what is not set.
func orNull[T comparable](value T) any {
	var none T
	if value == none {
		return nil
	}
	return value
}

// SessionOf reads a session with its token.
func (s *Store) SessionOf(ctx context.Context, hash string) (store.Session, error) {
	var session store.Session
	t := &session.Token
	err := s.database.Read(ctx, s.query(func(scan Scan) error {
		return scan(&session.Fingerprint, &session.ExpiresAt, &t.ID, &t.Name, &t.Role, &t.CreatedAt, &t.CreatedBy,
			&t.ExpiresAt, &t.LastUsedAt, &t.RevokedAt, &t.RevokedBy)
	}, `select coalesce(s.fingerprint, ''), s.expires_at, coalesce(t.id, 0), coalesce(t.name, ''), coalesce(t.role, ''),
			t.created_at, coalesce(t.created_by, ''), t.expires_at, t.last_used_at, t.revoked_at, coalesce(t.revoked_by, '')
		from sessions s left join tokens t on t.id = s.token_id where s.hash = $1`, hash).
		found("there is no such session"))
	return session, wrap(err, "look for a session")
}

// EndSession removes a session.
func (s *Store) EndSession(ctx context.Context, hash string) error {
	return wrap(s.database.Write(ctx, s.exec(`delete from sessions where hash = $1`, hash)), "end a session")
}

// CleanSessions removes sessions that have expired.
func (s *Store) CleanSessions(ctx context.Context, now time.Time) (int, error) {
	var removed int64
	err := s.database.Write(ctx, s.exec(`delete from sessions where expires_at <= $1`, now).counting(&removed))
	return int(removed), wrap(err, "clean sessions")
}
