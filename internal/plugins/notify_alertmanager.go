//go:build !custom || notify || notify.alertmanager

package plugins

import "github.com/vedettehq/vedette/internal/notify/alertmanager"

func init() { targets.Register("alertmanager", alertmanager.Driver()) }
