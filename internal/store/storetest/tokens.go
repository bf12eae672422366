package storetest

import (
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

var tokens = map[string]func(*fixture){
	"Tokens_AreFoundByTheirHash":                   tokensFound,
	"Tokens_NamesAreUniqueAmongValidOnes":          tokensNames,
	"Tokens_RevokedOnceAndForAll":                  tokensRevoked,
	"Tokens_PageNewestFirst":                       tokensPaged,
	"Tokens_HasTokenCountsValidOnesOnly":           tokensValid,
	"Tokens_LastUseOnlyMovesForward":               tokensUsed,
	"Sessions_KnowTheirTokenAsItIsNow":             sessionsKnowToken,
	"Sessions_EndWithTheirTokenOrByThemselves":     sessionsEnd,
	"Sessions_OfTheEnvironmentsTokenHaveItsPrint":  sessionsFingerprint,
	"Sessions_ThatHaveExpiredAreCleanedAwayAlone":  sessionsCleaned,
	"Sessions_BelongToATokenOrHaveAPrintNeverBoth": sessionsOneOwner,
}

// hash makes something that looks like a hash.
func hash(text string) string { return strings.Repeat("0", 64-len(text)) + text }

// token creates a token; the hash is made of the name.
func (f *fixture) token(name string, changes ...func(*store.NewToken)) store.Token {
	f.Helper()
	created, err := f.store.CreateToken(f.Context(), newToken(name, changes...), f.now)
	require.NoError(f, err)
	return created
}

func newToken(name string, changes ...func(*store.NewToken)) store.NewToken {
	t := store.NewToken{Name: name, Role: "editor", Hash: hash(name), CreatedBy: "ada"}
	for _, change := range changes {
		change(&t)
	}
	return t
}

// until has a token expire.
func until(at time.Time) func(*store.NewToken) {
	return func(t *store.NewToken) { t.ExpiresAt = at }
}

// hashed gives a token another hash than that of its name.
func hashed(text string) func(*store.NewToken) {
	return func(t *store.NewToken) { t.Hash = hash(text) }
}

func (f *fixture) tokenNames(revokedToo bool, page store.Page) []string {
	f.Helper()
	list, err := f.store.Tokens(f.Context(), revokedToo, page)
	require.NoError(f, err)
	names := []string{}
	for _, t := range list {
		names = append(names, t.Name)
	}
	return names
}

func tokensFound(f *fixture) {
	created := f.token("ci", until(f.now.Add(time.Hour)))
	require.Equal(f, store.Token{
		ID: created.ID, Name: "ci", Role: "editor", CreatedAt: f.now, CreatedBy: "ada", ExpiresAt: f.now.Add(time.Hour),
	}, created)
	require.Positive(f, created.ID)
	found, err := f.store.TokenOf(f.Context(), hash("ci"))
	require.NoError(f, err)
	require.Equal(f, created, found)
	require.True(f, found.Valid(f.now.Add(time.Hour-1)))
	require.False(f, found.Valid(f.now.Add(time.Hour)))
	_, err = f.store.TokenOf(f.Context(), hash("other"))
	f.code(monitor.CodeNotFound, err)
}

func tokensNames(f *fixture) {
	first := f.token("ci", until(f.now.Add(time.Hour)))
	_, err := f.store.CreateToken(f.Context(), newToken("ci", hashed("2")), f.now)
	f.code(monitor.CodeConflict, err)
	require.ErrorContains(f, err, `"ci"`)
	f.pass(time.Hour)
	second := f.token("ci", hashed("2"))
	require.NotEqual(f, first.ID, second.ID, "an expired one gives its name up")
	old, err := f.store.TokenOf(f.Context(), hash("ci"))
	require.NoError(f, err)
	require.Equal(f, f.now, old.RevokedAt)
	_, err = f.store.RevokeToken(f.Context(), second.ID, "ada", f.now)
	require.NoError(f, err)
	f.token("ci", hashed("3"))
}

func tokensRevoked(f *fixture) {
	created := f.token("ci")
	f.pass(time.Minute)
	revoked, err := f.store.RevokeToken(f.Context(), created.ID, "grace", f.now)
	require.NoError(f, err)
	require.Equal(f, f.now, revoked.RevokedAt)
	require.Equal(f, "grace", revoked.RevokedBy)
	require.False(f, revoked.Valid(f.now))
	found, err := f.store.TokenOf(f.Context(), hash("ci"))
	require.NoError(f, err)
	require.Equal(f, revoked, found)
	for _, id := range []int64{created.ID, created.ID + 1000} {
		_, err = f.store.RevokeToken(f.Context(), id, "ada", f.now)
		f.code(monitor.CodeNotFound, err)
	}
}

func tokensPaged(f *fixture) {
	for _, name := range []string{"a", "b", "c", "d"} {
		f.token(name)
	}
	list, err := f.store.Tokens(f.Context(), false, store.Page{Limit: 10})
	require.NoError(f, err)
	_, err = f.store.RevokeToken(f.Context(), list[1].ID, "ada", f.now)
	require.NoError(f, err)
	require.Equal(f, []string{"d", "b"}, f.tokenNames(false, store.Page{Limit: 2}))
	require.Equal(f, []string{"b", "a"}, f.tokenNames(false, store.Page{Limit: 10, BeforeID: list[1].ID}))
	require.Equal(f, []string{"d", "c", "b", "a"}, f.tokenNames(true, store.Page{Limit: 10}))
}

func tokensValid(f *fixture) {
	has := func() bool {
		has, err := f.store.HasToken(f.Context(), f.now)
		require.NoError(f, err)
		return has
	}
	require.False(f, has())
	f.token("a", until(f.now.Add(time.Hour)))
	require.True(f, has())
	f.pass(time.Hour)
	require.False(f, has(), "expired")
	second := f.token("b")
	require.True(f, has())
	_, err := f.store.RevokeToken(f.Context(), second.ID, "ada", f.now)
	require.NoError(f, err)
	require.False(f, has(), "revoked")
}

func tokensUsed(f *fixture) {
	a, b := f.token("a"), f.token("b")
	lastUse := func(name string) time.Time {
		found, err := f.store.TokenOf(f.Context(), hash(name))
		require.NoError(f, err)
		return found.LastUsedAt
	}
	require.Zero(f, lastUse("a"))
	require.NoError(f, f.store.NoteTokenUse(f.Context(), nil))
	require.NoError(f, f.store.NoteTokenUse(f.Context(), map[int64]time.Time{a.ID: f.now, b.ID: f.now, b.ID + 1000: f.now}))
	require.Equal(f, f.now, lastUse("a"))
	require.NoError(f, f.store.NoteTokenUse(f.Context(), map[int64]time.Time{a.ID: f.now.Add(-time.Hour), b.ID: f.now.Add(time.Hour)}))
	require.Equal(f, f.now, lastUse("a"))
	require.Equal(f, f.now.Add(time.Hour), lastUse("b"))
}

// session starts a session of a token; the hash is made of the name.
func (f *fixture) session(name string, token store.Token, until time.Time) {
	f.Helper()
	require.NoError(f, f.store.StartSession(f.Context(), hash(name), store.Session{Token: token, ExpiresAt: until}, f.now))
}

func sessionsKnowToken(f *fixture) {
	token := f.token("ada", until(f.now.Add(time.Hour)))
	f.session("s", token, f.now.Add(time.Minute))
	require.NoError(f, f.store.NoteTokenUse(f.Context(), map[int64]time.Time{token.ID: f.now}))
	token.LastUsedAt = f.now
	found, err := f.store.SessionOf(f.Context(), hash("s"))
	require.NoError(f, err)
	require.Equal(f, store.Session{Token: token, ExpiresAt: f.now.Add(time.Minute)}, found)
}

func sessionsEnd(f *fixture) {
	token, other := f.token("ada"), f.token("grace")
	f.session("a", token, f.now.Add(time.Minute))
	f.session("b", token, f.now.Add(time.Minute))
	f.session("c", other, f.now.Add(time.Minute))
	require.NoError(f, f.store.EndSession(f.Context(), hash("a")))
	require.NoError(f, f.store.EndSession(f.Context(), hash("a")), "it is gone already")
	_, err := f.store.SessionOf(f.Context(), hash("a"))
	f.code(monitor.CodeNotFound, err)
	_, err = f.store.RevokeToken(f.Context(), token.ID, "ada", f.now)
	require.NoError(f, err)
	_, err = f.store.SessionOf(f.Context(), hash("b"))
	f.code(monitor.CodeNotFound, err)
	_, err = f.store.SessionOf(f.Context(), hash("c"))
	require.NoError(f, err)
}

func sessionsFingerprint(f *fixture) {
	session := store.Session{Fingerprint: "abc", ExpiresAt: f.now.Add(time.Minute)}
	require.NoError(f, f.store.StartSession(f.Context(), hash("s"), session, f.now))
	found, err := f.store.SessionOf(f.Context(), hash("s"))
	require.NoError(f, err)
	require.Equal(f, session, found)
}

func sessionsCleaned(f *fixture) {
	token := f.token("ada")
	f.session("a", token, f.now.Add(time.Minute))
	f.session("b", token, f.now.Add(time.Hour))
	f.pass(time.Minute)
	removed, err := f.store.CleanSessions(f.Context(), f.now)
	require.NoError(f, err)
	require.Equal(f, 1, removed)
	_, err = f.store.SessionOf(f.Context(), hash("a"))
	f.code(monitor.CodeNotFound, err)
	_, err = f.store.SessionOf(f.Context(), hash("b"))
	require.NoError(f, err)
}

func sessionsOneOwner(f *fixture) {
	token := f.token("ada")
	require.Error(f, f.store.StartSession(f.Context(), hash("a"), store.Session{ExpiresAt: f.now}, f.now))
	require.Error(f, f.store.StartSession(f.Context(), hash("a"), store.Session{Token: token, Fingerprint: "x", ExpiresAt: f.now}, f.now))
}
