// Package egress makes the HTTP calls of monitors: to the hosts that an operator
// has allowed and to no other, within bounds, with credentials that the code which
// asks for a call never sees.
//
// Where a call goes is checked twice: its URL, and that of every redirect, against
// the allowed hosts; and each address that a connection is made to, after names are
// resolved, so that neither a redirect nor a name that changes its address leads
// to what is private.
//
// It must not know monitors, their code, or why a call is made.
package egress
