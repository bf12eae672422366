package httpapi

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// access tells who sends a request: whoever carries a token or has signed in with
// one; and as long as there is no token at all, the machine itself.
type access struct {
	// none lets everybody in.
	none bool
	// local is true if nobody but the machine itself reaches the server.
	local    bool
	admin    monitor.Secret
	keys     *keys
	attempts attempts
	logger   *slog.Logger
	metrics  *metrics
}

// The names of those who have no token of the store. Tokens must not have them.
const (
	adminName     = "admin"
	localName     = "local"
	anonymousName = "anonymous"
)

func newAccess(s Store, config Config, logger *slog.Logger, metrics *metrics) *access {
	host, _, err := net.SplitHostPort(config.Address)
	return &access{
		none:    config.Auth == AuthNone,
		local:   err == nil && isLoopback(host),
		admin:   config.AdminToken,
		keys:    newKeys(s, logger),
		logger:  logger,
		metrics: metrics,
	}
}

// admit says who sends a request, or refuses it.
func (a *access) admit(r *http.Request) (identity, error) {
	if a.none {
		return identity{name: anonymousName, role: Admin, how: client.AuthNone}, nil
	}
	if token, ok := bearerOf(r); ok {
		return a.byToken(r, token)
	}
	who, err := a.bySession(r)
	switch {
	case err != nil:
		return identity{}, err
	case who == identity{}:
		return a.byAddress(r)
	}
	return who, checkIntent(r)
}

// byAddress is for requests that carry nothing: without any token the machine
// itself is administrator. What came through a proxy may come from anywhere.
func (a *access) byAddress(r *http.Request) (identity, error) {
	open, err := a.open(r.Context())
	switch {
	case err != nil:
		return identity{}, err
	case !open:
		return identity{}, errNoToken
	case proxied(r):
		return identity{}, errProxied
	}
	return identity{name: localName, role: Admin, how: client.AuthLocal}, nil
}

// open tells whether there is no token by which to tell who comes, and nobody but
// the machine itself can come.
func (a *access) open(ctx context.Context) (bool, error) {
	if !a.local || a.admin.IsSet() {
		return false, nil
	}
	has, err := a.keys.hasToken(ctx)
	return !has, err
}

var errProxied = unknown("this came through a proxy, and without any token only the machine itself is let in: " +
	"make one with `vedette token create NAME --role admin`, or set VEDETTE_ADMIN_TOKEN")

// proxied tells whether a proxy says that it passed the request on.
func proxied(r *http.Request) bool {
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip"} {
		if r.Header.Get(name) != "" {
			return true
		}
	}
	return false
}

// byToken says whose a token is. A wrong one is counted, and told in the log.
func (a *access) byToken(r *http.Request, token string) (identity, error) {
	who, wrong, err := a.recognise(r.Context(), token)
	if err != nil || wrong == "" {
		return who, err
	}
	from, now := addressOf(r.RemoteAddr), a.keys.store.Now()
	a.metrics.refused.Inc()
	wait, first := a.attempts.fail(from, now)
	if wait == 0 || first {
		a.logger.WarnContext(r.Context(), "token refused", slog.String("reason", wrong), slog.Bool("limited", first),
			slog.String("remote_address", from.String()), slog.String("request_id", requestOf(r.Context()).id))
	}
	if wait > 0 {
		return identity{}, tooMany(wait)
	}
	return identity{}, unknown(wrong + ": " + howToSend)
}

func tooMany(wait time.Duration) *refusal {
	seconds := int(math.Ceil(wait.Seconds()))
	return &refusal{
		status: http.StatusTooManyRequests,
		detail: fmt.Sprintf("too many wrong tokens came from your address: try again in %d seconds; right ones are let in all the time", seconds),
		header: http.Header{"Retry-After": {strconv.Itoa(seconds)}},
	}
}

// recognise says whose a token is, or else what is wrong with it.
func (a *access) recognise(ctx context.Context, token string) (who identity, wrong string, err error) {
	const notThere = "nobody has this token"
	if isToken(a.admin, token) {
		return identity{name: adminName, role: Admin, how: client.AuthToken}, "", nil
	}
	if !ownToken.MatchString(token) {
		return identity{}, notThere, nil
	}
	found, err := a.keys.token(ctx, hashOf(token))
	switch {
	case monitor.CodeOf(err) == monitor.CodeNotFound:
		return identity{}, notThere, nil
	case err != nil:
		return identity{}, "", err
	}
	if wrong := a.invalid(&found); wrong != "" {
		return identity{}, wrong, nil
	}
	a.keys.use(found.ID)
	return holder(&found, client.AuthToken, found.ExpiresAt), "", nil
}

// invalid says why a token is good for nothing; empty: it is good.
func (a *access) invalid(t *store.Token) string {
	switch {
	case !t.RevokedAt.IsZero():
		return fmt.Sprintf("the token %q was revoked", t.Name)
	case !t.Valid(a.keys.store.Now()):
		return fmt.Sprintf("the token %q expired at %s", t.Name, t.ExpiresAt.UTC().Format(time.RFC3339))
	default:
		return ""
	}
}

func holder(t *store.Token, how string, until time.Time) identity {
	return identity{name: t.Name, role: parseRole(t.Role), how: how, until: until}
}
