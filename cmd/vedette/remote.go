package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/config"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/telemetry"
)

const (
	serverVariable = "VEDETTE_SERVER"
	tokenVariable  = "VEDETTE_TOKEN"
	adminVariable  = "VEDETTE_ADMIN_TOKEN"
	defaultServer  = "http://127.0.0.1:8000"
)

// remote is a command that asks a server.
type remote struct {
	settings *settings
	server   string
	format   *cli.Choice
}

// session is one call of such a command.
type session struct {
	*client.Client
	// out is for what was asked for, messages for what people should know besides.
	out, messages *cli.Output
}

// newRemote makes a command that asks a server; do gets its arguments.
func newRemote(s *settings, command *cobra.Command, do func(ctx context.Context, s *session, args []string) error) *cobra.Command {
	r := &remote{settings: s, format: cli.NewChoice(cli.FormatTable, cli.Formats()...)}
	r.addServer(command)
	addOutput(command, r.format)
	command.RunE = func(cmd *cobra.Command, args []string) error {
		c, err := r.connect(0)
		if err != nil {
			return err
		}
		defer c.Close()
		call := &session{
			Client:   c,
			out:      cli.NewOutput(cmd.OutOrStdout(), r.format.String(), os.LookupEnv),
			messages: cli.NewOutput(cmd.ErrOrStderr(), cli.FormatTable, os.LookupEnv),
		}
		err = do(cmd.Context(), call, args)
		if isLocal(err) {
			return err
		}
		return cli.Explain(cmd.Context(), c, telemetry.ReadBuild().Version, err)
	}
	return command
}

// localError is an error with which the server has nothing to do.
type localError struct{ error }

func (e localError) Unwrap() error { return e.error }

func isLocal(err error) bool {
	_, local := errors.AsType[localError](err)
	_, usage := errors.AsType[usageError](err)
	return local || usage
}

func (r *remote) addServer(command *cobra.Command) {
	command.Flags().StringVar(&r.server, "server", "", fmt.Sprintf("address of the server (default: what %s says, or %s)", serverVariable, defaultServer))
}

// connect makes a client; timeout bounds each call, 0: the client's own bound.
// The server's address and the token come from the environment, and need no
// configuration that is right.
func (r *remote) connect(timeout time.Duration) (*client.Client, error) {
	if r.settings.noServer && r.server == "" {
		return nil, localError{errors.New("this takes a server, and the shell does without one: --server says where one is")}
	}
	lookup, err := config.Lookup(config.LoadOptions{EnvFile: r.settings.envFile, Environ: os.Environ()})
	if err != nil {
		return nil, err
	}
	server, _, err := lookup(serverVariable)
	if err != nil {
		return nil, err
	}
	address := cmp.Or(r.server, r.settings.server, server, defaultServer)
	token, err := tokenFor(address, lookup)
	if err != nil {
		return nil, err
	}
	c, err := client.New(client.Config{
		Server:  address,
		Token:   token,
		Timeout: timeout,
	})
	if err != nil {
		return nil, usageError{err}
	}
	return c, nil
}

// tokenFor is what a server is sent: VEDETTE_TOKEN, or else, on this machine, the
// token with which its server was started, as the file of variables that the two
// share has it. To other machines nobody's administrator is sent unasked.
func tokenFor(address string, lookup func(string) (string, bool, error)) (monitor.Secret, error) {
	token, _, err := lookup(tokenVariable)
	if err == nil && token == "" && isOwnMachine(address) {
		token, _, err = lookup(adminVariable)
	}
	return monitor.NewSecret(token), err
}

func isOwnMachine(address string) bool {
	parsed, err := url.Parse(address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(parsed.Hostname())
	return parsed.Hostname() == "localhost" || (ip != nil && ip.IsLoopback())
}
