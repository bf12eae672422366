package controller

import (
	"context"
	"fmt"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/queue"
	"github.com/vedettehq/vedette/internal/store"
)

// statusInterval is how often the store and the queue are asked to count.
const statusInterval = 15 * time.Second

type metrics struct {
	claim       prometheus.Histogram
	claimed     prometheus.Counter
	lost        prometheus.Counter
	clockOffset prometheus.Gauge

	monitors     prometheus.Gauge
	enabled      prometheus.Gauge
	overdue      prometheus.Gauge
	oldestDue    prometheus.Gauge
	issues       prometheus.Gauge
	alerts       *prometheus.GaugeVec
	queued       prometheus.Gauge
	oldestQueued prometheus.Gauge
	executors    prometheus.Gauge
	undelivered  prometheus.Gauge
	dead         prometheus.Gauge

	waiting       *prometheus.GaugeVec
	oldestWaiting *prometheus.GaugeVec
}

func newMetrics(registerer prometheus.Registerer) *metrics {
	factory := promauto.With(registerer)
	gauge := func(name, help string) prometheus.Gauge {
		return factory.NewGauge(prometheus.GaugeOpts{Name: name, Help: help})
	}
	return &metrics{
		claim: factory.NewHistogram(prometheus.HistogramOpts{
			Name:    "vedette_claim_duration_seconds",
			Help:    "How long it took to claim a batch of due monitors.",
			Buckets: []float64{0.001, 0.005, 0.02, 0.1, 0.5, 2, 10},
		}),
		claimed: factory.NewCounter(prometheus.CounterOpts{
			Name: "vedette_executions_claimed_total",
			Help: "Executions that this process queued.",
		}),
		lost: factory.NewCounter(prometheus.CounterOpts{
			Name: "vedette_executions_lost_total",
			Help: "Executions that this process found lost.",
		}),
		clockOffset: factory.NewGauge(prometheus.GaugeOpts{
			Name:        "vedette_clock_offset_seconds",
			Help:        "By how much the store's clock is ahead of this process's.",
			ConstLabels: prometheus.Labels{"component": "controller"},
		}),
		monitors:     gauge("vedette_monitors", "Monitors that are not archived."),
		enabled:      gauge("vedette_monitors_enabled", "Monitors that are enabled."),
		overdue:      gauge("vedette_monitors_overdue", "Monitors that should have run by now."),
		oldestDue:    gauge("vedette_monitor_oldest_due_seconds", "For how long the monitor that is due for longest has waited to be queued."),
		issues:       gauge("vedette_issues_active", "Active issues."),
		queued:       gauge("vedette_executions_queued", "Executions that wait for an executor."),
		oldestQueued: gauge("vedette_execution_oldest_queued_seconds", "For how long the oldest of them has waited."),
		executors:    gauge("vedette_executors", "Executors whose lease is good."),
		undelivered:  gauge("vedette_events_undelivered", "Deliveries of events that are open."),
		dead:         gauge("vedette_events_dead", "Deliveries of events that failed for the last time."),
		alerts: factory.NewGaugeVec(prometheus.GaugeOpts{
			Name: "vedette_alerts_active",
			Help: "Active alerts, by their priority and whether they are acknowledged at it.",
		}, []string{"priority", "acknowledged"}),
		waiting: factory.NewGaugeVec(prometheus.GaugeOpts{
			Name: "vedette_queue_messages",
			Help: "Messages in the queue that nobody has acknowledged.",
		}, []string{"lane"}),
		oldestWaiting: factory.NewGaugeVec(prometheus.GaugeOpts{
			Name: "vedette_queue_oldest_message_seconds",
			Help: "For how long the oldest of them has been there, where the queue tells.",
		}, []string{"lane"}),
	}
}

// sampleStatus counts what the whole platform holds; each controller says the
// same.
func (c *Controller) sampleStatus(ctx context.Context) error {
	now := c.Store.Now()
	status, err := c.Store.Status(ctx, now)
	if err != nil {
		return err
	}
	c.metrics.setStatus(status, now)
	return nil
}

func (m *metrics) setStatus(s store.Status, now time.Time) {
	m.monitors.Set(float64(s.Monitors))
	m.enabled.Set(float64(s.EnabledMonitors))
	m.overdue.Set(float64(s.OverdueMonitors))
	m.oldestDue.Set(waited(s.OldestDueAt, now))
	m.issues.Set(float64(s.ActiveIssues))
	m.queued.Set(float64(s.QueuedExecutions))
	m.oldestQueued.Set(waited(s.OldestQueuedAt, now))
	m.executors.Set(float64(s.Executors))
	m.undelivered.Set(float64(s.OpenDeliveries))
	m.dead.Set(float64(s.DeadDeliveries))
	for _, priority := range monitor.Priorities {
		acknowledged := s.AcknowledgedAlerts[priority]
		m.alerts.WithLabelValues(priority.String(), "true").Set(float64(acknowledged))
		m.alerts.WithLabelValues(priority.String(), "false").Set(float64(s.ActiveAlerts[priority] - acknowledged))
	}
}

// waited is 0 for what does not wait.
func waited(since, now time.Time) float64 {
	if since.IsZero() {
		return 0
	}
	return now.Sub(since).Seconds()
}

// sampleQueue asks the queue what waits in it. A queue that is away says nothing:
// what was last known of it would be taken for how it is.
func (c *Controller) sampleQueue(ctx context.Context) error {
	measured, ok := c.Queue.(queue.Measured)
	if !ok {
		return nil
	}
	depths, err := measured.Measure(ctx)
	if err != nil {
		c.metrics.waiting.Reset()
		c.metrics.oldestWaiting.Reset()
		return fmt.Errorf("measure the queue: %w", err)
	}
	for lane, depth := range depths {
		c.metrics.waiting.WithLabelValues(string(lane)).Set(float64(depth.Messages))
		if depth.Oldest >= 0 {
			c.metrics.oldestWaiting.WithLabelValues(string(lane)).Set(depth.Oldest.Seconds())
		}
	}
	return nil
}
