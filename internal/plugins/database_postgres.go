//go:build !custom || database || database.postgres

package plugins

import "github.com/vedettehq/vedette/internal/datasource/postgres"

func init() { databases.Register("postgres", postgres.Open) }
