package store

import (
	"context"
	"time"
)

// Idempotency remembers what was answered to requests that may be sent again. A
// key belongs to who sent it.
type Idempotency interface {
	// ClaimKey takes the key for a request if nobody has it. If somebody has, it gives
	// what is known of their request: it was taken before. A key is free again if it
	// was taken before the time expired, or before the time stale and nothing has been
	// answered: its process is gone.
	ClaimKey(ctx context.Context, k Key, stale, expired time.Time) (before *Answered, err error)
	// KeepAnswer keeps the answer to the request that took the key. It does nothing
	// if the key has been taken anew since.
	KeepAnswer(ctx context.Context, k Key, a Answer) error
	// FreeKey gives up the key of a request without an answer to keep.
	FreeKey(ctx context.Context, k Key) error
	// CleanKeys removes up to limit keys that were taken before a time, and says how
	// many it did.
	CleanKeys(ctx context.Context, before time.Time, limit int) (int, error)
}

// Key names a request that may be sent again.
type Key struct {
	// Who sent it, and what they called it.
	Who, Key string
	// Fingerprint tells requests apart.
	Fingerprint string
	// TakenAt is when the key was taken.
	TakenAt time.Time
}

// Answered is what is known of a request that took a key before.
type Answered struct {
	Fingerprint string
	// Answer is nil while there is none yet.
	Answer *Answer
}

// Answer is what was answered to a request.
type Answer struct {
	Status int
	// Headers are those that describe the answer, as a JSON object.
	Headers string
	Body    string
}
