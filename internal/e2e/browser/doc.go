// Package browser drives a real Chromium as a person does: it finds things by what
// they are and what they are called, clicks where they are, and types.
//
// Whatever a page complains of fails its test: an exception, an error on the console,
// something the Content-Security-Policy refused. Nothing sleeps: everything waits until
// what it needs is there.
//
// It is for tests only, and must not know what the pages are about.
package browser
