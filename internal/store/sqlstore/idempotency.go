package sqlstore

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/store"
)

// ClaimKey takes a key, or reads who has it. Should that one give it up in between,
// the next attempt takes it.
func (s *Store) ClaimKey(ctx context.Context, k store.Key, stale, expired time.Time) (*store.Answered, error) {
	for range attempts {
		var taken int64
		err := s.database.Write(ctx, s.exec(`insert into idempotency_keys (who, key, fingerprint, created_at)
			values ($1, $2, $3, $4)
			on conflict (who, key) do update
				set fingerprint = excluded.fingerprint, created_at = excluded.created_at, status = null, headers = null, body = null
				where idempotency_keys.created_at < $6
					or (idempotency_keys.created_at < $5 and idempotency_keys.status is null)`,
			k.Who, k.Key, k.Fingerprint, k.TakenAt, stale, expired).counting(&taken))
		if err != nil || taken == 1 {
			return nil, wrap(err, "take an idempotency key")
		}
		before, err := s.answered(ctx, k)
		if err != nil || before != nil {
			return before, err
		}
	}
	return nil, wrap(ErrAgain, "take an idempotency key")
}

// answered reads what is known of a key; nil if nobody has it.
func (s *Store) answered(ctx context.Context, k store.Key) (*store.Answered, error) {
	var before *store.Answered
	err := s.database.Read(ctx, s.query(func(scan Scan) error {
		var found store.Answered
		var a store.Answer
		if err := scan(&found.Fingerprint, &a.Status, &a.Headers, &a.Body); err != nil {
			return err
		}
		if a.Status != 0 {
			found.Answer = &a
		}
		before = &found
		return nil
	}, `select fingerprint, coalesce(status, 0), coalesce(cast(headers as text), ''), coalesce(body, '')
		from idempotency_keys where who = $1 and key = $2`, k.Who, k.Key))
	return before, wrap(err, "read an idempotency key")
}

// KeepAnswer keeps an answer.
func (s *Store) KeepAnswer(ctx context.Context, k store.Key, a store.Answer) error {
	return wrap(s.database.Write(ctx, s.exec(`update idempotency_keys
		set status = cast($4 as integer), headers = cast($5 as {json}), body = $6
		where who = $1 and key = $2 and created_at = $3 and status is null`,
		k.Who, k.Key, k.TakenAt, a.Status, a.Headers, a.Body)), "keep an answer")
}

// FreeKey removes a key that has no answer.
func (s *Store) FreeKey(ctx context.Context, k store.Key) error {
	return wrap(s.database.Write(ctx, s.exec(`delete from idempotency_keys
		where who = $1 and key = $2 and created_at = $3 and status is null`, k.Who, k.Key, k.TakenAt)), "free an idempotency key")
}

// CleanKeys removes old keys.
func (s *Store) CleanKeys(ctx context.Context, before time.Time, limit int) (int, error) {
	var removed int64
	err := s.database.Write(ctx, s.exec(`delete from idempotency_keys where (who, key) in (
			select who, key from idempotency_keys where created_at < $1 order by created_at limit $2)`,
		before, limit).counting(&removed))
	return int(removed), wrap(err, "clean idempotency keys")
}
