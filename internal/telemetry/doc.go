// Package telemetry is how a process tells what it does: its log, its metrics
// registry, and what it was built from.
//
// It must not know what is logged or measured: each package names its own
// messages and metrics and is handed a logger and a registerer.
package telemetry
