package datasource_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/monitor"
)

func number(dst []byte, column int) ([]byte, error) { return append(dst, byte('1'+column)), nil }

func TestBuilder_R08_RowsAreObjectsInColumnOrder(t *testing.T) {
	t.Parallel()
	b, err := datasource.NewBuilder([]string{"z", "a", `q"`}, datasource.Bounds{})
	require.NoError(t, err)
	require.NotNil(t, b.Rows(), "no rows are a list without elements")
	require.NoError(t, b.Add(number))
	require.NoError(t, b.Add(number))
	require.Equal(t, monitor.Rows{`{"z":1,"a":2,"q\"":3}`, `{"z":1,"a":2,"q\"":3}`}, b.Rows())

	b, err = datasource.NewBuilder(nil, datasource.Bounds{})
	require.NoError(t, err)
	require.NoError(t, b.Add(number))
	require.Equal(t, monitor.Rows{`{}`}, b.Rows())
}

func TestBuilder_TwoColumnsOfOneNameAreAFailureThatNamesThem(t *testing.T) {
	t.Parallel()
	_, err := datasource.NewBuilder([]string{"id", "name", "id"}, datasource.Bounds{})
	requireFailure(t, err, monitor.FailureQuery, `two columns are named "id"`)
}

func TestBuilder_TooMuchIsAFailureAndNeverACut(t *testing.T) {
	t.Parallel()
	b, err := datasource.NewBuilder([]string{"a"}, datasource.Bounds{Rows: 2})
	require.NoError(t, err)
	require.NoError(t, b.Add(number))
	require.NoError(t, b.Add(number))
	requireFailure(t, b.Add(number), monitor.FailureQuery, "more rows than the limit of 2")

	b, err = datasource.NewBuilder([]string{"a"}, datasource.Bounds{Bytes: len(`{"a":1}`)})
	require.NoError(t, err)
	require.NoError(t, b.Add(number))
	requireFailure(t, b.Add(number), monitor.FailureQuery, "more than 7 bytes after 1 rows")
}

func TestBuilder_AValueThatCannotBeStoredNamesItsColumn(t *testing.T) {
	t.Parallel()
	b, err := datasource.NewBuilder([]string{"id", "amount"}, datasource.Bounds{})
	require.NoError(t, err)
	err = b.Add(func(dst []byte, column int) ([]byte, error) {
		if column == 1 {
			return dst, errors.New("cast to text or to cents")
		}
		return append(dst, '1'), nil
	})
	requireFailure(t, err, monitor.FailureQuery, "column amount: cast to text or to cents")
	require.Empty(t, b.Rows())
}

func requireFailure(t *testing.T, err error, kind monitor.FailureKind, part string) {
	t.Helper()
	var failure *monitor.Failure
	require.ErrorAs(t, err, &failure)
	require.Equal(t, kind, failure.Kind)
	require.Contains(t, failure.Message, part)
}
