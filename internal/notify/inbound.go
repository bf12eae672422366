package notify

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Listen takes what people say and press in a service, and has it done, until ctx
// ends. It reconnects by itself; the error is that it cannot until a person has
// mended something. It returns nil before that if it is not configured that anybody
// may act from there.
type Listen func(ctx context.Context, config InboundConfig, actions Actions) error

// InboundConfig is what listening takes.
type InboundConfig struct {
	// Settings are those of all targets of the service.
	Settings []Settings
	Secret   func(name string) monitor.Secret
	// HTTP is to be used for all that goes over HTTP.
	HTTP   *http.Client
	Logger *slog.Logger
	// Metrics may be nil.
	Metrics *InboundMetrics
	// Product is what calls itself in User-Agent: vedette/1.2.
	Product string
}

// Actions is what people may do from a chat. actor is who does it, such as
// slack:U024BE7LH (Jo). Errors are coded, and are told to that person.
type Actions interface {
	Acknowledge(ctx context.Context, actor string, alertID int64) error
	Lock(ctx context.Context, actor string, alertID int64) error
	Unlock(ctx context.Context, actor string, alertID int64) error
	SolveAlert(ctx context.Context, actor string, alertID int64) error
	DropIssue(ctx context.Context, actor string, issueID int64) error
	SetEnabled(ctx context.Context, actor, monitor string, enabled bool) error
	// Refresh makes tasks due now; 0: all that the monitor has.
	Refresh(ctx context.Context, actor, monitor string, tasks monitor.Tasks) error
	// Documentation is the monitor's README.md; empty: it has none.
	Documentation(ctx context.Context, monitor string) (string, error)
	// Resend marks the notifications of all active alerts as due, and says how many
	// alerts these are.
	Resend(ctx context.Context, actor string) (int, error)
}
