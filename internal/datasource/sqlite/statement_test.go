package sqlite_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestPlaceholders_AreFoundAsSQLiteFindsThem(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		sql  string
		args []any
		want string
	}{
		{"select ? as v", []any{"a"}, `"a"`},
		{"select ?1 || ?2 || ?1 as v", []any{"a", "b"}, `"aba"`},
		{"select $2 || $1 as v", []any{"a", "b"}, `"ba"`},
		{"select '?' || ? as v", []any{"a"}, `"?a"`},
		{"select 'it''s ?' || ? as v", []any{"a"}, `"it's ?a"`},
		{"select /* ' ? */ ? /* ? */ as v -- ?", []any{"a"}, `"a"`},
		{"select a$1 || ? as v from (select 'x' as a$1)", []any{"a"}, `"xa"`},
		{"select `?` || ? as v from (select 'x' as `?`)", []any{"a"}, `"xa"`},
		{"select [?] || ? as v from (select 'x' as [?])", []any{"a"}, `"xa"`},
		{`select "a""?" || ? as v from (select 'x' as "a""?")`, []any{"a"}, `"xa"`},
		{"select ? in (?) as v", []any{int64(2), []any{int64(1), int64(2)}}, "1"},
		{"select ?1 in (?2) and 3 in (?2) as v", []any{int64(2), []any{int64(2), int64(3)}}, "1"},
		{"select typeof(?) as v", []any{true}, `"integer"`},
		{"select ? as v", []any{math.Inf(1)}, "null"},
		{"select '{\"a\":1}' ->> '$.a' + ? as v", []any{int64(1)}, "2"},
	} {
		rows, err := run(t, nil, test.sql, test.args...)
		require.NoError(t, err, test.sql)
		require.Equal(t, monitor.Rows{monitor.Data(`{"v":` + test.want + `}`)}, rows, test.sql)
	}
}

func TestPlaceholders_WhatCannotBeBoundSaysWhy(t *testing.T) {
	t.Parallel()
	huge, _ := new(big.Int).SetString("9223372036854775808", 10)
	for _, test := range []struct {
		sql  string
		args []any
		want string
	}{
		{"select :name", []any{"a"}, ":name has a name"},
		{"select @name", []any{"a"}, "@name has a name"},
		{"select $name", []any{"a"}, "$name has a name"},
		{"select ?, ?1", []any{"a"}, "with and without a number"},
		{"select ?0", []any{"a"}, "numbers start at 1"},
		{"select ?99999999999999999999", []any{"a"}, "numbers start at 1"},
		{"select ?3", []any{"a"}, "take 3 arguments, but 1 was given"},
		{"select ?", []any{huge}, "argument 1: 9223372036854775808 has more than the 64 bits"},
		{"select 1 in (?)", []any{[]any{int64(1), []any{}}}, "argument 1: element 2: a list in a list"},
		{"select ?", []any{struct{}{}}, "argument 1: a struct {} cannot be sent"},
		{"select 1 as a\x00; drop table t", nil, "U+0000"},
	} {
		_, err := run(t, nil, test.sql, test.args...)
		requireFailure(t, err, monitor.FailureQuery, test.want)
	}
}
