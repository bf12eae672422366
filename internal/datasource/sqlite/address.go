package sqlite

import (
	"errors"
	"net/url"
	"strings"
)

const scheme = "sqlite://"

// parseAddress takes the path out of sqlite://path. It is meant literally: no
// escapes, no parameters, so that nothing in it can ask for more than reading.
func parseAddress(address string) (path string, err error) {
	path, ok := strings.CutPrefix(address, scheme)
	switch {
	case !ok:
		return "", errors.New("the address of a SQLite database is sqlite://path/to/file.db, or sqlite:///absolute/path.db")
	case path == "":
		return "", errors.New("the address has no path: sqlite://path/to/file.db")
	case strings.HasPrefix(path, ":memory:"):
		return "", errors.New("a database in memory would be empty: name a file")
	case strings.ContainsAny(path, "?\x00"):
		return "", errors.New("the address takes no parameters: sqlite://path/to/file.db")
	}
	return path, nil
}

// dataSourceName is what the driver opens. The wait for a writer's lock is left
// to the context of each query, which is shorter than any busy timeout here.
func dataSourceName(path string) string {
	return "file:" + (&url.URL{Path: path}).EscapedPath() +
		"?mode=ro&_query_only=1&_defensive=1&_error_rc=1&_busy_timeout=2000000000"
}
