package postgres

import (
	"context"
	"errors"

	migrate "github.com/golang-migrate/migrate/v4/database"
	driver "github.com/golang-migrate/migrate/v4/database/pgx/v5"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/vedettehq/vedette/internal/store/sqlstore"
	"github.com/vedettehq/vedette/migrations"
)

// newMigrator migrates under an advisory lock, on which processes that migrate at
// the same time wait for each other.
func newMigrator(database *database, config *pgx.ConnConfig) *sqlstore.Migrator {
	steps := migrations.Postgres()
	return &sqlstore.Migrator{
		Steps:     steps,
		Newest:    migrations.Newest(steps),
		Needs:     migrations.Needs,
		Database:  database,
		HasTable:  `select to_regclass($1) is not null`,
		Translate: translate,
		Connect: func(context.Context) (migrate.Driver, error) {
			db := stdlib.OpenDB(*config)
			connected, err := driver.WithInstance(db, &driver.Config{})
			if err != nil {
				return nil, errors.Join(err, db.Close())
			}
			return connected, nil
		},
	}
}
