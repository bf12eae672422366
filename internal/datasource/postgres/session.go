package postgres

import (
	"context"
	"errors"
	"math"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/monitor"
)

// statementName is what a query is prepared as. It is not the unnamed statement,
// which looking up types would replace.
const statementName = "vedette_query"

// settings makes values print in one way whatever the role and the database are
// set to. The server's own timeout is a backstop, for when this process is gone.
// To have run this query is what fixes the transaction as read only.
const settings = `select set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, YMD', true),
	set_config('IntervalStyle', 'postgres', true), set_config('extra_float_digits', '1', true),
	set_config('bytea_output', 'hex', true), set_config('statement_timeout', $1, true)`

// backstop is how much later than the query's own timeout the server's comes.
const backstop = time.Second

// endTimeout bounds the resetting of a connection.
const endTimeout = 5 * time.Second

// session is one query's use of a connection.
type session struct {
	conn  *pgconn.PgConn
	types *types
	// cut is true if the statement was cancelled: then the connection is not used
	// again, since a request to cancel may still be on its way to it.
	cut bool
}

// begin starts a transaction that can only read and prepares the statement in it:
// one round trip.
func (s *session) begin(ctx context.Context, sql string) (*pgconn.StatementDescription, error) {
	pipeline := s.conn.StartPipeline(ctx)
	pipeline.SendQueryParams("begin read only", nil, nil, nil, nil)
	pipeline.SendQueryParams(settings, [][]byte{serverTimeout(ctx)}, nil, nil, nil)
	pipeline.SendPrepare(statementName, sql, nil)
	prepared, err := (*pgconn.StatementDescription)(nil), pipeline.Sync()
	for range 3 {
		if err != nil {
			break
		}
		var result any
		result, err = pipeline.GetResults()
		switch result := result.(type) {
		case *pgconn.ResultReader:
			_, err = result.Close()
		case *pgconn.StatementDescription:
			prepared = result
		}
	}
	if closeErr := pipeline.Close(); err == nil {
		err = closeErr
	}
	s.cut = ctx.Err() != nil
	return prepared, err
}

func serverTimeout(ctx context.Context) []byte {
	deadline, ok := ctx.Deadline()
	if !ok {
		return []byte("0")
	}
	milliseconds := (time.Until(deadline) + backstop).Milliseconds()
	return strconv.AppendInt(nil, min(max(milliseconds, 1), math.MaxInt32), 10)
}

// run executes the prepared statement and reads its rows.
func (s *session) run(ctx context.Context, prepared *pgconn.StatementDescription, arguments []any, bounds datasource.Bounds) (monitor.Rows, error) {
	if len(prepared.Fields) == 0 {
		return nil, datasource.Refused("a statement that returns no columns")
	}
	if len(prepared.ParamOIDs) != len(arguments) {
		return nil, datasource.Mismatched(len(prepared.ParamOIDs), len(arguments))
	}
	columns, oids := make([]string, len(prepared.Fields)), make([]uint32, len(prepared.Fields))
	for i, field := range prepared.Fields {
		columns[i], oids[i] = field.Name, field.DataTypeOID
	}
	result, err := datasource.NewBuilder(columns, bounds)
	if err != nil {
		return nil, err
	}
	values, err := s.types.resolve(ctx, s.conn, append(oids, prepared.ParamOIDs...))
	if err != nil {
		return nil, err
	}
	parameters, err := encodeArguments(arguments, values[len(oids):])
	if err != nil {
		return nil, err
	}
	err = s.read(ctx, parameters, func(row [][]byte) error {
		return result.Add(func(dst []byte, column int) ([]byte, error) {
			return values[column].append(dst, row[column])
		})
	})
	return result.Rows(), err
}

// read hands each row over. If one is not taken the rest is not read.
func (s *session) read(ctx context.Context, parameters [][]byte, take func(row [][]byte) error) (err error) {
	ctx, giveUp := context.WithCancel(ctx)
	defer giveUp()
	defer func() { s.cut = ctx.Err() != nil }()
	reader := s.conn.ExecPrepared(ctx, statementName, parameters, nil, nil)
	for reader.NextRow() {
		if err := take(reader.Values()); err != nil {
			giveUp()
			_, closeErr := reader.Close()
			return errors.Join(err, closeErr)
		}
	}
	_, err = reader.Close()
	return err
}

// end rolls back and leaves nothing behind: one round trip. A connection that
// cannot be reset is closed, and the pool makes another one.
func (s *session) end(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), endTimeout)
	defer cancel()
	if s.conn.IsClosed() || !s.cut && s.reset(ctx) == nil {
		return
	}
	// What closing says adds nothing: either way the connection is not used again.
	_ = s.conn.Close(ctx)
}

func (s *session) reset(ctx context.Context) error {
	pipeline := s.conn.StartPipeline(ctx)
	pipeline.SendDeallocate(statementName)
	pipeline.SendQueryParams("rollback", nil, nil, nil, nil)
	pipeline.SendPipelineSync()
	pipeline.SendQueryParams("discard all", nil, nil, nil, nil)
	return errors.Join(pipeline.Sync(), pipeline.Close())
}
