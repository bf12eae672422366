package sqlite_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/datasource/sqlite"
	"github.com/vedettehq/vedette/internal/monitor"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
}

// run makes a database by the statements and queries it.
func run(t *testing.T, statements []string, query string, args ...any) (monitor.Rows, error) {
	t.Helper()
	database := newDatabase(t)
	for _, statement := range statements {
		database.Exec(t, statement)
	}
	source, err := sqlite.Open(database.Address, config)
	require.NoError(t, err)
	defer func() { require.NoError(t, source.Close()) }()
	return source.Query(t.Context(), monitor.Query{SQL: query, Args: args})
}
