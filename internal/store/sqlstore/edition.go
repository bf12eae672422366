package sqlstore

import (
	"context"
	"fmt"
	"time"
)

// Edition is the database's version with the first of the monitors that are not
// overdue yet: time alone makes nothing else of what the lists show.
func (s *Store) Edition(ctx context.Context, now time.Time) (string, error) {
	var version string
	var next time.Time
	err := s.database.Watch(ctx, s.query(func(scan Scan) error { return scan(&version, &next) },
		`select {version}, (select min(m.next_due_at) from monitors m where m.next_due_at is not null and m.next_due_at >= $1)`,
		now.Add(-overdueAfter)))
	return fmt.Sprintf("%s %d", version, next.UnixMicro()), wrap(err, "read whether anything was written")
}
