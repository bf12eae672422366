package postgres

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/vedettehq/vedette/internal/pause"
	"github.com/vedettehq/vedette/internal/queue"
	"github.com/vedettehq/vedette/internal/telemetry"
)

// The pauses between attempts to listen: they double.
const (
	minPause = 500 * time.Millisecond
	maxPause = 30 * time.Second
)

// closeTimeout bounds saying goodbye to the server.
const closeTimeout = time.Second

// errPooled says that there is no use in listening.
var errPooled = errors.New("a connection pooler stands before the database")

// listen rings the bells at notifications, on a connection of its own, until ctx
// ends. While it cannot, receivers find messages by looking: it never fails.
func (q *Queue) listen(ctx context.Context) {
	trouble := telemetry.NewTrouble(q.logger, "listening for messages")
	for backoff := minPause; ctx.Err() == nil; backoff = min(2*backoff, maxPause) {
		err := q.listenOnce(ctx, func() {
			trouble.Note(ctx, nil)
			backoff = minPause
		})
		if errors.Is(err, errPooled) {
			q.logger.InfoContext(ctx, "messages are looked for, as notifications do not pass a connection pooler", slog.Duration("every", q.config.Poll))
			return
		}
		trouble.Note(ctx, err)
		_ = pause.For(ctx, backoff)
	}
}

// listenOnce listens on one connection until that breaks, or ctx ends. listening
// is called when it has begun.
func (q *Queue) listenOnce(ctx context.Context, listening func()) error {
	conn, err := pgx.ConnectConfig(ctx, q.pool.Config().ConnConfig)
	if err != nil {
		return translate(err)
	}
	defer func() {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTimeout)
		defer cancel()
		// Nothing is lost with a connection that cannot even be closed.
		_ = conn.Close(closing)
	}()
	if err := q.bounded(ctx, func(ctx context.Context) error { return subscribe(ctx, conn) }); err != nil {
		return err
	}
	listening()
	// What was sent before is found by looking now.
	for _, bell := range q.bells {
		bell.ring()
	}
	for {
		if err := conn.PgConn().WaitForNotification(ctx); err != nil {
			return translate(err)
		}
	}
}

// notified is called for notifications, on whichever connection they come.
func (q *Queue) notified(_ *pgconn.PgConn, notification *pgconn.Notification) {
	if bell, ok := q.bells[queue.Lane(notification.Payload)]; ok {
		bell.ring()
	}
}

// subscribe has the server send notifications, or finds that it cannot.
func subscribe(ctx context.Context, conn *pgx.Conn) error {
	if err := refusePooler(ctx, conn); err != nil {
		return err
	}
	_, err := conn.Exec(ctx, "listen "+channel)
	return err
}

// refusePooler tells a pooler by the process that it names as the server's. To
// listen through one would do nothing, or worse, have notifications sent to
// whoever is given that server process next.
func refusePooler(ctx context.Context, conn *pgx.Conn) error {
	var pid uint32
	if err := conn.QueryRow(ctx, `select pg_backend_pid()`).Scan(&pid); err != nil {
		return err
	}
	if pid != conn.PgConn().PID() {
		return errPooled
	}
	return nil
}
