package run

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"github.com/vedettehq/vedette/internal/monitor"
)

const (
	resultSucceeded = "succeeded"
	resultFailed    = "failed"
)

type metrics struct {
	routines *prometheus.HistogramVec
	limits   *prometheus.CounterVec
}

func newMetrics(registerer prometheus.Registerer) *metrics {
	factory := promauto.With(registerer)
	return &metrics{
		routines: factory.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "vedette_monitor_routine_duration_seconds",
			Help:    "How long the routines of monitors took.",
			Buckets: []float64{0.01, 0.1, 1, 10, 60},
		}, []string{"monitor", "routine", "result"}),
		limits: factory.NewCounterVec(prometheus.CounterOpts{
			Name: "vedette_script_limits_hit_total",
			Help: "Routines that were stopped by a limit.",
		}, []string{"monitor"}),
	}
}

func (m *metrics) observe(name string, report monitor.Routine) {
	result := resultSucceeded
	if report.Error != nil {
		result = resultFailed
		if report.Error.Kind == monitor.FailureLimit {
			m.limits.WithLabelValues(name).Inc()
		}
	}
	m.routines.WithLabelValues(name, report.Name, result).Observe(report.Seconds)
}

type databaseMetrics struct {
	queries *prometheus.HistogramVec
}

func newDatabaseMetrics(registerer prometheus.Registerer) *databaseMetrics {
	return &databaseMetrics{
		queries: promauto.With(registerer).NewHistogramVec(prometheus.HistogramOpts{
			Name:    "vedette_query_duration_seconds",
			Help:    "How long the queries of monitors took.",
			Buckets: []float64{0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60},
		}, []string{"database", "result"}),
	}
}

func (m *databaseMetrics) observe(database string, took time.Duration, err error) {
	result := resultSucceeded
	if failure := asFailure(err); failure != nil {
		result = string(failure.Kind)
	}
	m.queries.WithLabelValues(database, result).Observe(took.Seconds())
}
