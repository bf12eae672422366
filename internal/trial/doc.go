// Package trial tries a monitor: it runs code on what is stored of the monitor,
// or on issues made up for the occasion, and tells what a run would have done.
//
// It is the path of a run without its commit: what is tried is what will run.
//
// It must not know stores, folders, servers, or how a preview is shown: files and
// a snapshot go in, a preview comes out.
package trial
