package postgres_test

import (
	"bytes"
	"context"
	"io/fs"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/queue"
	"github.com/vedettehq/vedette/internal/queue/postgres"
	"github.com/vedettehq/vedette/internal/queue/queuetest"
	"github.com/vedettehq/vedette/internal/testenv"
	"github.com/vedettehq/vedette/migrations"
)

func TestMain(m *testing.M) { testenv.Main(m) }

const (
	visibility = time.Second
	latency    = 500 * time.Millisecond
)

func TestConformance(t *testing.T) {
	t.Parallel()
	conformance(t, func(_ testing.TB, address string) string { return address })
}

func TestConformance_ThroughATransactionPooler(t *testing.T) {
	t.Parallel()
	conformance(t, startPooler)
}

func conformance(t *testing.T, route func(tb testing.TB, address string) string) {
	t.Helper()
	queuetest.Run(t, queuetest.Driver{
		Open: func(tb testing.TB) queuetest.Instance {
			tb.Helper()
			direct := migrated.Postgres(tb)
			address := route(tb, direct)
			config := postgres.Config{Visibility: visibility, Poll: 100 * time.Millisecond}
			return queuetest.Instance{
				Queue:     open(tb, address, config),
				Again:     func() queue.Queue { return open(tb, address, config) },
				Interrupt: func() { interrupt(tb, direct) },
			}
		},
		Visibility: visibility,
		Latency:    latency,
	})
}

func TestReceive_WakesByNotification(t *testing.T) {
	t.Parallel()
	address := migrated.Postgres(t)
	// Without a notification this would take an hour.
	config := postgres.Config{Poll: time.Hour}
	sender, receiver := open(t, address, config), open(t, address, config)
	exchange(t, sender, receiver, 1)

	interrupt(t, address)
	require.Eventually(t, func() bool { return sender.Ping(t.Context()) == nil && listening(t, address) == 2 },
		20*time.Second, 20*time.Millisecond, "both listen anew")
	exchange(t, sender, receiver, 2)
}

// exchange sends a message once the receiver waits, and requires that it arrives.
func exchange(t *testing.T, sender, receiver queue.Queue, id int64) {
	t.Helper()
	received := make(chan []queue.Delivery)
	go func() {
		defer close(received)
		for t.Context().Err() == nil {
			// The first call may meet a connection that is broken.
			if got, err := receiver.Receive(t.Context(), queue.Executions, 1, time.Hour); err == nil {
				received <- got
				return
			}
		}
	}()
	require.NoError(t, sender.Send(t.Context(), queue.Message{Lane: queue.Executions, ID: id}))
	got := <-received
	require.Len(t, got, 1)
	require.Equal(t, id, got[0].Message.ID)
}

func TestOpen_SaysThatAPoolerIsInTheWay(t *testing.T) {
	t.Parallel()
	log := &lockedBuffer{}
	_, err := openLogged(t, startPooler(t, migrated.Postgres(t)), postgres.Config{}, log)
	require.NoError(t, err)
	require.Eventually(t, func() bool { return bytes.Contains(log.Bytes(), []byte("connection pooler")) },
		20*time.Second, 10*time.Millisecond)
}

func TestClean_RemovesWhatNobodyReceives(t *testing.T) {
	t.Parallel()
	address := migrated.Postgres(t)
	q := open(t, address, postgres.Config{Keep: time.Millisecond, CleanInterval: 20 * time.Millisecond})
	require.NoError(t, q.Send(t.Context(), queue.Message{Lane: queue.Executions, ID: 1}))
	require.Eventually(t, func() bool { return count(t, address, `select count(*) from queue_messages`) == 0 },
		20*time.Second, 10*time.Millisecond)
}

