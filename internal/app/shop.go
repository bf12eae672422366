package app

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"path/filepath"
	"strings"

	"github.com/vedettehq/vedette/internal/config"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/shop"
)

// shopName is the database that the examples query.
const shopName = "shop"

// openShop has the sample shop trade, where the examples are on and nobody gave
// them another shop.
func (a *App) openShop(ctx context.Context) error {
	if !a.Config.Monitors.LoadExamples {
		return nil
	}
	if _, given := a.Config.Databases.Addresses[shopName]; given {
		a.Logger.InfoContext(ctx, "examples query the configured database instead of the sample shop", slog.String("database", shopName))
		return nil
	}
	a.Config.Databases.Addresses = withShop(a.Config)
	if !a.Role.has(Controller) {
		return nil
	}
	sample, err := shop.Open(ctx, shopPath(a.Config), shop.Config{Logger: a.component("shop")})
	if err != nil {
		return fmt.Errorf("open the sample shop: %w", err)
	}
	a.cleanups.add("close the sample shop", sample.Close)
	a.parts = append(a.parts, part{"sample shop", sample.Run})
	return nil
}

// withShop gives the databases that monitors query: the sample shop is one of
// them if the examples are on.
func withShop(c config.Config) map[string]monitor.Secret {
	if _, given := c.Databases.Addresses[shopName]; given || !c.Monitors.LoadExamples {
		return c.Databases.Addresses
	}
	addresses := maps.Clone(c.Databases.Addresses)
	addresses[shopName] = monitor.NewSecret("sqlite://" + shopPath(c))
	return addresses
}

// shopPath is where the sample shop is kept: beside the embedded store.
func shopPath(c config.Config) string {
	directory := "data"
	if isEmbedded(c.ApplicationDatabase.Address) {
		_, path, _ := strings.Cut(c.ApplicationDatabase.Address.Reveal(), "://")
		directory = filepath.Dir(path)
	}
	return filepath.Join(directory, "shop.db")
}
