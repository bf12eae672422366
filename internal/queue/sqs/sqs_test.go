package sqs_test

import (
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/queue"
	"github.com/vedettehq/vedette/internal/queue/queuetest"
	"github.com/vedettehq/vedette/internal/queue/sqs"
	"github.com/vedettehq/vedette/internal/testenv"
)

func TestMain(m *testing.M) { testenv.Main(m) }

// visibility is the shortest that leaves a slow machine time to acknowledge.
const visibility = 2 * time.Second

func TestConformance(t *testing.T) {
	t.Parallel()
	queuetest.Run(t, queuetest.Driver{
		Open: func(tb testing.TB) queuetest.Instance {
			tb.Helper()
			settings := fresh(tb)
			return queuetest.Instance{
				Queue: open(tb, settings),
				Again: func() queue.Queue { return open(tb, settings) },
			}
		},
		Visibility: visibility,
		Latency:    time.Second,
	})
}

// fresh are the settings of two queues that do not exist yet.
func fresh(tb testing.TB) queue.SQS {
	tb.Helper()
	name := "vedette-test-" + uuid.NewString()
	return queue.SQS{
		Executions:      name + "-executions",
		Deliveries:      name + "-deliveries",
		CreateQueue:     true,
		Region:          "us-east-1",
		AccessKeyID:     monitor.NewSecret("AKIAIOSFODNN7EXAMPLE"),
		SecretAccessKey: monitor.NewSecret("hunter2"),
		Endpoint:        testenv.SQS(tb),
	}
}

func open(tb testing.TB, settings queue.SQS) queue.Queue {
	tb.Helper()
	q, err := sqs.Open(tb.Context(), queue.Config{Logger: slog.New(slog.DiscardHandler), SQS: settings}, sqs.Config{Visibility: visibility})
	require.NoError(tb, err)
	tb.Cleanup(func() { require.NoError(tb, q.Close()) })
	return q
}
