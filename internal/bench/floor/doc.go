// Package floor does the platform's work in the fewest bare SQL statements that
// leave the same facts behind: what no implementation can do without, on this
// server, with this driver. Measurements hold the platform against it.
//
// Its tables have only the columns and indexes that the facts and the ways of
// looking them up need. It must not import the platform: what the two have in
// common is the work.
package floor
