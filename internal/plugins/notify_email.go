//go:build !custom || notify || notify.email

package plugins

import "github.com/vedettehq/vedette/internal/notify/email"

func init() { targets.Register("email", email.Driver()) }
