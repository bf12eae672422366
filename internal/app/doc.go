// Package app wires a role together from a configuration and plugins, runs it,
// and stops it in order; and it does locally what authors of monitors need.
//
// It must not know flags, nor any adapter: those come in as plugins.
package app
