package notifier

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/store"
)

// Silences are those of the store, as a [Silencer]. They are read each time: one
// that was remembered for a while could swallow the very mark that its end made.
type Silences struct{ Store store.Silences }

var _ Silencer = Silences{}

// Silenced tells whether a silence is in force for the alert.
func (s Silences) Silenced(ctx context.Context, view *store.NoticeView, now time.Time) (bool, error) {
	silenced, err := s.Store.SilencedAlerts(ctx, []int64{view.Alert.ID}, now)
	return len(silenced) > 0, err
}
