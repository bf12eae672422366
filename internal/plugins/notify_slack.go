//go:build !custom || notify || notify.slack

package plugins

import "github.com/vedettehq/vedette/internal/notify/slack"

func init() { targets.Register("slack", slack.Driver()) }
