//go:build !custom || notify || notify.shoutrrr

package plugins

import "github.com/vedettehq/vedette/internal/notify/shoutrrr"

func init() { targets.Register("shoutrrr", shoutrrr.Driver()) }
