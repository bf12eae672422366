// Package run asks the code of one monitor what is the case: it calls update,
// search and is_solved on a snapshot of what is stored, and gathers what they
// said into the outcome from which the run's plan follows.
//
// Executions, `monitor try` and monitors' tests all come through here, so that
// what is tried is what will run.
//
// It must not know stores, queues, leases or who asked: a snapshot goes in, an
// outcome comes out.
package run
