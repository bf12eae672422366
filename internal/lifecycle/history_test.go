package lifecycle_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
)

// TestHistory_R01_R67_InvariantsHoldAfterEveryCommit lets runs, people and new
// versions take turns at random, and requires after each that what must always
// hold does, and that there is an event for each change and a change for each
// event.
func TestHistory_R01_R67_InvariantsHoldAfterEveryCommit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h := &history{world: newWorld(t), declaration: drawDeclaration(t, "id")}
		t.Repeat(map[string]func(*rapid.T){
			"run":     h.run,
			"person":  func(t *rapid.T) { h.person(t) },
			"version": h.version,
			"":        func(*rapid.T) { h.world.checkInvariants() },
		})
	})
}

// history is a monitor with what happened to it so far.
type history struct {
	world       *world
	declaration *monitor.Declaration
}

func drawDeclaration(t *rapid.T, key string) *monitor.Declaration {
	levels := map[monitor.Priority]float64{monitor.Informational: 0, monitor.Moderate: 1, monitor.Critical: 3}
	d := &monitor.Declaration{HasSearch: true, HasUpdate: rapid.Bool().Draw(t, "has update"), Options: monitor.Options{
		ModelIDKey: key,
		Solvable:   rapid.Bool().Draw(t, "solvable"),
		Unique:     rapid.Bool().Draw(t, "unique"),
		Missing:    rapid.SampledFrom([]monitor.Missing{monitor.MissingKeep, monitor.MissingSolve, monitor.MissingDrop}).Draw(t, "missing"),
		Rule: rapid.SampledFrom([]*monitor.Rule{
			nil,
			{Kind: monitor.CountRule, Levels: levels},
			{Kind: monitor.CountRule, Levels: map[monitor.Priority]float64{monitor.High: 2}},
			{Kind: monitor.AgeRule, Levels: map[monitor.Priority]float64{monitor.Low: 60, monitor.High: 180}},
			{Kind: monitor.ValueRule, Key: "n", Operation: monitor.GreaterThan, Levels: levels},
		}).Draw(t, "rule"),
		DismissAcknowledgeOnNewIssues: rapid.Bool().Draw(t, "dismiss"),
		MaxIssuesCreation:             rapid.IntRange(0, 3).Draw(t, "max"),
	}}
	if !d.Options.Solvable && d.Options.Missing == monitor.MissingSolve {
		d.Options.Missing = monitor.MissingKeep
	}
	d.HasIsSolved = d.Options.Solvable && d.Options.Missing != monitor.MissingSolve || rapid.Bool().Draw(t, "has is_solved")
	return d
}

var modelIDPool = []string{"a", "b", "c", "d", "e", "f", "g", "h"}

// drawEntries draws what a routine returned: mostly usable, with any values.
func (h *history) drawEntries(t *rapid.T) monitor.Returned {
	if rapid.IntRange(0, 9).Draw(t, "nothing") == 0 {
		return monitor.Returned{Nothing: true}
	}
	var entries []monitor.Data
	for range rapid.IntRange(0, 10).Draw(t, "entries") {
		id := rapid.SampledFrom(modelIDPool).Draw(t, "id")
		n := rapid.IntRange(0, 3).Draw(t, "n")
		entries = append(entries, monitor.Data(rapid.SampledFrom([]string{
			fmt.Sprintf(`{%q:%q,"n":%d}`, h.key(), id, n),
			fmt.Sprintf(`{%q:%q,"n":%d}`, h.key(), id, n),
			fmt.Sprintf(`{%q:%q,"done":true}`, h.key(), id),
			fmt.Sprintf(`{"n":%d}`, n),
		}).Draw(t, "entry")))
	}
	if rapid.Bool().Draw(t, "usable only") {
		entries = slices.DeleteFunc(entries, func(entry monitor.Data) bool { _, ok := entry.Field(h.key()); return !ok })
	}
	return returned(entries...)
}

func (h *history) key() string { return h.declaration.Options.ModelIDKey }

// run loads, calls and commits, with people acting in between.
func (h *history) run(t *rapid.T) {
	loaded := h.world.snapshot()
	d := h.declaration
	outcome := h.call(t, loaded)
	before := h.world.clone()
	for range rapid.IntRange(0, 3).Draw(t, "actions meanwhile") {
		h.person(t)
	}
	h.world.now = h.world.now.Add(time.Minute)

	stored := h.world.snapshot()
	if d.Options.Unique {
		stored.Closed = h.world.closed()
	}
	limits := lifecycle.Limits{MaxIssuesCreation: 4}
	untouched := copyOf(stored)
	first := lifecycle.Plan(d, outcome, stored, limits, h.world.now)
	plan := lifecycle.Plan(d, outcome, stored, limits, h.world.now)
	require.Equal(t, first, plan, "the same again")
	require.Equal(t, untouched, stored, "what was handed in is left alone")
	h.checkRun(t, plan, outcome, loaded, stored)
	h.commit(plan, true)
	h.world.checkEndedStay(before)
	h.world.monitor.ArchivedAt = time.Time{} // a new monitor takes the name
}

