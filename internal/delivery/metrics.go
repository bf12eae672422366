package delivery

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"github.com/vedettehq/vedette/internal/monitor"
)

// result is the label by which attempts are told apart.
type result string

const (
	succeeded result = "succeeded"
	failed    result = "failed" // and to be tried again
	dead      result = "dead"
)

type metrics struct {
	attempts  *prometheus.CounterVec
	durations *prometheus.HistogramVec
}

func newMetrics(registerer prometheus.Registerer) *metrics {
	factory := promauto.With(registerer)
	return &metrics{
		attempts: factory.NewCounterVec(prometheus.CounterOpts{
			Name: "vedette_delivery_attempts_total",
			Help: "Attempts to tell a target about an event.",
		}, []string{"monitor", "event", "target", "result"}),
		durations: factory.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "vedette_delivery_duration_seconds",
			Help:    "How long attempts to tell a target took.",
			Buckets: []float64{0.001, 0.01, 0.1, 1, 5, 30},
		}, []string{"target", "result"}),
	}
}

func (m *metrics) observe(d *monitor.Delivery, v verdict, took time.Duration) {
	m.attempts.WithLabelValues(d.Event.MonitorName, string(d.Event.Name), d.Target, string(v.result)).Inc()
	m.durations.WithLabelValues(d.Target, string(v.result)).Observe(took.Seconds())
}
