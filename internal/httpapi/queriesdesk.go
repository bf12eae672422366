package httpapi

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/monitor"
)

const (
	// queriesAtOnce is how many queries of people run on one database at a time:
	// monitors share its connections, and have to come first.
	queriesAtOnce = 2
	// queueTimeout bounds the wait for one of these places.
	queueTimeout = 30 * time.Second
)

// queryDesk lets people's queries wait for their turn, each database for itself.
type queryDesk struct {
	databases Databases
	// places has a channel for each database that is full while all places are taken.
	places map[string]chan struct{}
}

func newQueryDesk(databases Databases) *queryDesk {
	d := &queryDesk{databases: databases, places: map[string]chan struct{}{}}
	for _, name := range databases.Names() {
		d.places[name] = make(chan struct{}, queriesAtOnce)
	}
	return d
}

// query runs a query when it is its turn. Errors are *monitor.Failure.
func (d *queryDesk) query(ctx context.Context, q monitor.Query) (monitor.Rows, error) {
	places, ok := d.places[q.Database]
	if !ok {
		return d.databases.Query(ctx, q) // it says that there is no such database
	}
	waiting, cancel := context.WithTimeoutCause(ctx, queueTimeout, &monitor.Failure{
		Kind: monitor.FailureTimeout, Message: "other people's queries on this database have not ended within " + queueTimeout.String() + ": try again",
	})
	defer cancel()
	select {
	case places <- struct{}{}:
		defer func() { <-places }()
	case <-waiting.Done():
		return nil, datasource.Named(q.Database, datasource.Ended(waiting))
	}
	return d.databases.Query(ctx, q)
}
