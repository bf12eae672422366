package postgres

import (
	"errors"
	"net"
	"net/url"
	"regexp"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/vedettehq/vedette/internal/monitor"
)

const (
	// connectTimeout bounds each attempt to reach the server.
	connectTimeout = 5 * time.Second
	// poolSize is the most connections beside the one that listens. Statements take
	// well under a millisecond, and acknowledgements travel together.
	poolSize = 4
)

// alive has a connection on which nothing is asked, as the one that listens, be found
// dead within little more than a minute.
var alive = net.KeepAliveConfig{Enable: true, Idle: 15 * time.Second, Interval: 15 * time.Second, Count: 4}

// schemes are the spellings of postgres:// that are understood, with the name of
// another language's driver as in postgresql+asyncpg://.
var schemes = regexp.MustCompile(`^postgres(ql)?(\+[a-z0-9]+)?://`)

// errAddress quotes nothing of the address: any piece of it may be the password.
var errAddress = errors.New("the queue \"postgres\" is kept in the application database, and DATABASE_APPLICATION is no valid postgres://user:password@host:5432/name")

func parseAddress(address monitor.Secret) (*pgxpool.Config, error) {
	if !schemes.MatchString(address.Reveal()) {
		return nil, errAddress
	}
	u, err := url.Parse(schemes.ReplaceAllString(address.Reveal(), "postgres://"))
	if err != nil {
		return nil, errAddress
	}
	// As SQLAlchemy writes it.
	if query := u.Query(); query.Has("ssl") {
		query.Set("sslmode", query.Get("ssl"))
		query.Del("ssl")
		u.RawQuery = query.Encode()
	}
	config, err := pgxpool.ParseConfig(u.String())
	if err != nil {
		return nil, errAddress
	}
	config.MaxConns = poolSize
	config.ConnConfig.ConnectTimeout = connectTimeout
	config.ConnConfig.DialFunc = (&net.Dialer{KeepAliveConfig: alive}).DialContext
	// A pooler may give each transaction another connection, which others use in
	// between: so nothing is prepared, and nothing set for the session.
	config.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeExec
	if config.ConnConfig.RuntimeParams["application_name"] == "" {
		config.ConnConfig.RuntimeParams["application_name"] = "vedette queue"
	}
	return config, nil
}