// call draws what the code of a run says.
func (h *history) call(t *rapid.T, loaded monitor.Snapshot) *monitor.Outcome {
	d, outcome := h.declaration, &monitor.Outcome{}
	incomplete := rapid.IntRange(0, 4).Draw(t, "incomplete") == 0
	if incomplete {
		outcome.Report.Incomplete = "page 2"
	}
	update := rapid.SampledFrom([]string{"none", "fails", "succeeds", "succeeds"}).Draw(t, "update")
	search := rapid.SampledFrom([]string{"none", "fails", "succeeds", "succeeds"}).Draw(t, "search")
	for routine, how := range map[string]string{monitor.RoutineUpdate: update, monitor.RoutineSearch: search} {
		if how == "fails" {
			outcome.Report.Routines = append(outcome.Report.Routines, failedRoutine(routine, "boom"))
		}
	}
	if update == "succeeds" && len(loaded.Issues) > 0 {
		outcome.Update, _ = lifecycle.AcceptUpdate(d, &loaded, h.drawEntries(t), incomplete)
	}
	if search == "succeeds" {
		outcome.Search, _ = lifecycle.AcceptSearch(d, &loaded, h.drawEntries(t))
		outcome.Variables = []monitor.RoutineVariables{{
			Routine: monitor.RoutineSearch, Values: map[string]monitor.Data{"bookmark": monitor.Data(fmt.Sprint(h.world.now.Unix()))},
		}}
	}
	questions := lifecycle.Questions(d, &loaded, outcome.Update, outcome.Search)
	answers := make([]bool, rapid.IntRange(len(questions)/2, len(questions)).Draw(t, "answered"))
	for i := range answers {
		_, answers[i] = questions[i].Data.Field("done")
	}
	lifecycle.Answer(outcome, questions, answers)
	return outcome
}

// checkRun requires of a run's plan what neither invariants nor events show.
func (h *history) checkRun(t *rapid.T, p monitor.Plan, o *monitor.Outcome, loaded, stored monitor.Snapshot) {
	d := h.declaration
	wasActive := make(map[string]bool)
	for _, issue := range loaded.Issues {
		wasActive[issue.ModelID] = true
	}
	for _, issue := range p.Created {
		require.False(t, wasActive[issue.ModelID], "R05: %s was active at load", issue.ModelID)
		require.False(t, d.Options.Unique && stored.Closed[issue.ModelID], "R30: %s was seen before", issue.ModelID)
	}
	limit := d.Options.MaxIssuesCreation
	if limit == 0 {
		limit = 4
	}
	require.LessOrEqual(t, len(p.Created), limit, "R31")
	for _, issue := range p.Ended {
		if issue.Status == monitor.IssueSolved {
			require.True(t, d.Options.Solvable, "R21")
		}
		if !o.Solved[issue.ID] {
			require.True(t, o.Update != nil && o.Update.Whole && d.Options.Missing != monitor.MissingKeep, "R14")
		}
	}
	if d.Options.Rule == nil {
		require.Empty(t, p.NewAlerts, "R40")
		require.Empty(t, p.Linked, "R40")
	}
	report := p.Execution.Report
	if o.Search != nil && stored.Monitor.ArchivedAt.IsZero() {
		require.Equal(t, report.Truncated, len(p.Variables) == 0, "R02")
	}
	for _, event := range p.Events {
		if event.Name == monitor.IssueUpdatedSolved || event.Name == monitor.IssueUpdatedNotSolved {
			require.Equal(t, event.Name == monitor.IssueUpdatedSolved, o.Solved[event.Issue.ID], "R13")
		}
	}
	if stored.Monitor.ArchivedAt.IsZero() {
		failed := report.Incomplete != "" || len(report.Routines) > 0
		require.Equal(t, failed, p.Execution.Status == monitor.ExecutionFailed, "R06")
		require.Equal(t, !failed && !report.Truncated, p.Execution.Proven, "R79")
		require.Equal(t, monitor.Counts{
			Created: len(p.Created), Updated: len(p.Updated), Solved: countStatus(p, monitor.IssueSolved), Dropped: countStatus(p, monitor.IssueDropped),
		}, report.Counts)
	}
}

func countStatus(p monitor.Plan, status monitor.IssueStatus) int {
	return len(slices.DeleteFunc(slices.Clone(p.Ended), func(issue *monitor.Issue) bool { return issue.Status != status }))
}

// commit applies a plan and compares its events with what changed by it.
func (h *history) commit(p monitor.Plan, isRun bool) {
	before := h.world.clone()
	h.world.apply(p)
	require.Equal(h.world.t, changesBetween(before, h.world, isRun), described(p))
	h.world.checkEndedStay(before)
	h.world.checkInvariants()
}
