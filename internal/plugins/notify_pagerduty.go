//go:build !custom || notify || notify.pagerduty

package plugins

import "github.com/vedettehq/vedette/internal/notify/pagerduty"

func init() { targets.Register("pagerduty", pagerduty.Driver()) }
