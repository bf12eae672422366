package lifecycle_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
)

func TestAcceptUpdate_R12_MatchesByModelID(t *testing.T) {
	t.Parallel()
	s := snapshot(nil, issue(1, 0), issue(2, 0), issue(3, 0))
	outcome, warnings := lifecycle.AcceptUpdate(solvable(), &s, returned(data("i3", 7), data("i1", 0)), false)
	require.Empty(t, warnings)
	require.Equal(t, &monitor.UpdateOutcome{
		Changed:  map[int64]monitor.Data{3: data("i3", 7)},
		Returned: map[int64]bool{1: true, 3: true},
		Whole:    true,
	}, outcome)
}

func TestAcceptUpdate_R12_SkipsWithAWarning(t *testing.T) {
	t.Parallel()
	s := snapshot(nil, issue(1, 0), issue(2, 0))
	r := returned(data("i1", 1), "[1]", `{"n":1}`, `{"id":null}`, data("i9", 1), data("i1", 2))
	r.Entries = append(r.Entries, monitor.Entry{Problem: "it is a string, not a dict"}, monitor.Entry{Data: data("i2", 3)})
	outcome, warnings := lifecycle.AcceptUpdate(solvable(), &s, r, false)
	require.Equal(t, []string{
		"update: entry 2: it is not a dict",
		`update: entry 3: it has no field "id", the model id`,
		`update: entry 4: field "id", the model id, is None: only texts and numbers identify an issue`,
		`update: entry 5: model id "i9" is not an active issue`,
		`update: entry 6: model id "i1" is repeated: the first entry counts`,
		"update: entry 7: it is a string, not a dict",
	}, warnings)
	require.Equal(t, map[int64]monitor.Data{1: data("i1", 1), 2: data("i2", 3)}, outcome.Changed)
}

func TestAcceptUpdate_R13_EqualDataIsNoChange(t *testing.T) {
	t.Parallel()
	s := snapshot(nil, issue(1, 0))
	outcome, _ := lifecycle.AcceptUpdate(solvable(), &s, returned(`{"n":0.0,"id":"i1"}`), false)
	require.Empty(t, outcome.Changed)
	require.True(t, outcome.Returned[1])
}

func TestAcceptUpdate_R14_IsWhole(t *testing.T) {
	t.Parallel()
	s := snapshot(nil, issue(1, 0), issue(2, 0))
	for name, test := range map[string]struct {
		r          monitor.Returned
		incomplete bool
		want       bool
	}{
		"all returned":                 {r: returned(data("i1", 0), data("i2", 0)), want: true},
		"an empty list":                {r: returned(), want: true},
		"an unknown entry":             {r: returned(data("i9", 0)), want: true},
		"a repeated entry":             {r: returned(data("i1", 0), data("i1", 0)), want: true},
		"nothing":                      {r: monitor.Returned{Nothing: true}},
		"incomplete":                   {r: returned(data("i1", 0)), incomplete: true},
		"an entry without a model id":  {r: returned(data("i1", 0), `{"n":1}`)},
		"an entry that is no dict":     {r: returned(data("i1", 0), `"i2"`)},
		"an entry without stored form": {r: monitor.Returned{Entries: []monitor.Entry{{Problem: "nested too deeply"}}}},
	} {
		outcome, _ := lifecycle.AcceptUpdate(solvable(), &s, test.r, test.incomplete)
		require.Equal(t, test.want, outcome.Whole, name)
	}
}

func tooLarge(id string) monitor.Data {
	return monitor.Data(fmt.Sprintf(`{"id":%q,"x":%q}`, id, strings.Repeat("x", monitor.MaxDataBytes)))
}

func TestAcceptUpdate_R09_TooLargeIsSkippedButNotMissing(t *testing.T) {
	t.Parallel()
	s := snapshot(nil, issue(1, 0))
	outcome, warnings := lifecycle.AcceptUpdate(solvable(), &s, returned(tooLarge("i1")), false)
	require.Equal(t, []string{`update: entry 1: model id "i1" has 262162 bytes of data, over the limit of 262144`}, warnings)
	require.Empty(t, outcome.Changed)
	require.True(t, outcome.Returned[1])
	require.True(t, outcome.Whole)
}

func TestAcceptUpdate_StrangersOfASearchAreNoWarning(t *testing.T) {
	t.Parallel()
	d := solvable(missing(monitor.MissingSolve), func(d *monitor.Declaration) { d.HasUpdate = false })
	s := snapshot(nil, issue(1, 0))
	outcome, warnings := lifecycle.AcceptUpdate(d, &s, returned(data("i9", 0), data("i1", 4), `{}`), false)
	require.Equal(t, []string{`search: entry 3: it has no field "id", the model id`}, warnings)
	require.Equal(t, map[int64]monitor.Data{1: data("i1", 4)}, outcome.Changed)
}

func TestAcceptSearch_R30_LeavesOut(t *testing.T) {
	t.Parallel()
	s := snapshot(nil, issue(1, 0))
	r := returned(data("a", 1), `{"n":1}`, data("i1", 5), data("a", 2), `{"id":7.00}`, data("i1", 5), `{"id":"7"}`, tooLarge("b"), data("b", 1), "null")
	outcome, warnings := lifecycle.AcceptSearch(solvable(), &s, r)
	require.Equal(t, []monitor.Found{
		{ModelID: "a", Data: data("a", 1)}, {ModelID: "7", Data: `{"id":7.00}`}, {ModelID: "b", Data: data("b", 1)},
	}, outcome.Found)
	require.Equal(t, []string{
		`search: entry 2: it has no field "id", the model id`,
		`search: entry 4: model id "a" is repeated: the first entry counts`,
		`search: entry 7: model id "7" is repeated: the first entry counts`,
		`search: entry 8: model id "b" has 262161 bytes of data, over the limit of 262144`,
		"search: entry 10: it is not a dict",
	}, warnings)
}

func TestAcceptSearch_FoundNothing(t *testing.T) {
	t.Parallel()
	s := snapshot(nil)
	outcome, warnings := lifecycle.AcceptSearch(solvable(), &s, monitor.Returned{Nothing: true})
	require.Empty(t, outcome.Found)
	require.Empty(t, warnings)
}

func TestAccept_WarningsOfOneKindAreCounted(t *testing.T) {
	t.Parallel()
	s := snapshot(nil)
	var entries []monitor.Data
	for i := range 1000 {
		entries = append(entries, data(fmt.Sprint(i), 0), "{}")
	}
	_, warnings := lifecycle.AcceptUpdate(solvable(), &s, returned(entries...), false)
	require.Len(t, warnings, 42)
	require.Equal(t, []string{
		`update: entry 39: model id "19" is not an active issue`,
		`update: entry 40: it has no field "id", the model id`,
		"update: 980 more entries whose model id is not an active issue",
		"update: 980 more entries without a usable model id",
	}, warnings[38:])
}
