package httpapi

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"sync"
	"time"

	"github.com/vedettehq/vedette/internal/store"
)

const (
	// keepInterval is how often last uses are written and sessions cleaned.
	keepInterval = time.Minute
	// keepTimeout bounds that, also when the server stops.
	keepTimeout = 5 * time.Second
)

// keys are the tokens and sessions of the store, each asked for when it is needed
// and then known for a moment.
type keys struct {
	store    Store
	logger   *slog.Logger
	tokens   memory[store.Token]
	sessions memory[store.Session]
	// valid tells, under the key "", whether any token is.
	valid memory[bool]

	mu sync.Mutex
	// used has the last uses that are not written yet, by the token's id: a write for
	// each request would cost more than most requests do.
	used map[int64]time.Time
}

func newKeys(s Store, logger *slog.Logger) *keys {
	return &keys{store: s, logger: logger, used: map[int64]time.Time{}}
}

// token gives the token with a hash, valid or not.
func (k *keys) token(ctx context.Context, hash string) (store.Token, error) {
	return k.tokens.get(hash, k.store.Now(), func() (store.Token, error) { return k.store.TokenOf(ctx, hash) })
}

// session gives the session with a hash, expired or not.
func (k *keys) session(ctx context.Context, hash string) (store.Session, error) {
	return k.sessions.get(hash, k.store.Now(), func() (store.Session, error) { return k.store.SessionOf(ctx, hash) })
}

// hasToken tells whether any token is valid.
func (k *keys) hasToken(ctx context.Context) (bool, error) {
	now := k.store.Now()
	return k.valid.get("", now, func() (bool, error) { return k.store.HasToken(ctx, now) })
}

// forget has everything asked for anew, after a change.
func (k *keys) forget() {
	k.tokens.forget()
	k.sessions.forget()
	k.valid.forget()
}

// use notes that a token was used.
func (k *keys) use(id int64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.used[id] = k.store.Now()
}

// flush writes the last uses. Those that could not be written come with the next.
func (k *keys) flush(ctx context.Context) error {
	k.mu.Lock()
	used := k.used
	k.used = map[int64]time.Time{}
	k.mu.Unlock()
	err := k.store.NoteTokenUse(ctx, used)
	if err != nil {
		k.mu.Lock()
		maps.Copy(used, k.used)
		k.used = used
		k.mu.Unlock()
	}
	return err
}

// run looks after the store's tokens and sessions until ctx ends.
func (k *keys) run(ctx context.Context) {
	ticker := time.NewTicker(keepInterval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			k.keep(context.WithoutCancel(ctx))
			return
		case <-ticker.C:
			k.keep(ctx)
		}
	}
}

func (k *keys) keep(ctx context.Context) {
	ctx, cancel := context.WithTimeoutCause(ctx, keepTimeout, errors.New("not done within "+keepTimeout.String()))
	defer cancel()
	now := k.store.Now()
	k.tokens.clean(now)
	k.sessions.clean(now)
	_, err := k.store.CleanSessions(ctx, now)
	if err := errors.Join(k.flush(ctx), err); err != nil {
		k.logger.WarnContext(ctx, "tokens and sessions not looked after; tried again in a minute", slog.Any("error", err))
	}
}