func TestReceive_CountsRedeliveries(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	q, err := postgres.Open(t.Context(), queue.Config{
		Logger: slog.New(slog.DiscardHandler), Registerer: registry, Database: monitor.NewSecret(migrated.Postgres(t)),
	}, postgres.Config{Visibility: 50 * time.Millisecond, Poll: 50 * time.Millisecond})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, q.Close()) })
	require.NoError(t, q.Send(t.Context(), queue.Message{Lane: queue.Executions, ID: 1}))
	for range 2 {
		got, err := q.Receive(t.Context(), queue.Executions, 1, 20*time.Second)
		require.NoError(t, err)
		require.Len(t, got, 1)
	}
	families, err := registry.Gather()
	require.NoError(t, err)
	require.Len(t, families, 1)
	require.Equal(t, "vedette_queue_redeliveries_total", families[0].GetName())
	require.InDelta(t, 1, families[0].GetMetric()[0].GetCounter().GetValue(), 0)
}

func TestOpen_SaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	empty := testenv.Postgres(t)
	tests := map[string]struct {
		address, message string
		code             monitor.Code
	}{
		"no PostgreSQL":    {"sqlite://data/vedette.db", "DATABASE_APPLICATION is no valid postgres://", monitor.CodeInternal},
		"malformed":        {"postgres://u:hunter2%zz@host/db", "DATABASE_APPLICATION is no valid postgres://", monitor.CodeInternal},
		"no such database": {testenv.WithDatabase(empty, "nowhere"), "does not exist on this server", monitor.CodeInvalid},
		"not migrated":     {empty, "run `vedette migrate up`", monitor.CodeSchema},
		"nobody listening": {"postgres://u:hunter2@127.0.0.1:1/db", "not available", monitor.CodeUnavailable},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := openLogged(t, test.address, postgres.Config{}, &lockedBuffer{})
			require.ErrorContains(t, err, test.message)
			require.Equal(t, test.code, monitor.CodeOf(err))
			require.NotContains(t, err.Error(), "hunter2")
			require.NotContains(t, err.Error(), "\n")
		})
	}
}

// migrated is a database with the queue's table.
var migrated = testenv.Template{Prepare: func(ctx context.Context, address string) error {
	step, err := fs.ReadFile(migrations.Postgres(), "000002_queue.up.sql")
	if err != nil {
		return err
	}
	return testenv.Exec(ctx, address, "create table schema_compatibility (version integer, compatible_from integer);"+string(step))
}}

func open(tb testing.TB, address string, config postgres.Config) queue.Queue {
	tb.Helper()
	q, err := openLogged(tb, address, config, &lockedBuffer{})
	require.NoError(tb, err)
	return q
}

func openLogged(tb testing.TB, address string, config postgres.Config, log *lockedBuffer) (queue.Queue, error) {
	tb.Helper()
	q, err := postgres.Open(tb.Context(), queue.Config{
		Logger: slog.New(slog.NewTextHandler(log, nil)), Database: monitor.NewSecret(address),
	}, config)
	if err != nil {
		return nil, err
	}
	tb.Cleanup(func() { require.NoError(tb, q.Close()) })
	return q, nil
}

// interrupt ends all connections to a database but its own.
func interrupt(tb testing.TB, address string) {
	tb.Helper()
	require.NoError(tb, testenv.Exec(tb.Context(), address,
		`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`))
}

// listening counts the connections whose last statement was to listen.
func listening(tb testing.TB, address string) int {
	tb.Helper()
	return count(tb, address, `select count(*) from pg_stat_activity where datname = current_database() and query like 'listen %'`)
}

func count(tb testing.TB, address, sql string) (n int) {
	tb.Helper()
	conn, err := pgx.Connect(tb.Context(), address)
	require.NoError(tb, err)
	require.NoError(tb, conn.QueryRow(tb.Context(), sql).Scan(&n))
	require.NoError(tb, conn.Close(tb.Context()))
	return n
}

// lockedBuffer is a log that can be read while it is written.
type lockedBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *lockedBuffer) Bytes() []byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	return bytes.Clone(b.text.Bytes())
}
