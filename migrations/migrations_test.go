package migrations_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/migrations"
)

func TestSteps_BothDatabasesHaveTheSameOnesInBothDirections(t *testing.T) {
	t.Parallel()
	names := func(steps fs.FS) []string {
		found, err := fs.Glob(steps, "*.sql")
		require.NoError(t, err)
		return found
	}
	require.Equal(t, names(migrations.Postgres()), names(migrations.SQLite()))
	for _, name := range names(migrations.Postgres()) {
		up, isUp := strings.CutSuffix(name, ".up.sql")
		if isUp {
			_, err := fs.Stat(migrations.Postgres(), up+".down.sql")
			require.NoError(t, err)
		}
	}
}

func TestNeeds_IsAVersionThatThisBinaryHas(t *testing.T) {
	t.Parallel()
	newest := migrations.Newest(migrations.Postgres())
	require.Positive(t, newest)
	require.Equal(t, newest, migrations.Newest(migrations.SQLite()))
	require.LessOrEqual(t, migrations.Needs, newest)
}
