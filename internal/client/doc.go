// Package client speaks the HTTP API: the resources as they travel, and the calls.
//
// The server encodes the very types of this package, so that the two cannot
// drift apart; the tags beyond json describe the fields in its OpenAPI document.
//
// It must not know stores or monitors' code: only what the API says.
package client
