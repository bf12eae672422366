package shell

import (
	"context"
	"sync"
	"time"

	"github.com/vedettehq/vedette/internal/client"
)

const (
	// schemaAge is how long what is known of a database is good enough to complete by.
	schemaAge = time.Minute
	// schemaPatience is how long somebody who presses Tab waits for it.
	schemaPatience = 3 * time.Second
)

// schemas remember what there is to query, for completion: it is asked for with
// each press of a key.
type schemas struct {
	from Databases

	mu        sync.Mutex
	databases remembered[[]client.Database]
	tables    map[string]remembered[[]client.Table]
}

// remembered is something with the time from which on it is to be asked for again.
type remembered[T any] struct {
	value T
	until time.Time
}

func newSchemas(from Databases) *schemas {
	return &schemas{from: from, tables: map[string]remembered[[]client.Table]{}}
}

// databaseNames lists the databases; none if that cannot be told in time.
func (s *schemas) databaseNames(ctx context.Context) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if time.Now().After(s.databases.until) {
		ctx, cancel := context.WithTimeout(ctx, schemaPatience)
		defer cancel()
		databases, err := s.from.Databases(ctx)
		if err != nil {
			return nil // somebody is typing: there is nobody to tell
		}
		s.databases = remembered[[]client.Database]{databases, time.Now().Add(schemaAge)}
	}
	var names []string
	for _, database := range s.databases.value {
		names = append(names, database.Name)
	}
	return names
}

// tablesOf lists the tables of a database; none if that cannot be told in time.
func (s *schemas) tablesOf(ctx context.Context, database string) []client.Table {
	s.mu.Lock()
	defer s.mu.Unlock()
	known, ok := s.tables[database]
	if ok && time.Now().Before(known.until) {
		return known.value
	}
	ctx, cancel := context.WithTimeout(ctx, schemaPatience)
	defer cancel()
	tables, err := s.from.Tables(ctx, database)
	if err != nil {
		return known.value // what was known before is better than nothing
	}
	s.tables[database] = remembered[[]client.Table]{tables, time.Now().Add(schemaAge)}
	return tables
}
