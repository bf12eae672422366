package egress

import (
	"errors"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"github.com/vedettehq/vedette/internal/monitor"
)

type metrics struct {
	calls *prometheus.HistogramVec
}

func newMetrics(registerer prometheus.Registerer) *metrics {
	return &metrics{
		// Hosts are no label: an operator may allow any number of them.
		calls: promauto.With(registerer).NewHistogramVec(prometheus.HistogramOpts{
			Name:    "vedette_http_client_duration_seconds",
			Help:    "How long the HTTP calls of monitors took.",
			Buckets: []float64{0.01, 0.05, 0.2, 0.5, 2, 10, 60},
		}, []string{"result"}),
	}
}

func (m *metrics) observe(took time.Duration, err error) {
	result := "succeeded"
	if failure, ok := errors.AsType[*monitor.Failure](err); ok {
		result = string(failure.Kind)
	}
	m.calls.WithLabelValues(result).Observe(took.Seconds())
}
