// Package authoring helps those who write monitors beyond a single look: it tries
// a monitor where its databases are, does all of validation, tests and a try at
// each save of a folder, tells how the plan of one try differs from that of
// another, and reports on tests to pipelines.
//
// It must not know how any of that is shown, nor how code is run: that is done by
// the application, here or on a server.
package authoring
