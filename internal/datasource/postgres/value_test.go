package postgres_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/datasource/postgres"
	"github.com/vedettehq/vedette/internal/monitor"
)

// open gives a source on a database of the test's own, after the statements.
func open(t *testing.T, config datasource.Config, statements ...string) datasource.Source {
	t.Helper()
	database := newDatabase(t)
	for _, statement := range statements {
		database.Exec(t, statement)
	}
	source, err := postgres.Open(database.Address, config)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, source.Close()) })
	return source
}

var ownTypes = []string{
	"create type mood as enum ('sad', 'it''s, \"ok\"')",
	"create type point3 as (x int, y text, z numeric)",
	"create domain cents as bigint check (value >= 0)",
	"create domain amounts as numeric[]",
	"create domain small_cents as cents",
	"create domain note as jsonb",
}

// stored is the stored form of values of each type, as expressions.
var stored = map[string]string{
	"null::int": "null", "null::int[]": "null",
	"7::smallint": "7", "'-2147483648'::int": "-2147483648", "9223372036854775807::bigint": "9223372036854775807", "4294967295::oid": "4294967295",
	"true": "true", "false": "false",

	"12.50::numeric": "12.5", "7.00::numeric(10,2)": "7", "-0.001::numeric": "-0.001", "0::numeric": "0",
	"123456789012345678901234567890::numeric": "123456789012345678901234567890",
	"9007199254740991.5::numeric":             "9007199254740992",
	"'nan'::numeric":                          "null", "'infinity'::numeric": "null", "1e20::numeric": "100000000000000000000",
	"0.1::real": "0.1", "0.1::double precision": "0.1", "1e300::float8": "1e300", "'nan'::real": "null", "'-infinity'::float8": "null", "7::float8": "7", "'-0'::float8": "0",

	"'é \"q\" \\ '::text": `"é \"q\" \\ "`, "'abc'::varchar(2)": `"ab"`, "'a'::char(3)": `"a  "`, "'x'::\"char\"": `"x"`, "'n'::name": `"n"`, "'unknown'": `"unknown"`, "''::text": `""`,
	`'\xdeadbeef'::bytea`: `"3q2+7w=="`, "''::bytea": `""`,

	"'2026-11-23'::date": `"2026-11-23"`, "'infinity'::date": `"infinity"`, "'0044-03-15 BC'::date": `"0044-03-15 BC"`, "'12026-01-01'::date": `"12026-01-01"`,
	"'2026-11-23 10:00:00.123456'::timestamp": `"2026-11-23T10:00:00.123Z"`, "'2026-11-23 10:00'::timestamp": `"2026-11-23T10:00:00.000Z"`,
	"'2026-11-23 10:00:00+02'::timestamptz": `"2026-11-23T08:00:00.000Z"`, "'2026-11-23 23:59:59.9999'::timestamptz": `"2026-11-23T23:59:59.999Z"`,
	"'infinity'::timestamptz": `"infinity"`, "'-infinity'::timestamp": `"-infinity"`, "'0044-03-15 12:00 BC'::timestamptz": `"0044-03-15 12:00:00+00 BC"`, "'12026-01-01'::timestamp": `"12026-01-01 00:00:00"`,
	"'10:00:00.5'::time": `"10:00:00.5"`, "'10:00+02'::timetz": `"10:00:00+02"`, "'1 day 2 hours'::interval": `"1 day 02:00:00"`, "'-90 seconds'::interval": `"-00:01:30"`,

	"'2b1e8f8e-0000-4000-8000-0000000000AA'::uuid": `"2b1e8f8e-0000-4000-8000-0000000000aa"`,
	"'10.0.0.1/8'::inet":                           `"10.0.0.1/8"`, "'10.0.0.0/8'::cidr": `"10.0.0.0/8"`, "'08:00:2b:01:02:03'::macaddr": `"08:00:2b:01:02:03"`, "'08:00:2b:01:02:03:04:05'::macaddr8": `"08:00:2b:01:02:03:04:05"`,
	"'<a>b</a>'::xml": `"<a>b</a>"`, "'12.34'::money": `"$12.34"`, "B'101'": `"101"`, "'101'::varbit": `"101"`,
	"point(1,2)": `"(1,2)"`, "box(point(1,1),point(0,0))": `"(1,1),(0,0)"`, "'a b'::tsvector": `"'a' 'b'"`, "'a & b'::tsquery": `"'a' & 'b'"`, "'16/B374D848'::pg_lsn": `"16/B374D848"`,
	"int4range(1,5)": `"[1,5)"`, "tstzrange('2026-11-23', null)": `"[\"2026-11-23 00:00:00+00\",)"`, "int4multirange(int4range(1,2))": `"{[1,2)}"`, "'pg_class'::regclass": `"pg_class"`,
	"pg_sleep(0)": "null", "row(1,'a b')": `"(1,\"a b\")"`, "'1 2 3'::int2vector": `"1 2 3"`, "'1 2'::oidvector": `"1 2"`, "'b=>1'::text": `"b=>1"`,

	`'{"b": 1.0, "a": [1, null, 2.50], "b": 3}'::json`: `{"b":3,"a":[1,null,2.5]}`, `'{"b": 1.0}'::jsonb`: `{"b":1}`, `'"\u0000\ud800"'::json`: `"` + "\uFFFD\uFFFD" + `"`,
	`'12345678901234567890'::jsonb`: "12345678901234567890", `'null'::jsonb`: "null", `'  "x" '::json`: `"x"`,

	"array[1,null,3]": "[1,null,3]", "array[[1,2],[3,4]]": "[[1,2],[3,4]]", "'{}'::int[]": "[]", "'[0:1]={7,8}'::int[]": "[7,8]", "'[1:1][-2:-1]={{7,8}}'::int[]": "[[7,8]]",
	`array['a','b c','','NULL','x"y\z','{k}',null,'é,']`: `["a","b c","","NULL","x\"y\\z","{k}",null,"é,"]`,
	"array[1.5,2.00,'nan']::numeric[]":                   "[1.5,2,null]", "array[true,false]": "[true,false]", "array[0.1::real]": "[0.1]",
	"array['2026-11-23 10:00+02']::timestamptz[]": `["2026-11-23T08:00:00.000Z"]`, "array['2026-11-23']::date[]": `["2026-11-23"]`, `array['\xdead'::bytea]`: `["3q0="]`,
	`array['{"a": 1.0}'::jsonb, 'null']`: `[{"a":1},null]`, "array[box(point(1,1),point(0,0)),box(point(2,2),point(0,0))]": `["(1,1),(0,0)","(2,2),(0,0)"]`,
	"array[int4range(1,5)]": `["[1,5)"]`, "array['2b1e8f8e-0000-4000-8000-000000000000'::uuid]": `["2b1e8f8e-0000-4000-8000-000000000000"]`,

	`'it''s, "ok"'::mood`: `"it's, \"ok\""`, `array['sad','it''s, "ok"',null]::mood[]`: `["sad","it's, \"ok\"",null]`,
	"(1,'a',2.50)::point3": `"(1,a,2.50)"`, "array[(1,'a',2.50)::point3]": `["(1,a,2.50)"]`,
	"5::cents": "5", "5::small_cents": "5", "array[5::cents, null]": "[5,null]", "array[5::small_cents]": "[5]", "'{1.50,2}'::amounts": "[1.5,2]", `'{"a": 1.0}'::note`: `{"a":1}`,
}

