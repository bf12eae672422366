package run

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// session is one run under way: what its routines share.
type session struct {
	runner      *Runner
	program     Program
	declaration monitor.Declaration
	loaded      *monitor.Snapshot
	call        script.Call
	diary       *diary
	outcome     monitor.Outcome
}

func (r *Runner) begin(program Program, loaded *monitor.Snapshot, now time.Time, seed uint64) *session {
	return &session{
		runner:      r,
		program:     program,
		declaration: program.Declaration(),
		loaded:      loaded,
		call:        script.Call{Now: now, Seed: seed, Limits: r.config.Script},
		diary:       newDiary(r, loaded.Monitor.Name, now),
	}
}

func (s *session) update(ctx context.Context) {
	returned, host, ok := s.entries(ctx, monitor.RoutineUpdate, func(ctx context.Context, call script.Call) (monitor.Returned, error) {
		return s.program.Update(ctx, call, stored(s.loaded.Issues))
	})
	if ok {
		s.diary.warn(s.acceptUpdate(returned, host))
	}
}

// search calls search() once, for whichever of the two tasks it serves: a
// monitor whose query is the problem has no update of its own.
func (s *session) search(ctx context.Context, asSearch, asUpdate bool) {
	returned, host, ok := s.entries(ctx, monitor.RoutineSearch, s.program.Search)
	if !ok {
		return
	}
	var warnings []string
	if asUpdate {
		warnings = s.acceptUpdate(returned, host)
	}
	if asSearch {
		// It finds the same fault with the same entries.
		s.outcome.Search, warnings = lifecycle.AcceptSearch(&s.declaration, s.loaded, returned)
	}
	s.diary.warn(warnings)
}

func (s *session) acceptUpdate(returned monitor.Returned, host *host) (warnings []string) {
	s.outcome.Update, warnings = lifecycle.AcceptUpdate(&s.declaration, s.loaded, returned, host.incomplete != "")
	return warnings
}

// result closes the session's books.
func (s *session) result() Result {
	s.outcome.Report.Log = s.diary.lines()
	return Result{
		Outcome:    s.outcome,
		Queries:    s.diary.noted(),
		QueryCount: s.diary.queryCount,
		Calls:      s.diary.calls,
		CallCount:  s.diary.callCount,
	}
}

func stored(issues []monitor.Issue) []monitor.Data {
	data := make([]monitor.Data, len(issues))
	for i := range issues {
		data[i] = issues[i].Data
	}
	return data
}
