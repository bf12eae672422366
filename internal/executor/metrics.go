package executor

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"github.com/vedettehq/vedette/internal/monitor"
)

type metrics struct {
	executions   *prometheus.CounterVec
	running      prometheus.Gauge
	wait         prometheus.Histogram
	commit       prometheus.Histogram
	limitReached *prometheus.CounterVec
	lastSuccess  *prometheus.GaugeVec
	events       *prometheus.CounterVec
	clockOffset  prometheus.Gauge
}

func newMetrics(registerer prometheus.Registerer) *metrics {
	factory := promauto.With(registerer)
	return &metrics{
		executions: factory.NewCounterVec(prometheus.CounterOpts{
			Name: "vedette_executions_total",
			Help: "Executions that this process ended.",
		}, []string{"monitor", "result"}),
		running: factory.NewGauge(prometheus.GaugeOpts{
			Name: "vedette_executions_running",
			Help: "Executions under way in this process.",
		}),
		wait: factory.NewHistogram(prometheus.HistogramOpts{
			Name:    "vedette_execution_wait_seconds",
			Help:    "From the queuing of an execution until it was taken.",
			Buckets: []float64{0.005, 0.02, 0.05, 0.1, 0.5, 1, 5, 30, 120},
		}),
		commit: factory.NewHistogram(prometheus.HistogramOpts{
			Name:    "vedette_execution_commit_seconds",
			Help:    "How long attempts to commit a run took.",
			Buckets: []float64{0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60},
		}),
		limitReached: factory.NewCounterVec(prometheus.CounterOpts{
			Name: "vedette_issues_limit_reached_total",
			Help: "Searches that found more than max_issues_creation.",
		}, []string{"monitor"}),
		lastSuccess: factory.NewGaugeVec(prometheus.GaugeOpts{
			Name: "vedette_monitor_last_success_timestamp_seconds",
			Help: "When a whole execution last succeeded in this process.",
		}, []string{"monitor"}),
		events: factory.NewCounterVec(prometheus.CounterOpts{
			Name: "vedette_events_total",
			Help: "Events that runs committed.",
		}, []string{"event"}),
		clockOffset: factory.NewGauge(prometheus.GaugeOpts{
			Name:        "vedette_clock_offset_seconds",
			Help:        "By how much the store's clock is ahead of this process's.",
			ConstLabels: prometheus.Labels{"component": "executor"},
		}),
	}
}

// observe counts what was committed.
func (m *metrics) observe(name string, plan *monitor.Plan, now time.Time) {
	m.executions.WithLabelValues(name, string(plan.Execution.Status)).Inc()
	if plan.Execution.Proven {
		m.lastSuccess.WithLabelValues(name).Set(float64(now.UnixMilli()) / 1000)
	}
	if plan.Execution.Report.Truncated {
		m.limitReached.WithLabelValues(name).Inc()
	}
	for i := range plan.Events {
		m.events.WithLabelValues(string(plan.Events[i].Name)).Inc()
	}
}
