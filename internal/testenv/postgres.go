package testenv

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const howPostgres = "install PostgreSQL's server binaries, or set " + EnvPostgres + " to the address of a server on which databases may be created"

// own is the server that this process started, if it had to.
var own struct {
	once   sync.Once
	server *Server
	err    error
}

// Postgres gives the address of a new, empty database that is dropped when the
// test ends. It skips the test where there is no server.
func Postgres(t testing.TB) string {
	t.Helper()
	return copyOf(t, server(t), "template1")
}

// Template is a database that is prepared once, by the first test that needs it, and
// of which other tests get copies: copying takes a fraction of preparing.
type Template struct {
	// Prepare fills the empty database at an address, and leaves no connection open.
	Prepare func(ctx context.Context, address string) error

	once sync.Once
	name string
	err  error
}

// Postgres gives the address of a copy that is dropped when the test ends. It skips
// the test where there is no server.
func (p *Template) Postgres(t testing.TB) string {
	t.Helper()
	address := server(t)
	p.once.Do(func() {
		ctx := context.WithoutCancel(t.Context())
		p.name = databaseName()
		if p.err = databases.create(ctx, address, p.name, "template1"); p.err != nil {
			return
		}
		databases.keep(p.name)
		p.err = p.Prepare(ctx, WithDatabase(address, p.name))
	})
	if p.err != nil {
		t.Fatalf("prepare a test database: %v", p.err)
	}
	return copyOf(t, address, p.name)
}

// server gives the address of the server on which databases are made.
func server(t testing.TB) string {
	t.Helper()
	if address := os.Getenv(EnvPostgres); address != "" {
		return address
	}
	own.once.Do(func() { own.server, own.err = StartPostgres(t.Context(), Fast) })
	if own.err != nil {
		Skip(t, "a PostgreSQL server", howPostgres+" ("+own.err.Error()+")")
	}
	return own.server.URL
}

func copyOf(t testing.TB, address, template string) string {
	t.Helper()
	name := databaseName()
	if err := databases.create(context.WithoutCancel(t.Context()), address, name, template); err != nil {
		t.Fatalf("create a test database: %v", err)
	}
	t.Cleanup(func() {
		if err := databases.drop(context.Background(), address, name); err != nil {
			t.Errorf("drop the test database: %v", err)
		}
	})
	return WithDatabase(address, name)
}

func databaseName() string { return "vedette_test_" + strings.ReplaceAll(uuid.NewString(), "-", "") }

// WithDatabase gives the address of another database on the same server.
func WithDatabase(address, name string) string {
	u, err := url.Parse(address)
	if err != nil {
		panic(fmt.Sprintf("testenv: %s is no address", EnvPostgres))
	}
	u.Path = "/" + name
	return u.String()
}

// Exec runs one statement on a connection of its own.
func Exec(ctx context.Context, address, sql string) error {
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, sql)
	if closeErr := conn.Close(ctx); err == nil {
		err = closeErr
	}
	return err
}

func stopOwnServer() {
	if err := databases.close(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "drop the test databases:", err)
	}
	if own.server == nil {
		return
	}
	if err := own.server.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, "stop the test server:", err)
	}
}
