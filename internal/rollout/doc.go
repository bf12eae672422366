// Package rollout brings the folders of monitors to a server: it compares what is
// in them with what is stored, stores what differs, and takes away what is no
// longer there. Whatever somebody else changed meanwhile is left alone.
//
// It must not know how code is compiled, nor how an outcome is shown or a question
// asked: it reads folders through [Reader] and speaks to the server's API.
package rollout
