package sqlite_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestValues_R08_EachTypeHasItsStoredForm(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ declared, value, want string }{
		{"integer", "7", "7"},
		{"integer", "9223372036854775807", "9223372036854775807"},
		{"integer", "-9223372036854775808", "-9223372036854775808"},
		{"integer", "null", "null"},
		{"int", "'not a number'", `"not a number"`},
		{"real", "7", "7"},
		{"real", "0.1", "0.1"},
		{"real", "1e300", "1e300"},
		{"real", "9e999", "null"},
		{"double", "-1.5", "-1.5"},
		{"numeric", "'12.50'", "12.5"},
		{"decimal(10,2)", "'7.00'", "7"},
		{"text", "'é'", `"é"`},
		{"text", "7", `"7"`},
		{"varchar(10)", "'2026-11-23'", `"2026-11-23"`},
		{"text", "'a' || char(0) || 'b'", `"a` + "\uFFFD" + `b"`},
		{"text", "cast(x'61ff62' as text)", `"a` + "\uFFFD" + `b"`},
		{"blob", "x'deadbeef'", `"3q2+7w=="`},
		{"blob", "x''", `""`},
		{"boolean", "true", "true"},
		{"boolean", "0", "false"},
		{"bool", "1", "true"},
		{"boolean", "7", "7"},
		{"boolean", "'yes'", `"yes"`},
		{"date", "'2026-11-23'", `"2026-11-23"`},
		{"date", "'2026-11-23 00:00:00'", `"2026-11-23"`},
		{"date", "'2026-11-23 10:00:00'", `"2026-11-23T10:00:00.000Z"`},
		{"date", "'soon'", `"soon"`},
		{"date", "1795392000", "1795392000"},
		{"datetime", "'2026-11-23 10:00:00'", `"2026-11-23T10:00:00.000Z"`},
		{"datetime", "'2026-11-23T10:00:00.123456Z'", `"2026-11-23T10:00:00.123Z"`},
		{"datetime", "'2026-11-23'", `"2026-11-23T00:00:00.000Z"`},
		{"datetime", "1795392000", "1795392000"},
		{"timestamp", "'2026-11-23 10:00:00+02:00'", `"2026-11-23T08:00:00.000Z"`},
		{"timestamp", "'2026-11-23 10:00'", `"2026-11-23T10:00:00.000Z"`},
		{"time", "'10:00:00'", `"10:00:00"`},
		{"json", `'{ "b": 1.0, "a": [1, null] }'`, `{"b":1,"a":[1,null]}`},
		{"json", "'plain text'", `"plain text"`},
		{"json", "7", "7"},
		{"uuid", "'2b1e8f8e-0000-4000-8000-000000000000'", `"2b1e8f8e-0000-4000-8000-000000000000"`},
		{"", "'x'", `"x"`},
		{"", "1.0", "1"},
	} {
		rows, err := run(t, []string{"create table t (v " + test.declared + ")", "insert into t values (" + test.value + ")"}, "select v from t")
		require.NoError(t, err, test)
		require.Equal(t, monitor.Rows{monitor.Data(`{"v":` + test.want + `}`)}, rows, test)
	}
}

func TestValues_R08_AnExpressionHasNoDeclaredType(t *testing.T) {
	t.Parallel()
	rows, err := run(t, []string{"create table t (d datetime, b boolean)", "insert into t values ('2026-11-23 10:00:00', 1)"},
		"select max(d) as latest, b as same, b + 0 as sum, d from (select d, b from t)")
	require.NoError(t, err)
	require.Equal(t, monitor.Rows{`{"latest":"2026-11-23 10:00:00","same":true,"sum":1,"d":"2026-11-23T10:00:00.000Z"}`}, rows)
}

func TestValues_R08_ANumberThatCannotBeKeptNamesItsColumn(t *testing.T) {
	t.Parallel()
	_, err := run(t, []string{"create table t (payload json)", `insert into t values ('[9007199254740993.25]')`}, "select payload from t")
	require.ErrorContains(t, err, "column payload: ")
	require.ErrorContains(t, err, "cast to text or to cents")
}
