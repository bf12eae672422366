package app

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/vedettehq/vedette/internal/config"
	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notifier"
	"github.com/vedettehq/vedette/internal/notify"
)

// openReceivers makes the targets of all receivers, without connecting to any.
func (a *App) openReceivers(context.Context) error {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(a.Config.Receivers)) {
		configured := a.Config.Receivers[name]
		receiver := notifier.Receiver{
			Name:     name,
			Throttle: notifier.Throttle{Max: configured.Throttle.Max, Per: configured.Throttle.Per},
		}
		for _, plugin := range slices.Sorted(maps.Keys(configured.Targets)) {
			target, err := a.openTarget(name, plugin, configured.Targets[plugin])
			if err != nil {
				errs = append(errs, err)
				continue
			}
			a.cleanups.add("close "+target.Key(), target.Release)
			receiver.Targets = append(receiver.Targets, target)
		}
		a.receivers = append(a.receivers, receiver)
	}
	return errors.Join(errs...)
}

// openTarget makes one target. Its settings may hold secrets, which its errors
// must not repeat.
func (a *App) openTarget(receiver, plugin string, settings config.TargetSettings) (notify.Target, error) {
	path := targetPath(receiver, plugin)
	driver, err := a.Plugins.Targets.Get(plugin)
	if err != nil {
		return nil, fmt.Errorf("%s: %s: %w", settings.Where, path, err)
	}
	target, err := driver.Open(notify.Config{
		Receiver: receiver,
		Settings: notify.Settings{Path: path, JSON: monitor.Data(settings.JSON.Reveal())},
		Secret:   a.notifySecret,
		HTTP:     newNotifyClient(),
		Logger:   a.component("notify"),
		Product:  a.product(),
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", settings.Where, err)
	}
	return target, nil
}

// targetPath is where the settings of a target stand.
func targetPath(receiver, plugin string) string { return "receivers." + receiver + "." + plugin }

// product is what calls itself in requests to services.
func (a *App) product() string { return "vedette/" + a.Build.Version }

// notifySecret gives the variables of the environment that targets read by
// themselves.
func (a *App) notifySecret(name string) monitor.Secret {
	switch name {
	case "SLACK_TOKEN":
		return a.Config.Slack.Token
	case "SLACK_APP_TOKEN":
		return a.Config.Slack.AppToken
	default:
		return monitor.Secret{}
	}
}

// newNotifyClient makes the client for services of notifications. A redirect is
// not followed: it would carry credentials to who knows whom.
func newNotifyClient() *http.Client {
	return &http.Client{
		Timeout:       30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// makeNotifier makes what tells people. As receivers may be others than they were
// before this start, all alerts are looked at again.
func (a *App) makeNotifier(ctx context.Context) error {
	if a.Role.has(Controller) {
		if _, err := a.db.MarkAlerts(ctx, "", a.db.Now()); err != nil {
			return err
		}
	}
	a.notifier = notifier.New(notifier.Deps{
		Store:      a.db,
		Receivers:  a.receivers,
		Silencer:   notifier.Silences{Store: a.db},
		Logger:     a.component("notify"),
		Registerer: a.Registry,
	}, notifier.Config{
		URL:        a.Config.HTTPServer.URL,
		SaveEvents: lifecycle.SaveEvents(a.Config.SaveEvents),
	})
	return nil
}
