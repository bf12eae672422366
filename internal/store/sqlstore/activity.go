package sqlstore

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/vedettehq/vedette/internal/store"
)

// What a row of activity counts.
const (
	activeNow = iota
	created
	solved
	dropped
)

// Activity tells how issues came and went. It counts backwards from what is active
// now, so that nothing is read of what was over before the time that is asked for.
func (s *Store) Activity(ctx context.Context, q store.ActivityQuery) ([]store.Activity, error) {
	tallies := map[int64]*tally{}
	err := s.database.Read(ctx, s.query(func(scan Scan) error {
		var what, bucket, count int
		var id int64
		var name string
		if err := scan(&what, &id, &bucket, &count, &name); err != nil {
			return err
		}
		t := tallies[id]
		if t == nil {
			t = newTally(q.Buckets)
			tallies[id] = t
		}
		t.add(what, bucket, count, name)
		return nil
	}, activitySQL(q.Monitor), activityArgs(q)...))
	if err != nil {
		return nil, wrap(err, "read the activity of monitors")
	}
	var activities []store.Activity
	for _, t := range tallies {
		if t.something() {
			activities = append(activities, t.Activity)
		}
	}
	slices.SortFunc(activities, func(a, b store.Activity) int { return cmp.Compare(a.Monitor, b.Monitor) })
	return activities, nil
}

func activityArgs(q store.ActivityQuery) []any {
	args := []any{q.From, q.Step.Microseconds(), q.Buckets}
	if q.Monitor != "" {
		args = append(args, q.Monitor)
	}
	return args
}

// activitySQL gives monitors with what is active now, and for each what happened in
// each part, and in the one after the last all that came later: as of one moment,
// in any order. Parts come first in groups, since what a planner has in the order of
// monitors is all of history.
func activitySQL(name string) string {
	wanted, among := "m.archived_at is null", ""
	if name != "" {
		wanted, among = "m.id = "+idOfName("$4"), " and i.monitor_id = "+idOfName("$4")
	}
	happened := func(what int, column string) string {
		return ` union all select ` + strconv.Itoa(what) + `, c.monitor_id, c.bucket, c.happened, '' from (
			select {least}({steps i.` + column + ` since $1 of $2}, cast($3 as bigint)) as bucket, i.monitor_id, count(*) as happened
			from issues i where i.` + column + ` >= cast($1 as {time})` + among + ` group by 1, 2) c`
	}
	return `select 0, m.id, cast(0 as bigint), cast(m.active_issues as bigint), m.name from monitors m where ` + wanted +
		happened(created, "created_at") + happened(solved, "solved_at") + happened(dropped, "dropped_at")
}

// tally adds up the activity of a monitor.
type tally struct {
	store.Activity
	// active is how many issues are active now, or so far: after the last part.
	active int
}

func newTally(buckets int) *tally {
	numbers := make([]int, 4*buckets)
	return &tally{Activity: store.Activity{
		Active: numbers[:buckets:buckets], Created: numbers[buckets : 2*buckets : 2*buckets],
		Solved: numbers[2*buckets : 3*buckets : 3*buckets], Dropped: numbers[3*buckets:],
	}}
}

func (t *tally) add(what, bucket, count int, name string) {
	after := bucket >= len(t.Active)
	switch {
	case what == activeNow:
		t.Monitor = name
		t.active += count
	case what == created && after:
		t.active -= count
	case after:
		t.active += count
	case what == created:
		t.Created[bucket] = count
	case what == solved:
		t.Solved[bucket] = count
	case what == dropped:
		t.Dropped[bucket] = count
	}
}

// something fills in what was active, and tells whether there is anything to tell:
// of a monitor that was asked for, in the time that was.
func (t *tally) something() bool {
	something := false
	for i := len(t.Active) - 1; i >= 0; i-- {
		t.Active[i] = t.active
		something = something || t.active != 0 || t.Created[i] != 0 || t.Solved[i] != 0 || t.Dropped[i] != 0
		t.active += t.Solved[i] + t.Dropped[i] - t.Created[i]
	}
	return something && t.Monitor != ""
}
