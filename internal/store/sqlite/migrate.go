package sqlite

import (
	"context"
	"database/sql"
	"errors"

	migrate "github.com/golang-migrate/migrate/v4/database"
	driver "github.com/golang-migrate/migrate/v4/database/sqlite"

	"github.com/vedettehq/vedette/internal/store/sqlstore"
	"github.com/vedettehq/vedette/migrations"
)

// newMigrator needs no lock for the steps beside the one on the file.
func newMigrator(file *database) *sqlstore.Migrator {
	steps := migrations.SQLite()
	return &sqlstore.Migrator{
		Steps:     steps,
		Newest:    migrations.Newest(steps),
		Needs:     migrations.Needs,
		Database:  file,
		HasTable:  `select exists (select 1 from sqlite_master where type = 'table' and name = $1)`,
		Translate: file.translate,
		Connect: func(context.Context) (migrate.Driver, error) {
			db, err := sql.Open("sqlite", dataSource(file.path))
			if err != nil {
				return nil, err
			}
			connected, err := driver.WithInstance(db, &driver.Config{})
			if err != nil {
				return nil, errors.Join(err, db.Close())
			}
			return connected, nil
		},
	}
}
