package shoutrrr

import (
	"context"
	"io"
	"log"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/nicholas-fedor/shoutrrr/pkg/router"
	lib "github.com/nicholas-fedor/shoutrrr/pkg/services/chat/telegram"
	"github.com/nicholas-fedor/shoutrrr/pkg/types"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
)

// services are those of which it was seen that they give an error whenever a message
// is not taken. It is not so for all: one that is not here may lose an alert without
// anybody noticing.
var services = map[string]bool{
	"bark": true, "discord": true, "googlechat": true, "gotify": true, "ifttt": true, "join": true, "lark": true,
	"matrix": true, "mattermost": true, "ntfy": true, "opsgenie": true, "pushbullet": true, "pushover": true,
	"rocketchat": true, "signal": true, "teams": true, "telegram": true, "wecom": true, "zulip": true,
}

// others have a plugin of their own here, which can do more.
var others = map[string]string{"slack": "slack", "pagerduty": "pagerduty", "smtp": "email", "generic": "webhook"}

// client is one service; it is used by one goroutine at a time.
type client interface {
	// send may ignore the context.
	send(ctx context.Context, text string) error
}

// library is a service of the library.
type library struct {
	service types.Service
}

func (l library) send(_ context.Context, text string) error {
	return l.service.Send(text, &types.Params{})
}

// openService reads the URL of a service.
func openService(config notify.Config, address monitor.Secret) (string, client, error) {
	parsed, err := url.Parse(address.Reveal())
	if err != nil || parsed.Scheme == "" {
		return "", nil, config.Settings.Errorf("url", "it has to look like ntfy://ntfy.example.com/topic")
	}
	name, _, _ := strings.Cut(parsed.Scheme, "+")
	if other, ok := others[name]; ok {
		return "", nil, config.Settings.Errorf("url", "%s is reached by the plugin %s, which can do more", name, other)
	}
	if !services[name] {
		return "", nil, config.Settings.Errorf("url", "it has to begin with one of %s", strings.Join(slices.Sorted(maps.Keys(services)), ", "))
	}
	silent, err := router.New(log.New(io.Discard, "", 0))
	if err != nil {
		return "", nil, config.Settings.Errorf("url", "%s cannot be used", name)
	}
	service, err := silent.Locate(address.Reveal())
	if err != nil {
		// What the library says of it repeats the URL.
		return "", nil, config.Settings.Errorf("url", "it is not complete, or not in the form of %s: see https://shoutrrr.nickfedor.com/services/overview", name)
	}
	if chat, ok := service.(*lib.Service); ok {
		return openTelegram(config, chat.GetConfig())
	}
	return name, library{service}, nil
}
