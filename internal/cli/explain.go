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
		return err
	case monitor.CodeInternal, monitor.CodeInvalid, monitor.CodeNotFound:
		return explainVersion(ctx, c, version, err)
	default:
		return err
	}
}

// explainVersion asks the server for its version, as one that differs may be why
// the two do not understand each other.
func explainVersion(ctx context.Context, c *client.Client, version string, err error) error {
	if ctx.Err() != nil {
		return err
	}
	limited, cancel := context.WithTimeoutCause(ctx, askVersion, errors.New("no version within "+askVersion.String()))
	defer cancel()
	status, statusErr := c.Status(limited)
	if statusErr != nil || status.Version == "" || status.Version == version {
		return err
	}
	return fmt.Errorf("%w (the server is version %s, this command %s)", err, oneLine(status.Version), version)
}
