package httpapi

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"time"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// sessionLength is how long somebody stays signed in, unless their token ends before.
const sessionLength = 7 * 24 * time.Hour

const (
	// sessionCookie is what a signed-in browser sends.
	sessionCookie = "vedette_session"
	// secureCookie is the same where the connection is encrypted: browsers take that
	// name from nobody but this very host.
	secureCookie = "__Host-" + sessionCookie
	// intentHeader goes along with each change that a signed-in browser asks for. A
	// page of another site cannot send it without asking first, which is refused.
	intentHeader = "X-Vedette-Csrf"
)

// sessionOf gives what a signed-in browser sent; empty: nothing.
func sessionOf(r *http.Request) string {
	for _, name := range []string{secureCookie, sessionCookie} {
		if cookie, err := r.Cookie(name); err == nil && cookie.Value != "" {
			return cookie.Value
		}
	}
	return ""
}

// checkIntent refuses a change for which a browser sent a cookie by itself. That it
// comes from our own page is looked at for all requests; this is a second lock.
func checkIntent(r *http.Request) error {
	if isRead(r.Method) || r.Header.Get(intentHeader) != "" {
		return nil
	}
	return &refusal{
		status: http.StatusForbidden,
		detail: "a change by somebody who has signed in needs the header " + intentHeader + ", with any value; with a token as Authorization: Bearer it does not",
	}
}

// bySession says who has signed in; nobody, if nobody has, or that is over.
func (a *access) bySession(r *http.Request) (identity, error) {
	secret := sessionOf(r)
	if secret == "" {
		return identity{}, nil
	}
	hash := hashOf(secret)
	found, err := a.keys.session(r.Context(), hash)
	switch {
	case monitor.CodeOf(err) == monitor.CodeNotFound:
		return identity{}, nil
	case err != nil:
		return identity{}, err
	case !a.keys.store.Now().Before(found.ExpiresAt):
		return identity{}, nil
	case found.Fingerprint != "":
		if a.admin.IsSet() && hmac.Equal([]byte(found.Fingerprint), []byte(fingerprint(a.admin, hash))) {
			return identity{name: adminName, role: Admin, how: client.AuthSession, until: found.ExpiresAt}, nil
		}
		return identity{}, nil
	case a.invalid(&found.Token) != "":
		return identity{}, nil
	}
	a.keys.use(found.Token.ID)
	return holder(&found.Token, client.AuthSession, found.ExpiresAt), nil
}

// fingerprint ties a session to the administrator's token of the environment, which
// the store must not know: with another token it is another one.
func fingerprint(token monitor.Secret, session string) string {
	mac := hmac.New(sha256.New, []byte(token.Reveal()))
	mac.Write([]byte("vedette session " + session))
	return hex.EncodeToString(mac.Sum(nil))
}

// signIn starts a session for who has a token, and gives what their browser is to
// send, and who they are.
func (a *access) signIn(r *http.Request, token string) (secret string, who identity, err error) {
	if who, err = a.byToken(r, token); err != nil {
		return "", who, err
	}
	secret = randomText()
	hash, now := hashOf(secret), a.keys.store.Now()
	session := store.Session{ExpiresAt: now.Add(sessionLength)}
	if isToken(a.admin, token) {
		session.Fingerprint = fingerprint(a.admin, hash)
	} else {
		if session.Token, err = a.keys.token(r.Context(), hashOf(token)); err != nil {
			return "", who, err
		}
		if end := session.Token.ExpiresAt; !end.IsZero() && end.Before(session.ExpiresAt) {
			session.ExpiresAt = end
		}
	}
	who.how, who.until = client.AuthSession, session.ExpiresAt
	return secret, who, a.keys.store.StartSession(r.Context(), hash, session, now)
}

// signOut ends a session, if it is there.
func (a *access) signOut(ctx context.Context, secret string) error {
	if err := a.keys.store.EndSession(ctx, hashOf(secret)); err != nil {
		return err
	}
	a.keys.sessions.forget()
	return nil
}

// cookies are what a browser is to keep from now on; without a secret, nothing.
// Of the two names the other one is let go of: the connection may have been
// another one last time.
func cookies(r *http.Request, secret string) []string {
	encrypted := r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https"
	one := func(name string, secure, keep bool) string {
		c := http.Cookie{
			Name: name, Path: "/", Secure: secure, HttpOnly: true, SameSite: http.SameSiteStrictMode, MaxAge: -1,
		}
		if keep {
			c.Value, c.MaxAge = secret, int(sessionLength.Seconds())
		}
		return c.String()
	}
	if !encrypted {
		// Browsers refuse the other name here.
		return []string{one(sessionCookie, false, secret != "")}
	}
	return []string{one(secureCookie, true, secret != ""), one(sessionCookie, true, false)}
}
