// Package queuetest is the conformance suite of queues: what every queue must
// do, whatever carries its messages.
//
// It asserts only what the port promises: messages come at least once, in any
// order. It must not know any implementation.
package queuetest

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/vedettehq/vedette/internal/queue"
)

// Driver says how to get a queue and how it differs from others.
type Driver struct {
	// Open makes a new, empty queue that is closed when the test ends.
	Open func(t testing.TB) queue.Queue
	// Visibility is how long a received message of such a queue stays hidden.
	Visibility time.Duration
	// Latency is the longest that it takes a sent message to be received: what is
	// waited before a queue counts as empty.
	Latency time.Duration
	// Bubble is set if the queue needs nothing outside the process: its tests then
	// run on a fake clock.
	Bubble bool
}

// Run tests the queues of a driver.
func Run(t *testing.T, driver Driver) {
	t.Helper()
	for name, test := range map[string]func(*testing.T, suite){
		"a message arrives and is gone after its acknowledgement": testAck,
		"a message comes again unless acknowledged":               testRedelivery,
		"an extended message stays hidden for longer":             testExtend,
		"lanes are independent":                                   testLanes,
		"no more messages than asked for":                         testLimit,
		"nobody gets a message that another has":                  testCompeting,
		"receiving ends when the time has passed":                 testWait,
		"receiving ends with its context":                         testCancel,
		"receiving ends as soon as there is a message":            testWakes,
		"a closed queue refuses":                                  testClosed,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run := func(t *testing.T) { test(t, suite{driver, driver.Open(t)}) }
			if driver.Bubble {
				synctest.Test(t, run)
			} else {
				run(t)
			}
		})
	}
}
