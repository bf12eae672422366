package sqlite_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/sqlstore"
	"github.com/vedettehq/vedette/internal/store/storetest"
)

func TestPlans_UseTheirIndexes(t *testing.T) {
	storetest.RunPlans(t, storetest.Plans{
		Open: func(t testing.TB) (store.Database, *storetest.Recorder) {
			t.Helper()
			return openRecording(t, copyMigrated(t))
		},
		// As most databases are: SQLite counts nothing by itself.
		Analyze: "select 1",
		Explain: func(t testing.TB, recorder *storetest.Recorder, statement *sqlstore.Statement) []string {
			t.Helper()
			if strings.HasPrefix(statement.SQL, "insert into monitor_versions") {
				// The plan has checks of foreign keys, which are passed over as no
				// violation is pending.
				return nil
			}
			var lines []string
			require.NoError(t, recorder.Write(t.Context(), &sqlstore.Statement{
				SQL: "explain query plan " + statement.SQL, Args: statement.Args,
				Row: func(scan sqlstore.Scan) error {
					var id, parent, unused int64
					var detail string
					err := scan(&id, &parent, &unused, &detail)
					lines = append(lines, detail)
					return err
				},
			}))
			return lines
		},
		Whole: regexp.MustCompile(`^SCAN (\w+)(?: USING (?:COVERING )?INDEX sqlite_autoindex\w+)?$`),
	})
}
