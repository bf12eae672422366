package main

// upgrade is what an installation begins with that is upgraded later.
type upgrade struct {
	// binary is of an earlier release.
	binary string
}
