// Package storetest says what a store must do, as tests that each of them runs,
// and checks on a raw database what must hold in it at every commit.
//
// It must not know how a store does it: beside the port it uses nothing but the
// tables, and those only to look.
package storetest
