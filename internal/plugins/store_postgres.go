//go:build !custom || store || store.postgres

package plugins

import (
	"context"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/postgres"
)

func init() {
	stores.Register("postgres", func(ctx context.Context, address monitor.Secret, config store.Config) (store.Database, error) {
		return postgres.Open(ctx, address, config)
	})
}
