package lifecycle_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
)

// BenchmarkRun makes all that a run decides, from what its routines returned to
// its plan: time and allocations must be linear in the number of issues.
func BenchmarkRun(b *testing.B) {
	for _, count := range []int{1_000, 10_000, 100_000} {
		stored := linked(int64(count))
		empty := snapshot(nil)
		var changed []monitor.Data
		for i := range stored.Issues {
			changed = append(changed, data(stored.Issues[i].ModelID, 1))
		}
		for name, run := range map[string]func() monitor.Plan{
			"created": func() monitor.Plan {
				return decide(&empty, monitor.Returned{Nothing: true}, returned(changed...), false)
			},
			"changed": func() monitor.Plan {
				return decide(&stored, returned(changed...), monitor.Returned{Nothing: true}, false)
			},
			"solved": func() monitor.Plan {
				return decide(&stored, monitor.Returned{Nothing: true}, monitor.Returned{Nothing: true}, true)
			},
		} {
			b.Run(fmt.Sprintf("%s/%d", name, count), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					p := run()
					require.GreaterOrEqual(b, len(p.Events), count)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*count), "ns/issue")
			})
		}
	}
}

func decide(s *monitor.Snapshot, update, search monitor.Returned, answer bool) monitor.Plan {
	d := solvable()
	var o monitor.Outcome
	o.Update, _ = lifecycle.AcceptUpdate(d, s, update, false)
	o.Search, _ = lifecycle.AcceptSearch(d, s, search)
	questions := lifecycle.Questions(d, s, o.Update, o.Search)
	answers := make([]bool, len(questions))
	for i := range answers {
		answers[i] = answer
	}
	lifecycle.Answer(&o, questions, answers)
	return lifecycle.Plan(d, &o, *s, lifecycle.Limits{}, now)
}
