package postgres

import (
	"time"

	"github.com/vedettehq/vedette/internal/store/sqlstore"
)

// Wrap puts something between the statements and the database.
func (s *Store) Wrap(wrap func(sqlstore.Database) sqlstore.Database) {
	s.Store = sqlstore.New(wrap(s.database), newDialect(), s.Now)
}

// Forget has the store know no more than one that was just opened.
func (s *Store) Forget() { s.Wrap(func(d sqlstore.Database) sqlstore.Database { return d }) }

// SetPatience changes how long a call may take.
func (s *Store) SetPatience(d time.Duration) { s.database.patience = d }

// Translate gives errors their code.
func Translate(err error) error { return translate(err) }
