package notify

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"github.com/vedettehq/vedette/internal/monitor"
)

// InboundMetrics counts what goes on in the services in which people can act. nil
// counts nothing.
type InboundMetrics struct {
	commands    *prometheus.CounterVec
	connected   *prometheus.GaugeVec
	connections *prometheus.CounterVec
}

// NewInboundMetrics makes them, for all services.
func NewInboundMetrics(registerer prometheus.Registerer) *InboundMetrics {
	factory := promauto.With(registerer)
	return &InboundMetrics{
		commands: factory.NewCounterVec(prometheus.CounterOpts{
			Name: "vedette_chat_commands_total",
			Help: "What people asked for in a chat, by what became of it.",
		}, []string{"plugin", "command", "result"}),
		connected: factory.NewGaugeVec(prometheus.GaugeOpts{
			Name: "vedette_chat_connected",
			Help: "Whether this process hears what people say in a chat.",
		}, []string{"plugin"}),
		connections: factory.NewCounterVec(prometheus.CounterOpts{
			Name: "vedette_chat_connections_total",
			Help: "How often the connection to a chat was made.",
		}, []string{"plugin"}),
	}
}

// Connected notes that the connection is there, again or for the first time.
func (m *InboundMetrics) Connected(plugin string) {
	if m != nil {
		m.connected.WithLabelValues(plugin).Set(1)
		m.connections.WithLabelValues(plugin).Inc()
	}
}

// Disconnected notes that it is not.
func (m *InboundMetrics) Disconnected(plugin string) {
	if m != nil {
		m.connected.WithLabelValues(plugin).Set(0)
	}
}

// Commanded notes what became of a command. There must be few commands: what people
// say is none.
func (m *InboundMetrics) Commanded(plugin, command string, err error) {
	if m != nil {
		m.commands.WithLabelValues(plugin, command, outcome(err)).Inc()
	}
}

// outcome tells what people can mend from what they cannot.
func outcome(err error) string {
	if err == nil {
		return "done"
	}
	switch monitor.CodeOf(err) {
	case monitor.CodeInternal, monitor.CodeUnavailable:
		return "failed"
	default:
		return "refused"
	}
}
