package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/config"
)

// newHealthcheck asks the process beside it, for containers: an image with
// nothing but this binary has no other tool that could.
func newHealthcheck(s *settings) *cobra.Command {
	var live bool
	var timeout time.Duration
	command := &cobra.Command{
		Use:   "healthcheck",
		Short: "Ask the process that runs with this configuration whether it is ready",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := s.load()
			if err != nil {
				return err
			}
			path := "/readyz"
			if live {
				path = "/livez"
			}
			url, err := healthURL(c.HTTPServer, path)
			if err != nil {
				return err
			}
			ctx, cancel := context.WithTimeoutCause(cmd.Context(), timeout, fmt.Errorf("no answer within %s", timeout))
			defer cancel()
			return askHealth(ctx, url)
		},
	}
	command.Flags().BoolVar(&live, "live", false, "only whether it runs, not whether it is ready")
	command.Flags().DurationVar(&timeout, "timeout", 5*time.Second, "longest wait for the answer")
	return command
}

// healthURL is where this machine reaches the health of a process: what listens
// on all addresses listens on the loopback one.
func healthURL(server config.HTTPServer, path string) (string, error) {
	address := server.HealthAddress
	if address == "" {
		address = server.Address
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return "", fmt.Errorf("find the address to ask: %w", err)
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port) + path, nil
}

func askHealth(ctx context.Context, url string) (err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return fmt.Errorf("ask for health: %w", err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		if cause := context.Cause(ctx); cause != nil {
			err = cause
		}
		return fmt.Errorf("ask %s: %w", url, err)
	}
	defer func() { err = errors.Join(err, response.Body.Close()) }()
	const enough = 4 << 10
	body, err := io.ReadAll(io.LimitReader(response.Body, enough))
	if err != nil {
		return fmt.Errorf("ask %s: %w", url, err)
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s: %s", url, response.Status, strings.TrimSpace(string(body)))
	}
	return nil
}
