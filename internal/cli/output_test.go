package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
)

func output(format string) (*Output, *bytes.Buffer) {
	var b bytes.Buffer
	return NewOutput(&b, format, func(string) (string, bool) { return "", false }), &b
}

func TestList_IsWhatProgramsRead(t *testing.T) {
	t.Parallel()
	o, b := output(FormatJSON)
	require.NoError(t, List(o, listOf(issues()...), Issues()))
	var read []client.Issue
	require.NoError(t, json.Unmarshal(b.Bytes(), &read))
	require.Len(t, read, 2)
	require.JSONEq(t, string(stuckOrder().Data), string(read[0].Data))

	o, b = output(FormatYAML)
	require.NoError(t, List(o, listOf(issues()...), Issues()))
	var fields []map[string]any
	require.NoError(t, yaml.Unmarshal(b.Bytes(), &fields))
	require.Len(t, fields, 2)
	require.EqualValues(t, 3, fields[0]["alert_id"])

	for _, format := range []string{FormatJSON, FormatYAML} {
		o, b := output(format)
		require.NoError(t, List(o, listOf[client.Issue](), Issues()))
		require.Equal(t, "[]\n", b.String(), "an empty list is one")
	}
}

func TestList_APartIsNotTheWhole(t *testing.T) {
	t.Parallel()
	broken := errors.New("gone")
	for _, format := range Formats() {
		o, _ := output(format)
		require.ErrorIs(t, List(o, brokenOff(broken, issues()...), Issues()), broken, format)
	}
	o, b := output(FormatJSON)
	require.Error(t, List(o, brokenOff(broken, issues()...), Issues()))
	require.False(t, json.Valid(b.Bytes()))
}

// full is a disk without room.
type full struct{}

var errFull = errors.New("no space left")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestOutput_SaysThatItCouldNotBeWritten(t *testing.T) {
	t.Parallel()
	for _, format := range Formats() {
		o := &Output{Format: format, Screen: &Screen{w: full{}}}
		require.ErrorIs(t, List(o, listOf(issues()...), Issues()), errFull, format)
		o = &Output{Format: format, Screen: &Screen{w: full{}}}
		require.ErrorIs(t, o.One(stuckOrder(), func(s *Screen) { s.Linef("x") }), errFull, format)
	}
}

func TestOne_InEachFormat(t *testing.T) {
	t.Parallel()
	for format, want := range map[string]string{
		FormatTable: "seven\n",
		FormatJSON:  "{\n  \"n\": 7,\n  \"text\": \"a < b\"\n}\n",
		FormatYAML:  "\"n\": 7\ntext: \"a < b\"\n",
	} {
		o, b := output(format)
		require.NoError(t, o.One(map[string]any{"n": 7, "text": "a < b"}, func(s *Screen) { s.Linef("seven") }))
		require.Equal(t, want, b.String())
	}
}

func TestChoice(t *testing.T) {
	t.Parallel()
	c := NewChoice("a", "a", "b")
	require.EqualError(t, c.Set("c"), "one of a, b")
	require.Equal(t, "a", c.String())
	require.NoError(t, c.Set("b"))
	require.Equal(t, "b", c.String())
	require.Equal(t, "a|b", c.Type())
}

func TestProgress_IsSeenByPeopleOnly(t *testing.T) {
	t.Parallel()
	s, b := terminal(20)
	p := NewProgress(s)
	p.Show("one")
	p.Show("a text that is too long for the line")
	p.Clear()
	p.Clear()
	require.Equal(t, rewind+"one"+rewind+"a text that is too…"+rewind, b.String())

	s, b = pipe()
	p = NewProgress(s)
	p.Show("one")
	p.Clear()
	require.Empty(t, b.String())
}
