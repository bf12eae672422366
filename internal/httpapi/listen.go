package httpapi

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"syscall"
)

// checkAccess refuses to serve others than the machine itself before anybody can
// prove who they are.
func checkAccess(config Config) error {
	if config.Auth == AuthNone {
		return nil
	}
	host, _, err := net.SplitHostPort(config.Address)
	if err != nil {
		return fmt.Errorf("http_server.address: %w", err)
	}
	if !isLoopback(host) {
		return fmt.Errorf("http_server.address: %s can be reached from other machines, and this version has no tokens by which to tell who comes: "+
			"listen on 127.0.0.1, or set http_server.auth to none, which makes everybody administrator", config.Address)
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
