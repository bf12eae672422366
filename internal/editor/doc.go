// Package editor has somebody change a stored monitor in an editor of theirs: the
// version's files are written to a folder, opened, read back and stored. Mistakes
// come back as comments on top of the files; what somebody else stored meanwhile
// is shown and never overwritten; and nothing that was typed is lost.
//
// It must not know how code is validated, nor how messages are shown or questions
// asked: the server does the one, the command that calls it the other.
package editor
