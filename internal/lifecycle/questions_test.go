package lifecycle_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
)

func asked(questions []lifecycle.Question) []monitor.Data {
	var data []monitor.Data
	for _, question := range questions {
		data = append(data, question.Data)
	}
	return data
}

func TestQuestions_R01_AreAskedOnceEach(t *testing.T) {
	t.Parallel()
	s := snapshot(nil, issue(1, 0), issue(2, 0), issue(3, 0))
	update := updated(t, solvable(), s, data("i2", 5)).Update
	search := found(t, solvable(), s, "a", "b").Search
	for name, test := range map[string]struct {
		d      *monitor.Declaration
		update *monitor.UpdateOutcome
		search *monitor.SearchOutcome
		want   []monitor.Data
	}{
		"solvable": {
			d: solvable(), update: update, search: search,
			want: []monitor.Data{data("i1", 0), data("i2", 5), data("i3", 0), data("a", 0), data("b", 0)},
		},
		"nothing returned": {
			d: solvable(), want: []monitor.Data{data("i1", 0), data("i2", 0), data("i3", 0)},
		},
		"missing issues end without it": {
			d: solvable(missing(monitor.MissingDrop)), update: update, want: []monitor.Data{data("i2", 5)},
		},
		"not solvable": {
			d: solvable(notSolvable), update: update, search: search, want: []monitor.Data{data("i2", 5)},
		},
		"no is_solved": {
			d:      solvable(func(d *monitor.Declaration) { d.HasIsSolved = false }),
			update: update, search: search,
		},
	} {
		require.Equal(t, test.want, asked(lifecycle.Questions(test.d, &s, test.update, test.search)), name)
	}
}

func TestAnswer_R06_WhatTimeRanOutForIsNotSolved(t *testing.T) {
	t.Parallel()
	s := snapshot(nil, issue(1, 0), issue(2, 0))
	for name, test := range map[string]struct {
		answers []bool
		solved  map[int64]bool
		found   []bool
	}{
		"all":  {answers: []bool{true, false, false, true}, solved: solved(1), found: []bool{false, true}},
		"some": {answers: []bool{false, true}, solved: solved(2), found: []bool{false, false}},
		"none": {solved: solved(), found: []bool{false, false}},
	} {
		outcome := found(t, solvable(), s, "a", "b")
		questions := lifecycle.Questions(solvable(), &s, nil, outcome.Search)
		lifecycle.Answer(outcome, questions, test.answers)
		require.Equal(t, test.solved, outcome.Solved, name)
		for i, want := range test.found {
			require.Equal(t, want, outcome.Search.Found[i].Solved, name)
		}
	}
}
