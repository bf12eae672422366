package testenv

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Durability says what a server's commits survive, and so what they cost.
type Durability int

// The durabilities.
const (
	// Fast commits are lost with the server: for tests.
	Fast Durability = iota
	// Crashable commits survive a crash of the server, and none of the machine: for
	// tests of just that.
	Crashable
	// Durable has the server's defaults: for measurements.
	Durable
)

// Server is a PostgreSQL server that belongs to this process and listens on
// 127.0.0.1 only.
type Server struct {
	// URL is the address of its database postgres, as a superuser.
	URL string

	stop    func() error
	restart func(ctx context.Context, how os.Signal) error
}

// Restart ends the server, in order or as a crash would, and starts it again at
// the same address. That takes local binaries: Docker would give it another one.
func (s *Server) Restart(ctx context.Context, crash bool) error {
	if s.restart == nil {
		return errors.New("a server in Docker cannot be restarted at the same address")
	}
	// PostgreSQL's immediate shutdown, and its fast one.
	how := syscall.SIGINT
	if crash {
		how = syscall.SIGQUIT
	}
	if err := s.restart(ctx, how); err != nil {
		return err
	}
	return s.wait(ctx)
}

// CanRestart tells whether [Server.Restart] can work.
func (s *Server) CanRestart() bool { return s.restart != nil }

// Stop ends the server and removes its data.
func (s *Server) Stop() error { return s.stop() }

// StartPostgres starts a server from local binaries, or else in Docker.
func StartPostgres(ctx context.Context, durability Durability) (*Server, error) {
	initdb, err := findBinary("initdb")
	if err == nil {
		return startLocal(ctx, filepath.Dir(initdb), durability)
	}
	server, dockerErr := startDocker(ctx)
	if dockerErr != nil {
		return nil, errors.Join(err, dockerErr)
	}
	return server, nil
}

// findBinary looks on the PATH and where packages put server binaries that are
// not meant for it. The newest version wins.
func findBinary(name string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return path, nil
	}
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin/", "/usr/pgsql-*/bin/", "/opt/homebrew/opt/postgresql*/bin/", "/usr/local/opt/postgresql*/bin/"} {
		found, err := filepath.Glob(pattern + name)
		if err == nil && len(found) > 0 {
			return found[len(found)-1], nil
		}
	}
	return "", fmt.Errorf("%s not found", name)
}

func startLocal(ctx context.Context, bin string, durability Durability) (*Server, error) {
	dir, err := os.MkdirTemp("", "vedette-postgres-")
	if err != nil {
		return nil, err
	}
	attributes, err := unprivileged(dir)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	data := filepath.Join(dir, "data")
	initdb := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	initdb.SysProcAttr, initdb.Dir = attributes, dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, errors.Join(fmt.Errorf("initdb: %w: %s", err, out), os.RemoveAll(dir))
	}
	port, err := freePort()
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	local := &localServer{binary: filepath.Join(bin, "postgres"), dir: dir, attributes: attributes}
	local.arguments = []string{"-D", data, "-c", "listen_addresses=127.0.0.1", "-c", "port=" + strconv.Itoa(port), "-c", "unix_socket_directories=", "-c", "max_connections=300"}
	local.arguments = append(local.arguments, durability.settings()...)
	if err := local.start(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	server := &Server{
		URL:     fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", port),
		stop:    local.stop,
		restart: local.restart,
	}
	if err := server.wait(ctx); err != nil {
		return nil, errors.Join(err, server.stop(), errors.New(local.log.String()))
	}
	return server, nil
}

func startDocker(ctx context.Context) (*Server, error) {
	out, err := exec.CommandContext(ctx, "docker", "run", "--rm", "--detach", "--publish", "127.0.0.1::5432", "--env", "POSTGRES_HOST_AUTH_METHOD=trust", "postgres:17-alpine").Output()
	if err != nil {
		return nil, fmt.Errorf("docker run postgres: %w", err)
	}
	id := strings.TrimSpace(string(out))
	stop := func() error { return exec.Command("docker", "stop", id).Run() }
	published, err := exec.CommandContext(ctx, "docker", "port", id, "5432/tcp").Output()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("docker port: %w", err), stop())
	}
	address, _, _ := strings.Cut(string(published), "\n")
	server := &Server{URL: "postgres://postgres@" + address + "/postgres?sslmode=disable", stop: stop}
	if err := server.wait(ctx); err != nil {
		return nil, errors.Join(err, stop())
	}
	return server, nil
}

// wait returns when the server answers, or an error after 30 seconds.
func (s *Server) wait(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, 30*time.Second, errors.New("the server did not answer within 30s"))
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, s.URL)
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%w: %w", context.Cause(ctx), err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	port := listener.Addr().(*net.TCPAddr).Port
	return port, listener.Close()
}
