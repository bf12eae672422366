package queue

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

// Metrics are what every queue counts, under the same names whatever carries the
// messages.
type Metrics struct {
	// Redeliveries are messages that came again, Foreign those that are not ours
	// (R73); by lane.
	Redeliveries, Foreign *prometheus.CounterVec
}

// NewMetrics registers them; a nil registerer keeps them to itself.
func NewMetrics(registerer prometheus.Registerer) Metrics {
	factory := promauto.With(registerer)
	counter := func(name, help string) *prometheus.CounterVec {
		return factory.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, []string{"lane"})
	}
	return Metrics{
		Redeliveries: counter("vedette_queue_redeliveries_total", "Messages that this process received not for the first time."),
		Foreign:      counter("vedette_queue_foreign_messages_total", "Messages that this process could not read, and set aside."),
	}
}
