// Package patch tells how the files of a monitor differ from those it had before,
// as unified diffs, and brings two changes of the same files together.
//
// It must not know where files come from, nor how a difference is shown.
package patch
