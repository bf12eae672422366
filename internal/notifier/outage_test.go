package notifier_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/notify/notifytest"
	"github.com/vedettehq/vedette/internal/store"
)

func TestNotifier_R82_AnHourOfOutageEndsWithOneCurrentMessageForEachAlert(t *testing.T) {
	t.Parallel()
	for name, failure := range map[string]notifytest.Failure{"no answer": notifytest.Break, "refuses": notifytest.Refuse} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.change("a")
			w.tell()
			attempts := 0
			// Each second somebody looks; what happens meanwhile is by the minute.
			for second := range 3600 {
				switch second {
				case 600:
					w.do(lock(w))
					w.change("a", "b") // a second alert
				case 1200:
					w.change("b", "c", "d") // the first is over
				case 1800:
					w.do(lock(w))
					w.change("b", "c", "d", "e") // a third
				case 2400:
					w.change("b", "d") // that is over before anybody hears of it
				case 3000:
					w.change("b", "d", "f") // a fourth
				}
				w.chat.Fail(failure)
				attempts += len(w.tell())
				w.chat.Heal()
				w.now = w.now.Add(time.Second)
			}
			require.Less(t, attempts, 60, "it is left alone for longer and longer")
			w.later()
			w.tell()
			w.later()
			w.tell()

			var shown []string
			for _, m := range w.chat.Messages() {
				shown = append(shown, m.Text)
			}
			require.Len(t, shown, 3, "%q", shown)
			all := strings.Join(shown, "\n\n")
			for _, want := range []string{"solved", "Stuck orders: moderate, 2 active\nid n\nb 7\nd 7", "Stuck orders: low, 1 active\nid n\nf 7"} {
				require.Contains(t, all, want)
			}
			dead, err := w.store.Notices(t.Context(), store.NoticeFilter{Dead: true}, store.Page{Limit: 10})
			require.NoError(t, err)
			require.Empty(t, dead)
			require.Empty(t, w.tell(), "there is nothing left")
		})
	}
}
