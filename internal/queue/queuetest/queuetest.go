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
	Open func(t testing.TB) Instance
	// Visibility is how long a received message of such a queue stays hidden.
	Visibility time.Duration
	// Latency is the longest that it takes a sent message to be received: what is
	// waited before a queue counts as empty.
	Latency time.Duration
	// Bubble is set if the queue needs nothing outside the process: its tests then
	// run on a fake clock.
	Bubble bool
}

// Instance is a queue under test. What it cannot do is nil, and not tested.
type Instance struct {
	Queue queue.Queue
	// Again opens the same queue as another process would.
	Again func() queue.Queue
	// Interrupt breaks all connections of the queue, and lets it make new ones.
	Interrupt func()
}

// Run tests the queues of a driver.
func Run(t *testing.T, driver Driver) {
	t.Helper()
	for name, test := range map[string]func(*testing.T, suite){
		"a message arrives and is gone after its acknowledgement": testAck,
		"a message comes again unless acknowledged":               testRedelivery,
		"a late acknowledgement is no error":                      testLateAck,
		"an extended message stays hidden for longer":             testExtend,
		"lanes are independent":                                   testLanes,
		"no more messages than asked for":                         testLimit,
		"nobody gets a message that another has":                  testCompeting,
		"a message that is sent twice does no harm":               testDuplicates,
		"all of many messages arrive, in whatever order":          testMany,
		"receiving ends when the time has passed":                 testWait,
		"receiving ends with its context":                         testCancel,
		"receiving ends as soon as there is a message":            testWakes,
		"what waits can be counted":                               testMeasure,
		"processes share a queue":                                 testShared,
		"a message outlives its sender":                           testOutlives,
		"broken connections are made anew":                        testInterrupt,
		"a closed queue refuses":                                  testClosed,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run := func(t *testing.T) {
				instance := driver.Open(t)
				test(t, suite{driver, instance, instance.Queue})
			}
			if driver.Bubble {
				synctest.Test(t, run)
			} else {
				run(t)
			}
		})
	}
}
