// Package cli shows what the API says to people and to scripts: as tables that fit
// the terminal, or as JSON and YAML that are the same everywhere; and it waits for
// what the API only starts.
//
// It must not know commands and flags, nor stores: only the client's types and
// where output goes.
package cli
