// Package shell is the interactive console: code with what monitors can call, and
// the commands of the command line, typed one after the other at a terminal or
// read from a script.
//
// What it queries is behind [Databases], so that it makes no difference whether a
// server does it or this process; what commands do is behind [Commands].
//
// It must not know stores, flags, adapters, or how a server is found.
package shell
