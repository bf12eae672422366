package httpapi

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/monitor"
)

// Databases are those that monitors query: people may read from them, too, within
// the same bounds.
type Databases interface {
	// Names lists them, sorted.
	Names() []string
	Has(name string) bool
	// Kind is empty if it cannot be told.
	Kind(name string) string
	// Tables lists what there is to query. Errors are *monitor.Failure.
	Tables(ctx context.Context, name string) ([]datasource.Table, error)
	// Query runs a statement. Errors are *monitor.Failure.
	Query(ctx context.Context, q monitor.Query) (monitor.Rows, error)
}

const (
	// maxStatement bounds a statement with its arguments.
	maxStatement = 4 << 20
	// queryTimeout bounds a query whatever it and the configuration say.
	queryTimeout = 10 * time.Minute
	// rowsTimeout bounds how long it may take to send rows to somebody.
	rowsTimeout = 5 * time.Minute
)

func (a *api) registerQueries(databases Databases) {
	if databases == nil {
		databases = noDatabases{}
	}
	a.registerDatabases(databases)
	op := operation{
		method: http.MethodPost, path: "/api/v1/query", id: "run-query", role: Editor,
		summary: "Read from one of the databases that monitors query",
		timeout: unbounded, repeating: doneAgain,
	}.described()
	op.MaxBodyBytes = maxStatement
	op.Description += " The statement runs as one of a monitor would: in a read-only session, with the configured timeout and bound of rows." +
		" Closing the connection ends it."
	op.Responses = map[string]*huma.Response{"200": {
		Description: "The rows in stored form.",
		Content:     map[string]*huma.MediaType{"application/json": {Schema: a.schemaOf(reflect.TypeFor[client.QueryResult]())}},
	}}
	desk := newQueryDesk(databases)
	huma.Register(a.huma, op, func(_ context.Context, input *queryInput) (*huma.StreamResponse, error) {
		arguments, err := input.Body.Arguments()
		if err != nil {
			return nil, huma.Error422UnprocessableEntity(err.Error())
		}
		return &huma.StreamResponse{Body: func(ctx huma.Context) { //nolint:contextcheck // it brings the request's own
			a.answerQuery(ctx, desk, monitor.Query{
				Database: input.Body.Database,
				SQL:      input.Body.SQL,
				Args:     arguments,
				Timeout:  time.Duration(input.Body.Timeout * float64(time.Second)),
				MaxRows:  input.Body.MaxRows,
			})
		}}, nil
	})
	a.mayFail(op)
}

type queryInput struct{ Body client.Query }

// answerQuery runs a query and writes what it gave, or why it failed.
func (a *api) answerQuery(ctx huma.Context, desk *queryDesk, q monitor.Query) {
	r, w := humachi.Unwrap(ctx)
	// The bounds of a connection are made for requests that take moments: the one
	// of reading would end this one, for nothing more is to be read.
	control := http.NewResponseController(w)
	err := errors.Join(control.SetReadDeadline(time.Time{}), control.SetWriteDeadline(time.Now().Add(queryTimeout+rowsTimeout)))
	if err != nil {
		a.logger.WarnContext(r.Context(), "a query has less time than it should", slog.Any("error", err))
	}
	limited, cancel := context.WithTimeoutCause(r.Context(), queryTimeout, &monitor.Failure{
		Kind: monitor.FailureTimeout, Message: fmt.Sprintf("the query took longer than %s, the most there is for people", queryTimeout),
	})
	defer cancel()
	start := time.Now()
	rows, err := desk.query(limited, q)
	took := time.Since(start)
	a.noteQuery(r.Context(), &q, len(rows), took, err)
	if err != nil {
		ctx.SetHeader("Content-Type", "application/problem+json")
		ctx.SetStatus(http.StatusUnprocessableEntity)
		ignoreGone(0, writeJSON(w, failedQuery(err)))
		return
	}
	ctx.SetHeader("Content-Type", "application/json")
	ctx.SetStatus(http.StatusOK)
	ignoreGone(0, writeRows(w, rows, took))
}

// noteQuery logs who asked for what. Statements may hold what is nobody's
// business, so that only their length and a part of their hash is told: enough to
// find one again that is known.
func (a *api) noteQuery(ctx context.Context, q *monitor.Query, rows int, took time.Duration, err error) {
	sum := sha256.Sum256([]byte(q.SQL))
	attributes := []slog.Attr{
		slog.String("database", q.Database),
		slog.String("statement_sha256", hex.EncodeToString(sum[:8])), slog.Int("statement_bytes", len(q.SQL)),
		slog.Int("arguments", len(q.Args)), slog.Int("rows", rows), slog.Duration("duration", took),
	}
	if failure, ok := errors.AsType[*monitor.Failure](err); ok {
		attributes = append(attributes, slog.String("failure", string(failure.Kind)))
	}
	a.log(ctx).LogAttrs(ctx, slog.LevelInfo, "query by a person", attributes...)
}

// writeRows writes a [client.QueryResult] without holding all of it a second time.
func writeRows(w http.ResponseWriter, rows monitor.Rows, took time.Duration) error {
	out := bufio.NewWriterSize(w, 64<<10)
	separator := `{"rows":[`
	for _, row := range rows {
		_, err1 := out.WriteString(separator)
		_, err2 := out.WriteString(string(row))
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		separator = ","
	}
	if len(rows) > 0 {
		separator = ""
	}
	_, err := fmt.Fprintf(out, "%s],\"seconds\":%g}\n", separator, took.Seconds())
	return errors.Join(err, out.Flush())
}
