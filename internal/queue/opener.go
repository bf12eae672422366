package queue

import (
	"context"
	"log/slog"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Driver makes queues of one kind.
type Driver struct {
	// Open connects to the queue. What cannot work at all, such as wrong
	// credentials, is an error here; errors never repeat a secret.
	Open func(ctx context.Context, config Config) (Queue, error)
	// Shared tells whether several processes can use the same queue.
	Shared bool
}

// Config is what queues are opened with. Each kind takes what it needs.
type Config struct {
	Logger     *slog.Logger
	Registerer prometheus.Registerer
	// Database is the address of the application database.
	Database monitor.Secret
	SQS      SQS
}

// SQS says which queues of Amazon SQS to use, and as whom.
type SQS struct {
	// Executions and Deliveries are the names or the URLs of the lanes' queues.
	Executions, Deliveries string
	// CreateQueue has queues that do not exist created.
	CreateQueue bool

	Region string
	// AccessKeyID, SecretAccessKey and SessionToken are the credentials. Without
	// them those are used that the machine itself has.
	AccessKeyID, SecretAccessKey, SessionToken monitor.Secret
	// Endpoint is the URL of another server that speaks SQS; empty: Amazon's.
	Endpoint string
}
