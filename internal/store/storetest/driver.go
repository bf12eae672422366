package storetest

import (
	"database/sql"
	"testing"

	"github.com/vedettehq/vedette/internal/store"
)

// Driver is a store under test.
type Driver struct {
	// Open makes a store on a fresh, migrated database, closed when the test ends,
	// and gives the address of the database.
	Open func(t testing.TB) (database store.Database, address string)
	// Again opens a second store on the database at an address, as a second process
	// would; nil where only one process can have a database open.
	Again func(t testing.TB, address string) store.Database
	// Beside gives a connection that stays open to the database at an address, through
	// which tests look at what is there; nil where opening one costs next to nothing.
	Beside func(t testing.TB, address string) *sql.DB
}

// Run runs the conformance tests, each on a fresh instance.
func Run(t *testing.T, d Driver) {
	t.Parallel()
	for _, suite := range []map[string]func(*fixture){
		runs, fences, takes, claims, losses, actions, versions, versionHistory, trials, leases, deliveries, notices, silences, cleaning, lists, overviews, concurrency, tokens, idempotency, interleaved,
	} {
		for name, test := range suite {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				f := newFixture(t, d)
				test(f)
				f.check(invariants)
			})
		}
	}
}
