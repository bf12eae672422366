package rollout

import (
	"context"
	"errors"
	"iter"

	"github.com/vedettehq/vedette/internal/catalog"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

const (
	// maxAway is after how many monitors in a row that the server did not answer
	// about it is taken to be away.
	maxAway = 3
	// maxForced is how often one who forces reads again what somebody else changed in
	// between.
	maxForced = 5
)

// Apply does what a plan says, one monitor after the other, and tells what became
// of each. Whatever goes wrong with one, the others are seen to; only nothing is
// deleted then. The error is that ctx has ended: the monitors that were not told
// of are as they were.
func (r *Rollout) Apply(ctx context.Context, plan *Plan) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		away, wrong := 0, false
		for i := range plan.steps {
			if ctx.Err() != nil {
				yield(Item{}, context.Cause(ctx))
				return
			}
			s := &plan.steps[i]
			r.progress("applying "+s.item.Monitor, i, len(plan.steps))
			item := s.item
			switch {
			case item.Outcome == Unchanged || item.Outcome == Conflict:
			case away >= maxAway:
				item.refuse(Failed, "not tried, as the server is away")
			case item.Outcome == Deleted && wrong:
				item.refuse(Skipped, "not deleted, as something else went wrong")
				item.DroppedIssues, item.SolvedAlerts = 0, 0
			default:
				err := r.do(ctx, s, &item)
				away = counted(away, err)
			}
			wrong = wrong || !item.Outcome.OK()
			if !yield(item, nil) {
				return
			}
		}
	}
}

// counted counts in a row the times when the server was away.
func counted(away int, err error) int {
	if err != nil && monitor.CodeOf(err) == monitor.CodeUnavailable {
		return away + 1
	}
	return 0
}

// do stores or deletes one monitor, and says in item what became of it. The error
// is what the server said, which item says too.
func (r *Rollout) do(ctx context.Context, s *step, item *Item) error {
	act := r.store
	if item.Outcome == Deleted {
		act = r.delete
	}
	err := act(ctx, s, item)
	for tries := 1; r.options.Force && monitor.CodeOf(err) == monitor.CodeStale && tries < maxForced; tries++ {
		if s.match, err = r.current(ctx, item.Monitor); err != nil {
			break
		}
		if s.match != "" && item.Outcome == Created {
			item.Outcome = Changed
		}
		err = act(ctx, s, item)
	}
	switch {
	case err == nil:
	case monitor.CodeOf(err) == monitor.CodeStale:
		item.refuse(Conflict, "somebody else changed it meanwhile: %v", err)
	default:
		item.refuse(Failed, "%v", err)
		if invalid, ok := errors.AsType[*client.Invalid](err); ok {
			for _, d := range invalid.Diagnostics {
				d.File = catalog.Locate(s.folder.Dir, d.File)
				item.Diagnostics = append(item.Diagnostics, d)
			}
		}
	}
	return err
}

// store makes the folder's files the current version.
func (r *Rollout) store(ctx context.Context, s *step, item *Item) error {
	registered, err := r.server.PutMonitor(ctx, item.Monitor, client.Upload{
		Files: s.folder.Files, Message: messageOf(r.options.Message), DropIssues: r.options.DropIssues,
	}, s.match)
	if err != nil {
		return err
	}
	item.Version = registered.Version
	if !registered.Changed {
		item.Outcome = Unchanged
	}
	return nil
}

func (r *Rollout) delete(ctx context.Context, s *step, item *Item) error {
	_, err := r.server.DeleteMonitor(ctx, item.Monitor, messageOf(r.options.Message), s.match)
	if monitor.CodeOf(err) == monitor.CodeNotFound {
		return nil // somebody else was quicker
	}
	return err
}

// current reads the ETag of what is stored now; empty if nothing is any more.
func (r *Rollout) current(ctx context.Context, name string) (string, error) {
	m, err := r.server.Monitor(ctx, name)
	if monitor.CodeOf(err) == monitor.CodeNotFound {
		return "", nil
	}
	return m.ETag, err
}
