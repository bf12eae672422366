package lifecycle

import "github.com/vedettehq/vedette/internal/monitor"

const (
	firstBlock   = 8
	largestBlock = 1024
)

// arena holds the issues of a plan in blocks, so that 100,000 of them are not as
// many allocations, and a run that changes two does not pay for more.
type arena struct{ block []monitor.Issue }

// add stores an issue. The pointer stays good: a block never grows.
func (a *arena) add(issue monitor.Issue) *monitor.Issue {
	if len(a.block) == cap(a.block) {
		a.block = make([]monitor.Issue, 0, min(max(firstBlock, 2*cap(a.block)), largestBlock))
	}
	a.block = append(a.block, issue)
	return &a.block[len(a.block)-1]
}
