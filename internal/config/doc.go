// Package config reads what an operator decides: a YAML file, and for secrets
// the environment.
//
// The file is read strictly, and everything that is wrong with it is told at
// once, each with its place. [Config] is the one description of the keys: their
// comments, bounds and defaults are read from it by the decoder, by [Print] and
// by [Reference].
//
// It must not know what the values are for: it hands them to app as plain data,
// and imports nothing of ours but the domain.
package config
