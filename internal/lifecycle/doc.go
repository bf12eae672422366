// Package lifecycle decides: what of a routine's result can be used, what a run
// changes, and what a person's action changes.
//
// A run passes through it three times. [AcceptUpdate] and [AcceptSearch] set
// aside what cannot be identified; [Questions] and [Answer] say of what is_solved
// is to be asked, and take its answers; [Plan] turns what is stored, what the code
// said and the time into everything that is to be written. An action, such as
// [Acknowledge], is a function from what is stored to a plan, to be called while
// the store holds its locks.
//
// All of it is pure: the same arguments give the same plan, as often as a commit
// is tried, and nothing that is handed in is changed. It must not know contexts,
// clocks, databases, or Starlark.
package lifecycle
