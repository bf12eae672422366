// Package monitor is the domain: the words everything else speaks in.
//
// It holds monitors and what they declare, issues, alerts, executions and
// events, and the two values between which a run is decided: a [Snapshot] of
// what is stored and a [Plan] of what is to be written.
//
// It is pure. It knows no clock, no context, no database, no Starlark and no
// HTTP; it imports nothing of ours.
package monitor
