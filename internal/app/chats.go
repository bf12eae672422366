package app

import (
	"context"
	"maps"
	"slices"

	"github.com/vedettehq/vedette/internal/acting"
	"github.com/vedettehq/vedette/internal/controller"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
)

// chats are the services of the configured receivers in which people can act.
func (a *App) chats() []controller.Chat {
	settings := map[string][]notify.Settings{}
	for _, receiver := range slices.Sorted(maps.Keys(a.Config.Receivers)) {
		for plugin, configured := range a.Config.Receivers[receiver].Targets {
			settings[plugin] = append(settings[plugin], notify.Settings{
				Path: targetPath(receiver, plugin), JSON: monitor.Data(configured.JSON.Reveal()),
			})
		}
	}
	actions := acting.New(a.audible(), a.component("chat")).Chat()
	metrics := notify.NewInboundMetrics(a.Registry)
	var chats []controller.Chat
	for _, plugin := range slices.Sorted(maps.Keys(settings)) {
		// What is not compiled in was refused when the receivers were opened.
		driver, err := a.Plugins.Targets.Get(plugin)
		if err != nil || driver.Listen == nil {
			continue
		}
		config := notify.InboundConfig{
			Settings: settings[plugin],
			Secret:   a.notifySecret,
			HTTP:     newNotifyClient(),
			Logger:   a.component("chat"),
			Metrics:  metrics,
			Product:  a.product(),
		}
		chats = append(chats, controller.Chat{Name: plugin, Listen: func(ctx context.Context) error {
			return driver.Listen(ctx, config, actions)
		}})
	}
	return chats
}
