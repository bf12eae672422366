package postgres

import (
	"errors"
	"regexp"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/vedettehq/vedette/internal/datasource"
)

// errMalformed does not say what is wrong with the address: whatever a parser
// quotes of it may be a piece of the password.
var errMalformed = errors.New("the address is no valid postgres://user:password@host:port/database; special characters of the password are to be percent-encoded")

// maxRowBytes is the longest row that is read.
const maxRowBytes = 64 << 20

// schemes are the spellings of postgres:// that are understood, with the name of
// another language's driver as in postgresql+asyncpg://.
var schemes = regexp.MustCompile(`^postgres(ql)?(\+[a-z0-9]+)?://`)

// poolConfig reads an address.
func poolConfig(address string, config datasource.Config) (*pgxpool.Config, error) {
	if !schemes.MatchString(address) {
		return nil, errMalformed
	}
	pool, err := pgxpool.ParseConfig(schemes.ReplaceAllString(address, "postgres://"))
	if err != nil {
		return nil, errMalformed
	}
	pool.MinConns, pool.MinIdleConns = 0, 0
	if config.MaxSize > 0 {
		pool.MaxConns = int32(min(config.MaxSize, 1<<16))
	}
	if config.AcquireTimeout > 0 {
		// An attempt goes on when the one who waited for it has given up; the next
		// one profits from it.
		pool.ConnConfig.ConnectTimeout = 2 * config.AcquireTimeout
	}
	pool.ConnConfig.BuildContextWatcherHandler = newCanceller
	pool.ConnConfig.MaxProtocolMessageBodyLen = maxRowBytes
	parameters := pool.ConnConfig.RuntimeParams
	parameters["client_encoding"] = "UTF8"
	if parameters["application_name"] == "" {
		parameters["application_name"] = "vedette"
	}
	return pool, nil
}
