package notifier

import (
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

type metrics struct {
	attempts  *prometheus.CounterVec
	durations *prometheus.HistogramVec
}

func newMetrics(registerer prometheus.Registerer) *metrics {
	factory := promauto.With(registerer)
	return &metrics{
		attempts: factory.NewCounterVec(prometheus.CounterOpts{
			Name: "vedette_notification_attempts_total",
			Help: "Attempts to bring what a target shows of an alert up to date.",
		}, []string{"plugin", "result"}),
		durations: factory.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "vedette_notification_duration_seconds",
			Help:    "How long such attempts took.",
			Buckets: []float64{0.01, 0.1, 0.5, 1, 5, 15, 60},
		}, []string{"plugin", "result"}),
	}
}

// observe counts by plugin: of destinations there may be any number.
func (m *metrics) observe(target string, r result, took time.Duration) {
	plugin, _, _ := strings.Cut(target, ":")
	m.attempts.WithLabelValues(plugin, string(r)).Inc()
	m.durations.WithLabelValues(plugin, string(r)).Observe(took.Seconds())
}
