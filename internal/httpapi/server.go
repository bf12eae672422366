package httpapi

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"
)

// Limits of a connection: somebody who is slow or sends too much must not hold
// up the others.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 30 * time.Second
	writeTimeout      = 60 * time.Second
	idleTimeout       = 2 * time.Minute
	maxHeaderBytes    = 32 << 10
)

// Server listens on one or two addresses.
type Server struct {
	config    Config
	logger    *slog.Logger
	endpoints []*endpoint
	// api is nil if only health is served.
	api *api
}

// endpoint is one address with what is served there.
type endpoint struct {
	// key is the configuration's name for the address.
	key      string
	address  string
	handler  http.Handler
	listener net.Listener
}

// New makes a server that does not listen yet.
func New(deps Deps, config Config) (*Server, error) {
	config.Grace = cmp.Or(config.Grace, grace)
	s := &Server{config: config, logger: deps.Logger}
	health := newHealth(deps)
	main := health.handler()
	if !config.HealthOnly {
		var err error
		if s.api, main, err = newAPI(deps, config, health); err != nil {
			return nil, err
		}
	}
	s.endpoints = append(s.endpoints, &endpoint{key: "http_server.address", address: config.Address, handler: main})
	if config.HealthAddress != "" {
		s.endpoints = append(s.endpoints, &endpoint{key: "http_server.health_address", address: config.HealthAddress, handler: health.handler()})
	}
	return s, nil
}

// Listen takes hold of the addresses, so that a process can fail before it does
// anything else. Connections wait until [Server.Run]. The error may also be about an
// address that must not be served because nobody could tell who comes.
func (s *Server) Listen(ctx context.Context) error {
	if s.api != nil {
		if err := s.api.access.checkAddress(ctx, s.config.Address); err != nil {
			return err
		}
	}
	for _, e := range s.endpoints {
		if e.listener != nil {
			continue
		}
		if err := e.listen(ctx); err != nil {
			return errors.Join(err, s.Close())
		}
	}
	return nil
}

// Close lets go of the addresses of a server that does not run, or not any more.
func (s *Server) Close() error {
	var errs []error
	for _, e := range s.endpoints {
		if e.listener == nil {
			continue
		}
		if err := e.listener.Close(); !errors.Is(err, net.ErrClosed) {
			errs = append(errs, err)
		}
		e.listener = nil
	}
	return errors.Join(errs...)
}

// Addr is the address that is listened on; empty before [Server.Listen].
func (s *Server) Addr() string { return s.endpoints[0].addr() }

// HealthAddr is the second address that is listened on; empty without one.
func (s *Server) HealthAddr() string {
	if len(s.endpoints) < 2 {
		return ""
	}
	return s.endpoints[1].addr()
}

func (e *endpoint) addr() string {
	if e.listener == nil {
		return ""
	}
	return e.listener.Addr().String()
}

// Run serves until ctx ends; requests that are under way then may end within the
// grace period. It listens if that was not done before, and can run once.
func (s *Server) Run(ctx context.Context) error {
	if err := s.Listen(ctx); err != nil {
		return err
	}
	s.announce(ctx)
	group, ctx := errgroup.WithContext(ctx)
	for _, e := range s.endpoints {
		group.Go(func() error { return s.serve(ctx, e) })
	}
	if s.api != nil {
		group.Go(func() error {
			s.api.run(ctx)
			return nil
		})
		defer s.api.wait()
	}
	return group.Wait()
}

// announce says where people can look, which is what somebody who started the
// process for the first time wants to know.
func (s *Server) announce(ctx context.Context) {
	if s.config.HealthOnly {
		s.logger.InfoContext(ctx, "serving health and metrics", slog.String("url", "http://"+s.Addr()))
		return
	}
	s.logger.InfoContext(ctx, "serving", slog.String("url", "http://"+s.Addr()))
	if s.config.Auth == AuthNone {
		s.logger.WarnContext(ctx, "http_server.auth is none: everybody who reaches the address is administrator",
			slog.String("address", s.Addr()))
	}
}

func (s *Server) serve(ctx context.Context, e *endpoint) error {
	server := &http.Server{
		Handler:           e.handler,
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(s.logger.Handler(), slog.LevelDebug),
		// Requests outlive the moment in which the server is asked to stop.
		BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	stopped := make(chan error, 1)
	release := context.AfterFunc(ctx, func() { stopped <- s.shutDown(ctx, server) })
	err := server.Serve(e.listener)
	if release() {
		return err
	}
	return <-stopped
}

// shutDown waits for the requests under way, and cuts off those that take too long.
func (s *Server) shutDown(ctx context.Context, server *http.Server) error {
	ctx, cancel := context.WithTimeoutCause(context.WithoutCancel(ctx), s.config.Grace, errors.New("requests took too long to end"))
	defer cancel()
	if err := server.Shutdown(ctx); err == nil {
		return nil
	}
	s.logger.WarnContext(ctx, "requests cut off: they took too long to end")
	return server.Close()
}
