package floor

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	_ "modernc.org/sqlite" // the driver that the store uses
)

// sqlite is a DB in a file: one connection writes, others read.
type sqlite struct{ writer, readers *sql.DB }

var _ DB = (*sqlite)(nil)

// OpenSQLite opens or creates the file.
func OpenSQLite(path string, connections int) (DB, error) {
	const pragmas = "?_pragma=journal_mode(wal)&_pragma=synchronous(normal)&_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)"
	writer, err := sql.Open("sqlite", "file:"+path+pragmas+"&_txlock=immediate")
	if err != nil {
		return nil, err
	}
	writer.SetMaxOpenConns(1)
	readers, err := sql.Open("sqlite", "file:"+path+pragmas)
	if err != nil {
		return nil, errors.Join(err, writer.Close())
	}
	readers.SetMaxOpenConns(connections)
	readers.SetMaxIdleConns(connections)
	return &sqlite{writer: writer, readers: readers}, nil
}

// Do runs a lone select on a reader, everything else in a transaction of the writer.
func (s *sqlite) Do(ctx context.Context, statements ...Statement) (err error) {
	if len(statements) == 1 && strings.HasPrefix(statements[0].SQL, "select") {
		return s.read(ctx, s.readers, statements[0])
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, tx.Rollback())
		}
	}()
	for _, statement := range statements {
		if err := s.read(ctx, tx, statement); err != nil {
			return err
		}
	}
	return tx.Commit()
}

type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// numbered makes parameters numbered: to SQLite $1 is a name.
var numbered = strings.NewReplacer("$1", "?1", "$2", "?2", "$3", "?3", "$4", "?4", "$5", "?5", "$6", "?6")

// read runs a statement and reads its rows.
func (s *sqlite) read(ctx context.Context, on queryer, statement Statement) (err error) {
	rows, err := on.QueryContext(ctx, numbered.Replace(expand(s, statement.SQL)), statement.Args...)
	if err != nil {
		return fmt.Errorf("%s: %w", statement.SQL, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values := make([]any, len(columns))
	for i := range values {
		values[i] = new(sql.RawBytes)
	}
	for rows.Next() {
		if err := rows.Scan(values...); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Close releases the connections.
func (s *sqlite) Close() error { return errors.Join(s.readers.Close(), s.writer.Close()) }

func (s *sqlite) rows(columns string) string {
	var list []string
	for column := range strings.SplitSeq(columns, ", ") {
		name, kind, _ := strings.Cut(column, " ")
		arrow := "->>"
		if kind == "json" {
			arrow = "->"
		}
		list = append(list, "value"+arrow+"'$."+name+"' as "+name)
	}
	return "(select " + strings.Join(list, ", ") + " from json_each($1)) r"
}

func (s *sqlite) words() map[string]string {
	return map[string]string{
		"id":   "integer primary key",
		"time": "integer",
		"json": "text",
		"lock": "",
		"skip": "",
	}
}
