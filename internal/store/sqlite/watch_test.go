package sqlite_test

import (
	"database/sql"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEdition_NoticesWhoGoesPastTheLock(t *testing.T) {
	t.Parallel()
	address := copyMigrated(t)
	s := open(t, address)
	before, err := s.Edition(t.Context(), s.Now())
	require.NoError(t, err)
	tool, err := sql.Open("sqlite", strings.TrimPrefix(address, "sqlite://"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, tool.Close()) })
	_, err = tool.ExecContext(t.Context(), "insert into leases (name, holder, expires_at) values ('a', 'b', 1)")
	require.NoError(t, err)
	after, err := s.Edition(t.Context(), s.Now())
	require.NoError(t, err)
	require.NotEqual(t, before, after)
}
