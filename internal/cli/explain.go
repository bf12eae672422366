package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// askVersion bounds how long an error waits for the server's version.
const askVersion = 2 * time.Second

// Explain adds to an error of a call what may be behind it: that nobody listens
// there, or that the server is of another version than this program.
func Explain(ctx context.Context, c *client.Client, version string, err error) error {
	if err == nil {
		return nil
	}
	switch monitor.CodeOf(err) {
	case monitor.CodeUnavailable:
		if _, ok := errors.AsType[net.Error](err); ok {
			return fmt.Errorf("%w (--server or VEDETTE_SERVER says where vedette is)", err)
		}
	case monitor.CodeInternal, monitor.CodeInvalid, monitor.CodeNotFound:
		if ctx.Err() != nil {
			return err
		}
		limited, cancel := context.WithTimeout(ctx, askVersion)
		defer cancel()
		status, statusErr := c.Status(limited)
		if statusErr == nil && status.Version != "" && status.Version != version {
			return fmt.Errorf("%w (the server is version %s, this command %s)", err, oneLine(status.Version), version)
		}
	}
	return err
}
