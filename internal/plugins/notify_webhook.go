//go:build !custom || notify || notify.webhook

package plugins

import "github.com/vedettehq/vedette/internal/notify/webhook"

func init() { targets.Register("webhook", webhook.Driver()) }
