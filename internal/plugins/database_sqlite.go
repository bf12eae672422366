//go:build !custom || database || database.sqlite

package plugins

import "github.com/vedettehq/vedette/internal/datasource/sqlite"

func init() { databases.Register("sqlite", sqlite.Open) }
