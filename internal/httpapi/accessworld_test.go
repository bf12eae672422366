package httpapi

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// adminSecret is what lets the administrator of the environment in.
const adminSecret = "the-administrator-of-the-tests"

func withAdmin(w *world) { w.config.AdminToken = monitor.NewSecret(adminSecret) }

// bearer has a request carry a token.
func bearer(token string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }
}

// token stores a token that never expires, as another process does, and gives it.
func (w *world) token(name string, role Role) string {
	w.Helper()
	return w.tokenUntil(name, role, time.Time{})
}

// expired stores a token that has expired.
func (w *world) expired(name string) string {
	w.Helper()
	return w.tokenUntil(name, Admin, w.store.Now().Add(-time.Second))
}

func (w *world) tokenUntil(name string, role Role, until time.Time) string {
	w.Helper()
	secret := tokenPrefix + randomText()
	_, err := w.store.CreateToken(w.Context(), store.NewToken{
		Name: name, Role: role.String(), Hash: hashOf(secret), CreatedBy: "test", ExpiresAt: until,
	}, w.store.Now().Add(-time.Hour))
	require.NoError(w, err)
	return secret
}

// revoked stores a token that was revoked.
func (w *world) revoked(name string) string {
	w.Helper()
	secret := w.token(name, Admin)
	found, err := w.store.TokenOf(w.Context(), hashOf(secret))
	require.NoError(w, err)
	_, err = w.store.RevokeToken(w.Context(), found.ID, "test", w.store.Now())
	require.NoError(w, err)
	return secret
}

// shifted is a store whose time goes on when it is told to.
type shifted struct {
	store.Database
	offset atomic.Int64
}

func (s *shifted) by(d time.Duration) { s.offset.Add(int64(d)) }

// Now is the time of the store, and so much more.
func (s *shifted) Now() time.Time { return s.Database.Now().Add(time.Duration(s.offset.Load())) }

// absent is a store that does not say who may come in.
type absent struct{ store.Database }

var errAbsent = monitor.Errorf(monitor.CodeUnavailable, "the database is away")

func (absent) TokenOf(context.Context, string) (store.Token, error) { return store.Token{}, errAbsent }

func (absent) HasToken(context.Context, time.Time) (bool, error) { return false, errAbsent }

func (absent) SessionOf(context.Context, string) (store.Session, error) {
	return store.Session{}, errAbsent
}
