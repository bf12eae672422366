package postgres

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/vedettehq/vedette/internal/monitor"
)

// connectTimeout bounds each attempt to reach a server, and then its preparation:
// the pool goes on with either when nobody waits for it any more.
const connectTimeout = 5 * time.Second

// session is what every connection starts with. A lock that is not had in time
// is given up (and the transaction with it) rather than holding a person or a run;
// a transaction whose client has stalled must not hold its locks; compiling
// statements would take longer than running them; and since statements stay
// prepared, none may read a whole table because that was small when it was
// planned. All this is sent as a statement, since connection poolers refuse such
// settings when connecting.
const session = `set lock_timeout = '5s'; set idle_in_transaction_session_timeout = '60s'; set jit = off; set enable_seqscan = off`

// parseAddress reads the address. Its errors do not repeat it, since it holds a
// password.
func parseAddress(address monitor.Secret, poolSize int) (*pgxpool.Config, error) {
	u, err := url.Parse(address.Reveal())
	if err != nil {
		if inner, ok := errors.AsType[*url.Error](err); ok {
			err = inner.Err
		}
		return nil, monitor.Errorf(monitor.CodeInvalid, "the address of the application database cannot be read: %s", clean(err, address))
	}
	// As SQLAlchemy writes it, with an option that only its driver knows.
	u.Scheme = strings.Replace(u.Scheme, "postgresql+asyncpg", "postgres", 1)
	if u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return nil, monitor.Errorf(monitor.CodeInvalid, "the address of the application database does not begin with postgres://")
	}
	query := u.Query()
	if mode := query.Get("ssl"); mode != "" {
		query.Del("ssl")
		query.Set("sslmode", mode)
		u.RawQuery = query.Encode()
	}
	config, err := pgxpool.ParseConfig(u.String())
	if err != nil {
		return nil, monitor.Errorf(monitor.CodeInvalid, "the address of the application database cannot be read: %s", clean(err, address))
	}
	config.MaxConns = int32(max(poolSize, 1)) //nolint:gosec // A number of connections.
	config.ConnConfig.ConnectTimeout = connectTimeout
	if config.ConnConfig.RuntimeParams["application_name"] == "" {
		config.ConnConfig.RuntimeParams["application_name"] = "vedette"
	}
	config.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		ctx, cancel := context.WithTimeout(ctx, connectTimeout)
		defer cancel()
		if _, err := conn.Exec(ctx, session); err != nil {
			if errors.Is(err, context.DeadlineExceeded) {
				return monitor.Errorf(monitor.CodeUnavailable, "the application database lets us in, and then has not answered within %s", connectTimeout)
			}
			return err
		}
		return nil
	}
	return config, nil
}

// clean is an error's text without anything of the address in it.
func clean(err error, address monitor.Secret) string {
	text := err.Error()
	if inner := errors.Unwrap(err); inner != nil {
		text = inner.Error()
	}
	text = strings.ReplaceAll(text, address.Reveal(), "[address]")
	if _, rest, ok := strings.Cut(address.Reveal(), "://"); ok {
		if login, _, ok := cutLast(rest, "@"); ok {
			if _, password, ok := strings.Cut(login, ":"); ok && password != "" {
				text = strings.ReplaceAll(text, password, "[password]")
			}
		}
	}
	return text
}

func cutLast(s, separator string) (before, after string, found bool) {
	i := strings.LastIndex(s, separator)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(separator):], true
}
