package sqlite

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
)

const scheme = "sqlite://"

// parseAddress gives the path in sqlite://relative/path or sqlite:///absolute/path.
func parseAddress(address monitor.Secret) (string, error) {
	path, ok := strings.CutPrefix(address.Reveal(), scheme)
	if !ok || path == "" {
		return "", monitor.Errorf(monitor.CodeInvalid, "the address of an SQLite database is sqlite:// and a path, such as sqlite://data/vedette.db")
	}
	if strings.HasPrefix(path, ":memory:") {
		return "", monitor.Errorf(monitor.CodeInvalid, "%s%s: the application database has to be a file", scheme, path)
	}
	return path, nil
}

// makeDirectory sees to it that there can be a file at path.
func makeDirectory(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return monitor.Errorf(monitor.CodeInvalid, "database file %s is a directory: name a file in it, such as %s", path, filepath.Join(path, "vedette.db"))
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return monitor.Errorf(monitor.CodeInvalid, "the directory of database file %s cannot be made, use another path: %w", path, err)
	}
	return nil
}

// Pragmas of every connection. WAL lets readers and the writer work at the same
// time; synchronous NORMAL loses nothing when the process is killed, and at most
// the last moments when the machine loses power. The write-ahead log is copied
// back into the file every few thousand pages rather than every thousand, since
// each time syncs the disk.
var pragmas = []string{
	"busy_timeout(5000)",
	"journal_mode(WAL)",
	"synchronous(NORMAL)",
	"foreign_keys(1)",
	"temp_store(MEMORY)",
	"wal_autocheckpoint(8000)",
	"journal_size_limit(67108864)",
}

// dataSource is what the driver calls the file.
func dataSource(path string, more ...string) string {
	query := url.Values{"_txlock": {"immediate"}, "_pragma": append(pragmas[:len(pragmas):len(pragmas)], more...)}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + query.Encode()
}
