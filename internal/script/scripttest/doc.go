// Package scripttest runs the tests of monitors: the functions of a file
// monitor_test.star, each in a world of its own with faked queries, time,
// variables and settings.
//
// A test's run() is a real run on a monitor that is kept in memory: what a test
// sees decided is what an execution decides.
//
// It must not know databases, stores, folders, or how results are shown.
package scripttest
