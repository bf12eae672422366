package sqlstore

import "context"

// The process-wide weight lets very large runs wait for each other: what is held
// in memory to be written stays bounded, while small runs pass freely.
const (
	// weightLimit is how many rows may be under way in large runs together.
	weightLimit = 100_000
	// weightFree is up to where a run counts as small.
	weightFree = 2_000
)

// weigh waits for room for a run of so many rows, and returns what gives it back.
func (s *Store) weigh(ctx context.Context, rows int) (release func(), err error) {
	if rows <= weightFree {
		return func() {}, nil
	}
	weight := int64(min(rows, weightLimit))
	if err := s.weight.Acquire(ctx, weight); err != nil {
		return nil, err
	}
	return func() { s.weight.Release(weight) }, nil
}
