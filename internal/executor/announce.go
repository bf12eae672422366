package executor

import (
	"context"
	"log/slog"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/queue"
)

// manyEvents is how many events of one name are logged one by one.
const manyEvents = 5

// announce tells the world what was committed: the log, the metrics, whoever
// delivers events, and what tells people of alerts.
func (t *tenure) announce(ctx context.Context, x *execution, plan *monitor.Plan) {
	t.metrics.observe(x.MonitorName, plan, t.Store.Now())
	t.logEvents(ctx, x, plan.Events)
	end := plan.Execution
	if end.Status == monitor.ExecutionFailed {
		t.Logger.WarnContext(ctx, "execution failed", x.attributes(slog.String("error", end.Report.Error))...)
	} else {
		t.Logger.DebugContext(ctx, "execution ended", x.attributes(
			slog.Any("tasks", x.Execution.Tasks.Names()), slog.String("status", string(end.Status)))...)
	}
	if plan.Notify {
		t.Ring()
	}
	if !hasReactions(plan.Events) {
		return
	}
	// Should the bell not ring, deliveries are found by looking.
	message := queue.Message{Lane: queue.Deliveries, ID: x.Execution.ID}
	if err := t.Queue.Send(ctx, message); err != nil {
		t.Logger.WarnContext(ctx, "deliveries could not be announced", x.attributes(slog.Any("error", err))...)
	}
}

// logEvents logs each event, or just their number where there are many of a name.
func (t *tenure) logEvents(ctx context.Context, x *execution, events []monitor.Event) {
	counts := map[monitor.EventName]int{}
	for i := range events {
		counts[events[i].Name]++
	}
	for i := range events {
		event := &events[i]
		switch count := counts[event.Name]; {
		case count > manyEvents:
			counts[event.Name] = 0
			t.logEvent(ctx, event, slog.String("monitor", x.MonitorName), slog.Int("count", count))
		case count > 0:
			t.logEvent(ctx, event, eventAttributes(x.MonitorName, event)...)
		}
	}
}

func (t *tenure) logEvent(ctx context.Context, event *monitor.Event, attributes ...slog.Attr) {
	//nolint:sloglint // the names of events are as good as constants, and what people look for
	t.Logger.LogAttrs(ctx, slog.LevelInfo, string(event.Name), attributes...)
}

func eventAttributes(monitorName string, event *monitor.Event) []slog.Attr {
	attributes := []slog.Attr{slog.String("monitor", monitorName)}
	if issue := event.Issue; issue != nil {
		attributes = append(attributes, slog.Int64("issue_id", issue.ID), slog.String("model_id", issue.ModelID))
	}
	if alert := event.Alert; alert != nil {
		attributes = append(attributes, slog.Int64("alert_id", alert.ID), slog.String("priority", alert.Priority.String()))
	}
	if event.Extra.PreviousPriority != 0 {
		attributes = append(attributes, slog.String("previous_priority", event.Extra.PreviousPriority.String()))
	}
	if event.Extra.Reason != "" {
		attributes = append(attributes, slog.String("reason", string(event.Extra.Reason)))
	}
	return attributes
}

func hasReactions(events []monitor.Event) bool {
	for i := range events {
		if events[i].React {
			return true
		}
	}
	return false
}
