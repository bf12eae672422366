// Package notifier keeps what people are shown of alerts up to date: it finds out
// on which targets an alert is to be told, compares what a target shows with what
// is the case, and has it create, edit or close its message, or call for attention
// (R82-R84).
//
// It must not know any one service, nor how alerts come about.
package notifier
