package cli

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func objects(texts ...string) []json.RawMessage {
	list := make([]json.RawMessage, len(texts))
	for i, text := range texts {
		list[i] = json.RawMessage(text)
	}
	return list
}

func TestRecords_HaveAColumnForEachName(t *testing.T) {
	t.Parallel()
	s, out := pipe()
	require.NoError(t, s.Records(objects(
		`{"id":1,"note":"a\nb","tags":["x",{"y":null}]}`, `{"id":22,"more":true,"amount":1.50}`, `{"id":null}`)))
	require.Equal(t, strings.Join([]string{
		`  id  note  tags                more  amount`,
		`   1  a b   ["x", {"y": null}]`,
		`  22                            true    1.50`,
		`null`,
		``,
	}, "\n"), out.String())
}

func TestRecords_FitTheTerminal(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("long ", 30)
	s, out := terminal(30)
	require.NoError(t, s.Records(objects(`{"id":1,"note":"`+long+`"}`)))
	for line := range strings.Lines(out.String()) {
		require.LessOrEqual(t, width(strings.TrimSuffix(line, "\n")), 30)
	}
	require.Contains(t, out.String(), "…")

	s, out = terminal(30)
	require.NoError(t, s.Records(objects(`{"identifier_1":"`+long+`","identifier_2":"`+long+`","identifier_3":null}`)))
	require.Contains(t, out.String(), "-- row 1 --")
	require.Contains(t, out.String(), "identifier_3  null")
}

func TestRecords_DoNotCommandTheTerminal(t *testing.T) {
	t.Parallel()
	s, out := terminal(80)
	require.NoError(t, s.Records(objects(`{"a\u001b[2J":"\u001b]0;title\u0007"}`)))
	require.NotContains(t, out.String(), "\x1b")
	s.Text("\x1b[2Jtext\nmore")
	s.Note("\x1b[2J")
	require.NotContains(t, out.String(), "\x1b")
	require.Contains(t, out.String(), "text\nmore\n")

	s, out = pipe()
	s.Text("\x1b[1mwhole")
	require.Equal(t, "\x1b[1mwhole\n", out.String(), "a program gets what there is")
}

func TestRecords_WhatIsNoObjectIsAnError(t *testing.T) {
	t.Parallel()
	s, _ := pipe()
	require.ErrorContains(t, s.Records(objects(`{"a":1}`, `{`)), "show row 2")
}