func TestValues_R08_EachTypeHasItsStoredForm(t *testing.T) {
	t.Parallel()
	source := open(t, config, ownTypes...)
	for expression, want := range stored {
		rows, err := source.Query(t.Context(), monitor.Query{SQL: "select " + expression + " as v"})
		require.NoError(t, err, expression)
		require.Equal(t, monitor.Rows{monitor.Data(`{"v":` + want + `}`)}, rows, expression)
	}
}

func TestValues_R08_TheFormIsTheSameWhateverTheRoleIsSetTo(t *testing.T) {
	t.Parallel()
	source := open(t, config,
		`do $$ begin execute format('alter database %I set DateStyle = ''SQL, DMY''', current_database());
			execute format('alter database %I set TimeZone = ''Asia/Kolkata''', current_database());
			execute format('alter database %I set IntervalStyle = ''iso_8601''', current_database());
			execute format('alter database %I set bytea_output = ''escape''', current_database());
			execute format('alter database %I set extra_float_digits = -3', current_database());
			execute format('alter database %I set client_encoding = ''LATIN1''', current_database()); end $$`)
	rows, err := source.Query(t.Context(), monitor.Query{SQL: `select '2026-11-23 10:00:00'::timestamp as a, '2026-11-23 10:00:00+00'::timestamptz as b,
		'2026-11-23'::date as c, '1 day 2 hours'::interval as d, '\xdead'::bytea as e, 0.1::float8 + 0.2 as f, 'é' as g`})
	require.NoError(t, err)
	require.Equal(t, monitor.Rows{`{"a":"2026-11-23T10:00:00.000Z","b":"2026-11-23T10:00:00.000Z","c":"2026-11-23","d":"1 day 02:00:00","e":"3q0=","f":0.30000000000000004,"g":"é"}`}, rows)
}

func TestValues_R08_ANumberThatCannotBeKeptNamesItsColumn(t *testing.T) {
	t.Parallel()
	source := open(t, config)
	for _, sql := range []string{
		"select 1 as id, 9007199254740993.25::numeric as amount",
		"select 1 as id, array[9007199254740993.25] as amount",
		"select 1 as id, '[9007199254740993.25]'::jsonb as amount",
	} {
		_, err := source.Query(t.Context(), monitor.Query{SQL: sql})
		requireFailure(t, err, monitor.FailureQuery, "column amount: ")
		requireFailure(t, err, monitor.FailureQuery, "cast to text or to cents")
	}
}

func requireFailure(t *testing.T, err error, kind monitor.FailureKind, part string) {
	t.Helper()
	var failure *monitor.Failure
	require.ErrorAs(t, err, &failure)
	require.Equal(t, kind, failure.Kind, failure.Message)
	require.Contains(t, failure.Message, part)
}
