//go:build !custom || store || store.sqlite

package plugins

import (
	"context"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/sqlite"
)

func init() {
	stores.Register("sqlite", func(ctx context.Context, address monitor.Secret, config store.Config) (store.Database, error) {
		return sqlite.Open(ctx, address, config)
	})
}
