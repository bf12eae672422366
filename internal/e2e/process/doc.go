// Package process builds the real binary and runs it as its users do: in a
// directory, with an environment and a configuration file, ended by a signal.
//
// End-to-end tests and measurements use it. It must not import what it runs: it
// knows the binary's commands, files and addresses, and nothing else.
package process
