package client

import (
	"encoding/json"
	"errors"
	"math"
	"math/big"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestQuery_ArgumentsArriveAsWhatTheyAre(t *testing.T) {
	t.Parallel()
	huge, _ := new(big.Int).SetString("123456789012345678901234567890", 10)
	at := time.Date(2026, 11, 23, 12, 0, 0, 123_456_000, time.FixedZone("", 3600))
	for _, test := range []struct {
		argument any
		text     string
	}{
		{nil, "null"},
		{true, "true"},
		{int64(-7), "-7"},
		{huge, "123456789012345678901234567890"},
		{7.0, "7.0"},
		{1e300, "1e+300"},
		{0.25, "0.25"},
		{math.Inf(-1), `{"float":"-Infinity"}`},
		{"a \"b\" ✓", `"a \"b\" ✓"`},
		{at, `{"time":"2026-11-23T12:00:00.123456+01:00"}`},
		{monitor.Data(`{"a":[1,2.0]}`), `{"json":{"a":[1,2.0]}}`},
		{[]any{int64(1), 1.0, "x", nil}, `[1,1.0,"x",null]`},
		{[]any{}, `[]`},
	} {
		text, err := encodeArgument(test.argument)
		require.NoError(t, err)
		require.Equal(t, test.text, string(text))
		query := Query{Args: []json.RawMessage{text}}
		arguments, err := query.Arguments()
		require.NoError(t, err)
		if at, ok := test.argument.(time.Time); ok {
			require.WithinDuration(t, at, arguments[0].(time.Time), 0)
			continue
		}
		require.Equal(t, test.argument, arguments[0])
	}
	text, err := encodeArgument(math.NaN())
	require.NoError(t, err)
	back, err := decodeArgument(text, true)
	require.NoError(t, err)
	require.True(t, math.IsNaN(back.(float64)))
	_, err = encodeArgument(struct{}{})
	require.ErrorContains(t, err, "cannot be sent")
}

func TestQuery_WhatIsNoArgumentIsNamed(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{}`:                   "argument 2: an object is one of",
		`{"time":"yesterday"}`: `argument 2: time: "yesterday" is not like 2026-11-23T12:00:00Z`,
		`{"float":"1"}`:        "argument 2: an object is one of",
		`{"time":1}`:           "argument 2: an object is one of",
		`[1,[2]]`:              "argument 2: element 2: a list inside of a list cannot be sent",
		`1e999`:                "argument 2: 1e999 is out of range",
		``:                     "argument 2: it is missing",
	} {
		query := Query{Args: []json.RawMessage{json.RawMessage(`1`), json.RawMessage(text)}}
		_, err := query.Arguments()
		require.ErrorContains(t, err, want, text)
	}
}

func TestQuery_SendsAStatementAndGivesItsRowsAsTheyAre(t *testing.T) {
	t.Parallel()
	c, asked := serve(t, 200, "application/json", `{"rows":[{"b":1,"a":"<é>"},{"b":2.50,"a":null}],"seconds":0.1}`)
	rows, err := c.Query(t.Context(), monitor.Query{
		Database: "shop", SQL: "select ?", Args: []any{int64(1)}, Timeout: 1500 * time.Millisecond, MaxRows: 7,
	})
	require.NoError(t, err)
	require.Equal(t, monitor.Rows{`{"b":1,"a":"<é>"}`, `{"b":2.50,"a":null}`}, rows)
	require.Equal(t, []string{
		`POST /api/v1/query {"database":"shop","sql":"select ?","args":[1],"timeout":1.5,"max_rows":7} as Bearer hunter2`,
	}, *asked)
}

func TestQuery_AFailureIsOneOfAMonitor(t *testing.T) {
	t.Parallel()
	c, _ := serve(t, 422, "application/problem+json",
		`{"status":422,"detail":"database \"shop\": no such table: x","failure":{"kind":"query","message":"database \"shop\": no such table: x"}}`)
	_, err := c.Query(t.Context(), monitor.Query{Database: "shop", SQL: "select * from x"})
	failure, ok := errors.AsType[*monitor.Failure](err)
	require.True(t, ok)
	require.Equal(t, &monitor.Failure{Kind: monitor.FailureQuery, Message: `database "shop": no such table: x`}, failure)

	c, _ = serve(t, 403, "application/problem+json", `{"status":403,"detail":"this takes the role editor"}`)
	_, err = c.Query(t.Context(), monitor.Query{Database: "shop"})
	require.Equal(t, monitor.CodeForbidden, monitor.CodeOf(err))
}

func TestDatabases_AreAskedFor(t *testing.T) {
	t.Parallel()
	c, asked := serve(t, 200, "application/json", `{"items":[{"name":"shop","kind":"sqlite"}],"next_cursor":null}`)
	databases, err := c.Databases(t.Context())
	require.NoError(t, err)
	require.Equal(t, []Database{{Name: "shop", Kind: "sqlite"}}, databases)
	_, err = c.Tables(t.Context(), "a/b")
	require.NoError(t, err)
	require.Equal(t, "GET /api/v1/databases/a%2Fb/tables as Bearer hunter2", (*asked)[1])
}

// unreached is a network that nothing comes through.
type unreached struct{}

func (unreached) RoundTrip(*http.Request) (*http.Response, error) { return nil, os.ErrDeadlineExceeded }

func TestClient_PatientCallsNameNoLimitTheyDoNotHave(t *testing.T) {
	t.Parallel()
	c, err := New(Config{Server: "http://vedette"})
	require.NoError(t, err)
	c.http.Transport = unreached{}
	_, err = c.Query(t.Context(), monitor.Query{})
	require.EqualError(t, err, "no answer from http://vedette: i/o timeout")
}
