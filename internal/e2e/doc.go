// Package e2e proves on the real binary what nobody can prove on its parts: that
// it loses nothing when it is killed, that every transition is told through the
// API, and that what goes wrong is said in one clear line.
//
// Its tests know the platform as its users do: commands, files, environment,
// HTTP, and at the very end the database. They must not call into it.
package e2e
