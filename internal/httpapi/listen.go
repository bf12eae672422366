package httpapi

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"syscall"
)

// checkAddress refuses to serve others than the machine itself before anybody can
// prove who they are.
func (a *access) checkAddress(ctx context.Context, address string) error {
	if a.none || a.local || a.admin.IsSet() {
		return nil
	}
	has, err := a.keys.hasToken(ctx)
	if err != nil {
		return fmt.Errorf("http_server.address: %s can be reached from other machines: %w", address, err)
	}
	if !has {
		return fmt.Errorf("http_server.address: %s can be reached from other machines, and there is no token by which to tell who comes: "+
			"set VEDETTE_ADMIN_TOKEN to a long random text, such as `openssl rand -hex 32` prints, or listen on 127.0.0.1, "+
			"or set http_server.auth to none, which makes everybody administrator", address)
	}
	return nil
}

// isLoopback tells whether a host can only mean the machine itself. Other names
// can be made to mean it by whoever owns them.
func isLoopback(host string) bool {
	if strings.EqualFold(strings.TrimSuffix(host, "."), "localhost") {
		return true
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return ip != nil && ip.IsLoopback()
}

// listen takes hold of the address, or says what to do about it.
func (e *endpoint) listen(ctx context.Context) error {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", e.address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("listen on %s: the address is in use: stop what listens there, or change %s", e.address, e.key)
	case errors.Is(err, syscall.EACCES):
		return fmt.Errorf("listen on %s: not allowed to use this port: change %s", e.address, e.key)
	case err != nil:
		return fmt.Errorf("listen on %s (%s): %w", e.address, e.key, err)
	}
	e.listener = listener
	return nil
}
