package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// slack is how much later than the truth a commit may be: a run reads, is
// stopped by something, and commits for as long as its lease holds.
func (i *installation) slack() time.Duration { return i.pace.lease() + 10*time.Second }

// known is a time in which the platform knew of a problem.
type known struct {
	monitor        int64
	modelID        string
	created, ended time.Time
}

// againstJournal holds issues against the journal of the source: each issue began
// in an episode of its problem, there are no more issues than episodes, and each
// episode that was long enough for the slowest of its monitor's runs has one.
func againstJournal(ctx context.Context, i *installation) (broken []string, err error) {
	episodes, err := i.source.episodes(ctx)
	if err != nil {
		return nil, err
	}
	issues, err := i.issues(ctx)
	if err != nil {
		return nil, err
	}
	gaps, err := i.longestGaps(ctx)
	if err != nil {
		return nil, err
	}
	for id, all := range episodes {
		found := issues[id]
		delete(issues, id)
		if len(found) > len(all) {
			broken = append(broken, fmt.Sprintf("problem %s was there %d times and is %d issues", id, len(all), len(found)))
		}
		for _, k := range found {
			if !i.fits(k, all) {
				broken = append(broken, fmt.Sprintf("the issue of problem %s of %s is about nothing that was", id, k.created))
			}
		}
		for _, e := range all {
			if !i.noticed(e, found, gaps) {
				broken = append(broken, fmt.Sprintf("problem %s was there from %s to %s and no issue", id, e.opened, e.closed))
			}
		}
	}
	for id := range issues {
		broken = append(broken, "there is no problem "+id)
	}
	return broken, nil
}

// fits tells whether an issue began while its problem was there.
func (i *installation) fits(k known, all []episode) bool {
	for _, e := range all {
		if !k.created.Before(e.opened.Add(-time.Second)) && (e.closed.IsZero() || k.created.Before(e.closed.Add(i.slack()))) {
			return true
		}
	}
	return false
}

// noticed tells whether an issue overlaps an episode, if that was long enough.
func (i *installation) noticed(e episode, found []known, gaps map[string]time.Duration) bool {
	for _, k := range found {
		if k.ended.IsZero() || !k.ended.Before(e.opened) {
			return true
		}
	}
	if e.closed.IsZero() {
		return false
	}
	// Whose monitor this is does not matter: the slowest of all is slow enough.
	longest := time.Duration(0)
	for _, gap := range gaps {
		longest = max(longest, gap)
	}
	// What was there before anybody looked counts from then on.
	seen := e.opened
	if seen.Before(i.began) {
		seen = i.began
	}
	return e.closed.Sub(seen) < longest+i.slack()
}

// issues reads all issues by their model ids.
func (i *installation) issues(ctx context.Context) (found map[string][]known, err error) {
	rows, err := i.db.QueryContext(ctx, fmt.Sprintf(`select monitor_id, model_id, %s, %s from issues order by id`, i.micros("created_at"), i.micros("solved_at")))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	found = map[string][]known{}
	for rows.Next() {
		var k known
		var created int64
		var ended sql.NullInt64
		if err := rows.Scan(&k.monitor, &k.modelID, &created, &ended); err != nil {
			return nil, err
		}
		k.created = time.UnixMicro(created)
		if ended.Valid {
			k.ended = time.UnixMicro(ended.Int64)
		}
		found[k.modelID] = append(found[k.modelID], k)
	}
	return found, rows.Err()
}

// micros gives a column with a time in microseconds.
func (i *installation) micros(column string) string {
	if i.store == "postgres" {
		return "cast(extract(epoch from " + column + ") * 1000000 as bigint)"
	}
	return column
}
