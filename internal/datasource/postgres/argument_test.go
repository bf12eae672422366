package postgres_test

import (
	"math"
	"math/big"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestArguments_AreReadAsTheTypeThatTheStatementExpects(t *testing.T) {
	t.Parallel()
	source := open(t, config, ownTypes...)
	huge, _ := new(big.Int).SetString("123456789012345678901234567890", 10)
	at := time.Date(2026, 11, 23, 12, 0, 0, 123_456_000, time.UTC)
	for _, test := range []struct {
		expression string
		argument   any
		want       string
	}{
		{"$1::numeric", huge, "123456789012345678901234567890"},
		{"$1::numeric", 1.25, "1.25"},
		{"$1::float8", math.Inf(-1), "null"},
		{"$1::float8", math.NaN(), "null"},
		{"$1::float8 > 1", math.Inf(1), "true"},
		{"$1::float8", 1e300, "1e300"},
		{"$1::int", 7.0, "7"},
		{"$1::boolean", true, "true"},
		{"$1::boolean", int64(0), "false"},
		{"$1::text", true, `"true"`},
		{"$1::text", 1.5, `"1.5"`},
		{"$1::timestamptz = '2026-11-23 12:00:00.123456+00'", at, "true"},
		{"$1::timestamp = '2026-11-23 12:00:00.123456'", at, "true"},
		{"$1::date", at, `"2026-11-23"`},
		{"$1::text", at, `"2026-11-23T12:00:00.123Z"`},
		{"$1::timestamptz", "2026-11-23T12:00:00.000Z", `"2026-11-23T12:00:00.000Z"`},
		{"$1::uuid", "2b1e8f8e-0000-4000-8000-000000000000", `"2b1e8f8e-0000-4000-8000-000000000000"`},
		{"$1::interval", "90 minutes", `"01:30:00"`},
		{"$1::jsonb -> 'a'", monitor.Data(`{"a":[1,"x"]}`), `[1,"x"]`},
		{"$1::json", []any{int64(1), "x", nil, true, 1.5, huge, at, monitor.Data(`{"a":1}`), []any{int64(2)}}, `[1,"x",null,true,1.5,123456789012345678901234567890,"2026-11-23T12:00:00.123Z",{"a":1},[2]]`},
		{"$1::mood", "sad", `"sad"`},
		{"$1::cents", int64(5), "5"},
		{"$1", "unknown type", `"unknown type"`},
		{"$1::int", nil, "null"},
		{"$1::int[]", "{1,2}", "[1,2]"},
		{"$1::int[]", []any{int64(1), nil, int64(3)}, "[1,null,3]"},
		{"$1::int[]", []any{[]any{int64(1), int64(2)}, []any{int64(3), int64(4)}}, "[[1,2],[3,4]]"},
		{"$1::text[]", []any{`a "b" \c {d}, NULL`, int64(7), "", "NULL", nil, "é", at}, `["a \"b\" \\c {d}, NULL","7","","NULL",null,"é","2026-11-23T12:00:00.123Z"]`},
		{"$1::timestamptz[]", []any{at}, `["2026-11-23T12:00:00.123Z"]`},
		{"$1::jsonb[]", []any{monitor.Data(`{"a":"\"x\\"}`)}, `[{"a":"\"x\\"}]`},
		{"$1::mood[]", []any{"sad"}, `["sad"]`},
		{"$1::cents[]", []any{int64(5)}, "[5]"},
		{"$1::amounts", []any{1.5}, "[1.5]"},
		{"$1::box[]", []any{"(1,1),(0,0)", "(2,2),(0,0)"}, `["(1,1),(0,0)","(2,2),(0,0)"]`},
		{"'sad'::mood = any ($1)", []any{"sad"}, "true"},
	} {
		rows, err := source.Query(t.Context(), monitor.Query{SQL: "select " + test.expression + " as v", Args: []any{test.argument}})
		require.NoError(t, err, test)
		require.Equal(t, monitor.Rows{monitor.Data(`{"v":` + test.want + `}`)}, rows, test)
	}
}

func TestArguments_WhatCannotBeSentSaysWhy(t *testing.T) {
	t.Parallel()
	source := open(t, config, "create table t (id bigint, name text)")
	for _, test := range []struct {
		sql      string
		argument any
		want     string
	}{
		{"select id from t where id in ($1)", []any{int64(1)}, "argument 1: a list where the statement takes a single value: write = any($1) instead of in ($1)"},
		{"select id from t where id = $1", []any{int64(1)}, "write = any($1)"},
		{"select id from t where name = $1", "a\x00b", "argument 1: U+0000"},
		{"select id from t where name = any ($1)", []any{"a", "a\x00b"}, "argument 1: element 2: U+0000"},
		{"select $1::json", []any{struct{}{}}, "argument 1: element 1: a struct {} cannot be sent"},
		{"select id from t where id = $1", struct{}{}, "argument 1: a struct {} cannot be sent"},
		{"select id from t where id = $1", "seven", `invalid input syntax for type bigint: "seven"`},
		{"select id from t where id = $1", 1.5, "invalid input syntax for type bigint"},
		{"select id from t where id = any ($1)", int64(1), "malformed array literal"},
	} {
		_, err := source.Query(t.Context(), monitor.Query{SQL: test.sql, Args: []any{test.argument}})
		requireFailure(t, err, monitor.FailureQuery, test.want)
	}
}
