package e2e

import (
	"database/sql"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/testenv"
)

// password stands in addresses. It must not be written anywhere.
const password = "hunter2"

// refusal is a start that cannot succeed.
type refusal struct {
	// args are the command; run if there are none.
	args []string
	// arrange makes it impossible.
	arrange func(t *testing.T, s *site)
	// says are what the one line has to say: what is wrong, where, and what to do.
	says []string
}

// These start a process that ends by itself with one clear line.
var refusals = map[string]refusal{
	"the data directory cannot be written": {
		arrange: func(t *testing.T, s *site) {
			t.Helper()
			s.write(t, "occupied", "a file, not a directory")
			s.database = "sqlite://occupied/vedette.db"
		},
		says: []string{"occupied"},
	},
	"the database file is corrupt": {
		arrange: writing("vedette.db", strings.Repeat("this is no database. ", 1000)),
		says:    []string{"vedette.db", "not a database"},
	},
	"the schema is newer": {
		arrange: func(t *testing.T, s *site) {
			t.Helper()
			s.once(t, "migrate", "up")
			alter(t, s, "update schema_migrations set version = 999", "insert into schema_compatibility (version, compatible_from) values (999, 999)")
		},
		says: []string{"999", "newer"},
	},
	"another process uses the file": {
		arrange: func(t *testing.T, s *site) {
			t.Helper()
			other := s.beside(t)
			other.run(t)
		},
		says: []string{"vedette.db", "another"},
	},
	"the port is in use": {
		arrange: func(t *testing.T, s *site) {
			t.Helper()
			listener, err := net.Listen("tcp", s.address)
			require.NoError(t, err)
			t.Cleanup(func() { require.NoError(t, listener.Close()) })
		},
		says: []string{"in use", "http_server.address"},
	},
	"a key is unknown": {
		arrange: func(t *testing.T, s *site) {
			t.Helper()
			s.write(t, "configs.yaml", "time_zone: UTC\nexecuter: {concurrency: 3}\n")
		},
		says: []string{"configs.yaml:2:1", "executer", `did you mean "executor"`},
	},
	"a value is of the wrong kind": {
		arrange: writing("configs.yaml", "executor:\n  concurrency: many\n"),
		says:    []string{"configs.yaml:2", "concurrency"},
	},
	"the configuration is missing": {
		args: []string{"run", "--config", "nowhere.yaml"},
		says: []string{"nowhere.yaml"},
	},
	"the application database has no address": {
		arrange: func(_ *testing.T, s *site) { s.database = "user:" + password + "@host" },
		says:    []string{"DATABASE_APPLICATION", "postgres://", "sqlite://"},
	},
	"the application database is of an unknown kind": {
		arrange: func(_ *testing.T, s *site) { s.database = "mysql://user:" + password + "@host/db" },
		says:    []string{"DATABASE_APPLICATION", "mysql", "postgres", "sqlite"},
	},
	"the application database is away": {
		arrange: func(_ *testing.T, s *site) { s.database = "postgres://user:" + password + "@127.0.0.1:1/db" },
		says:    []string{"application database", "127.0.0.1", "refused"},
	},
	"the schema is missing": {
		arrange: func(t *testing.T, s *site) {
			t.Helper()
			s.database = testenv.Postgres(t)
		},
		says: []string{"vedette migrate up"},
	},
	"a role is alone with a queue inside of it": {
		args: []string{"controller"},
		says: []string{"application_queue.type", "internal", "vedette run"},
	},
	"others could reach the API": {
		arrange: func(t *testing.T, s *site) {
			t.Helper()
			s.settings["http_server"] = `{address: "0.0.0.0:8000"}`
			s.configure(t)
		},
		says: []string{"http_server.address", "0.0.0.0:8000", "http_server.auth"},
	},
	"the command does not exist": {
		args: []string{"rum"},
		says: []string{"rum"},
	},
}

func TestRefusal_IsOneLineThatSaysWhatAndWhereAndWhatToDo(t *testing.T) {
	t.Parallel()
	for name, r := range refusals {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, "sqlite")
			if r.arrange != nil {
				r.arrange(t, s)
			}
			args := r.args
			if args == nil {
				args = []string{"run"}
			}
			p := s.launch(t, args...)
			status, err := p.Wait(limited(t, patience))
			require.NoError(t, err, p.Log())
			require.Contains(t, []int{1, 2}, status, p.Log())
			require.NotContains(t, p.Log(), password)
			line := onlyLine(t, p.Log())
			for _, word := range r.says {
				require.Contains(t, line, word)
			}
		})
	}
}

// writing arranges for a file.
func writing(name, text string) func(*testing.T, *site) {
	return func(t *testing.T, s *site) {
		t.Helper()
		s.write(t, name, text)
	}
}

// onlyLine gives the one line that is not part of the log, which is JSON.
func onlyLine(t *testing.T, log string) string {
	t.Helper()
	var lines []string
	for line := range strings.Lines(log) {
		if !strings.HasPrefix(line, "{") {
			lines = append(lines, line)
		}
	}
	require.Len(t, lines, 1, log)
	return lines[0]
}

// alter changes the embedded store from outside.
func alter(t *testing.T, s *site, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+strings.TrimPrefix(s.database, "sqlite://"))
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	for _, statement := range statements {
		_, err := db.ExecContext(t.Context(), statement)
		require.NoError(t, err)
	}
}

func TestRefusal_LeavesTheFileAsItWas(t *testing.T) {
	t.Parallel()
	s := newSite(t, "sqlite")
	text := strings.Repeat("somebody's only copy of something else. ", 500)
	s.write(t, "vedette.db", text)
	p := s.launch(t, "run")
	status, err := p.Wait(limited(t, patience))
	require.NoError(t, err)
	require.Equal(t, 1, status)
	left, err := os.ReadFile(filepath.Join(s.dir, "vedette.db"))
	require.NoError(t, err)
	require.Equal(t, text, string(left))
}
