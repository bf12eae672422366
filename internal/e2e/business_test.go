package e2e

import (
	"database/sql"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite" // the driver sqlite
)

// business is a database that monitors query: problems, each in a state.
type business struct {
	path string
	db   *sql.DB
}

// newBusiness makes the database and has the site's monitors know it as
// "business".
func newBusiness(t *testing.T, s *site) *business {
	t.Helper()
	b := &business{path: filepath.Join(t.TempDir(), "business.db")}
	var err error
	b.db, err = sql.Open("sqlite", "file:"+b.path+"?_pragma=busy_timeout(10000)")
	require.NoError(t, err)
	b.db.SetMaxOpenConns(1)
	t.Cleanup(func() { require.NoError(t, b.db.Close()) })
	b.exec(t, "create table problems (id integer primary key, kind text not null, state text not null, amount integer not null)")
	s.env = append(s.env, "DATABASE_BUSINESS=sqlite://"+b.path)
	return b
}

func (b *business) exec(t *testing.T, statement string, args ...any) {
	t.Helper()
	_, err := b.db.ExecContext(t.Context(), statement, args...)
	require.NoError(t, err)
}

// open makes a new problem.
func (b *business) open(t *testing.T, kind string, id, amount int) {
	t.Helper()
	b.exec(t, "insert into problems (id, kind, state, amount) values (?, ?, 'open', ?)", id, kind, amount)
}

// repair has the business solve a problem.
func (b *business) repair(t *testing.T, id int) {
	t.Helper()
	b.exec(t, "update problems set state = 'fixed' where id = ?", id)
}

// texts reads a column, sorted.
func texts(t *testing.T, db *sql.DB, query string, args ...any) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query, args...)
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	found := []string{}
	for rows.Next() {
		var text string
		require.NoError(t, rows.Scan(&text))
		found = append(found, text)
	}
	require.NoError(t, rows.Err())
	slices.Sort(found)
	return found
}
