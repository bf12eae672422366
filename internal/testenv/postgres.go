package testenv

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgerrcode"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
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
	admin := os.Getenv(EnvPostgres)
	if admin == "" {
		own.once.Do(func() { own.server, own.err = StartPostgres(t.Context(), Fast) })
		if own.err != nil {
			Skip(t, "a PostgreSQL server", howPostgres+" ("+own.err.Error()+")")
		}
		admin = own.server.URL
	}
	name := "vedette_test_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	if err := create(t.Context(), admin, name); err != nil {
		t.Fatalf("create a test database: %v", err)
	}
	t.Cleanup(func() {
		if err := Exec(context.Background(), admin, "drop database if exists "+name+" with (force)"); err != nil {
			t.Errorf("drop the test database: %v", err)
		}
	})
	return WithDatabase(admin, name)
}

// create copies files, which takes half of the time that it takes to log the
// copying; servers before version 15 do so without being told.
func create(ctx context.Context, admin, name string) error {
	err := Exec(ctx, admin, "create database "+name+" strategy file_copy")
	if refused, ok := errors.AsType[*pgconn.PgError](err); ok && refused.Code == pgerrcode.SyntaxError {
		return Exec(ctx, admin, "create database "+name)
	}
	return err
}

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
	if own.server == nil {
		return
	}
	if err := own.server.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, "stop the test server:", err)
	}
}
