package sqlstore

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// tokenColumns are what scanToken reads of tokens t.
const tokenColumns = `t.id, t.name, t.role, t.created_at, t.created_by, t.expires_at, t.last_used_at, t.revoked_at, coalesce(t.revoked_by, '')`

func scanToken(scan Scan, t *store.Token) error {
	return scan(&t.ID, &t.Name, &t.Role, &t.CreatedAt, &t.CreatedBy, &t.ExpiresAt, &t.LastUsedAt, &t.RevokedAt, &t.RevokedBy)
}

// CreateToken stores a token. One of its name that has expired gives the name up;
// the index on names decides between two that come at once.
func (s *Store) CreateToken(ctx context.Context, t store.NewToken, now time.Time) (store.Token, error) {
	token := store.Token{
		Name: t.Name, Role: t.Role, CreatedAt: now.UTC(), CreatedBy: t.CreatedBy, ExpiresAt: t.ExpiresAt,
	}
	var created int64
	err := s.transact(ctx, patient, func(conn Conn) error {
		return conn.Do(ctx,
			s.exec(`update tokens set revoked_at = expires_at, revoked_by = $3
				where name = $1 and revoked_at is null and expires_at <= $2`, t.Name, now, t.CreatedBy),
			s.query(func(scan Scan) error { return scan(&token.ID) },
				`insert into tokens (name, role, hash, created_at, created_by, expires_at) values ($1, $2, $3, $4, $5, $6)
				on conflict do nothing returning id`, t.Name, t.Role, t.Hash, now, t.CreatedBy, t.ExpiresAt).counting(&created))
	})
	if err == nil && created == 0 {
		err = monitor.Errorf(monitor.CodeConflict, "there is a token %q already: revoke it first, or choose another name", t.Name)
	}
	return token, wrap(err, "create token")
}

// Tokens lists tokens, newest first.
func (s *Store) Tokens(ctx context.Context, revokedToo bool, page store.Page) ([]store.Token, error) {
	var where filter
	if !revokedToo {
		where.plain("t.revoked_at is null")
	}
	where.before("t.id", page.BeforeID)
	count := where.arg(page.Limit)
	var tokens []store.Token
	err := s.database.Read(ctx, s.query(func(scan Scan) error {
		var t store.Token
		err := scanToken(scan, &t)
		tokens = append(tokens, t)
		return err
	}, `select `+tokenColumns+` from tokens t`+where.where()+` order by t.id desc limit `+count, where.args...))
	return tokens, wrap(err, "list tokens")
}

// RevokeToken ends a token and its sessions.
func (s *Store) RevokeToken(ctx context.Context, id int64, by string, now time.Time) (store.Token, error) {
	var token store.Token
	err := s.transact(ctx, patient, func(conn Conn) error {
		return conn.Do(ctx,
			s.exec(`update tokens set revoked_at = $2, revoked_by = $3 where id = $1 and revoked_at is null`, id, now, by).
				found("token %d does not exist, or was revoked before", id),
			s.exec(`delete from sessions where token_id = $1`, id),
			s.query(func(scan Scan) error { return scanToken(scan, &token) }, `select `+tokenColumns+` from tokens t where t.id = $1`, id))
	})
	return token, wrap(err, "revoke token")
}

// TokenOf reads the token with a hash.
func (s *Store) TokenOf(ctx context.Context, hash string) (store.Token, error) {
	var token store.Token
	err := s.database.Read(ctx, s.query(func(scan Scan) error { return scanToken(scan, &token) },
		`select `+tokenColumns+` from tokens t where t.hash = $1`, hash).
		found("there is no such token"))
	return token, wrap(err, "look for a token")
}

// HasToken tells whether any token is valid.
func (s *Store) HasToken(ctx context.Context, now time.Time) (bool, error) {
	var has bool
	err := s.database.Read(ctx, s.query(func(scan Scan) error { return scan(&has) },
		`select exists (select 1 from tokens t where t.revoked_at is null and (t.expires_at is null or t.expires_at > $1))`, now))
	return has, wrap(err, "look for tokens")
}

// NoteTokenUse keeps when tokens were last used.
func (s *Store) NoteTokenUse(ctx context.Context, used map[int64]time.Time) error {
	rows := s.rows(func(batch string, _ int) error {
		return s.database.Write(ctx, s.exec(`update tokens set last_used_at = r.at from {rows $1 r id bigint, at time}
			where tokens.id = r.id and (tokens.last_used_at is null or tokens.last_used_at < r.at)`, batch))
	})
	// In one order everywhere, so that two processes never wait for each other.
	for _, id := range slices.Sorted(maps.Keys(used)) {
		rows.int("id", id)
		rows.time("at", used[id])
		if err := rows.end(); err != nil {
			return wrap(err, "note the use of tokens")
		}
	}
	return wrap(rows.flush(), "note the use of tokens")
}
