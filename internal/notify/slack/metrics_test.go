package slack

import (
	"fmt"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
)

func TestListen_CountsWhatPeopleAskForAndWhetherItHearsThem(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewPedanticRegistry()
	i := listening(t, "", func(config *notify.InboundConfig) { config.Metrics = notify.NewInboundMetrics(registry) })
	i.hears(t, "U0001", "ack 42")
	i.hears(t, "U0001", "make coffee")
	i.hears(t, "U0001", "ack everything")
	i.deeds.fail(monitor.Errorf(monitor.CodeConflict, "alert 42 is solved already"))
	i.hears(t, "U0001", "solve 42")
	require.Equal(t, map[string]float64{
		"vedette_chat_commands_total ack slack done":        1,
		"vedette_chat_commands_total ack slack refused":     1,
		"vedette_chat_commands_total solve slack refused":   1,
		"vedette_chat_commands_total unknown slack refused": 1,
		"vedette_chat_connected slack":                      1,
		"vedette_chat_connections_total slack":              1,
	}, gathered(t, registry))
	i.Disconnect()
	i.until(t, func() bool { return gathered(t, registry)["vedette_chat_connections_total slack"] == 2 })
}

// gathered are the values of all metrics, by their names and labels.
func gathered(t *testing.T, registry *prometheus.Registry) map[string]float64 {
	t.Helper()
	families, err := registry.Gather()
	require.NoError(t, err)
	values := map[string]float64{}
	for _, family := range families {
		for _, metric := range family.GetMetric() {
			name := family.GetName()
			for _, label := range metric.GetLabel() {
				name = fmt.Sprint(name, " ", label.GetValue())
			}
			values[name] = metric.GetCounter().GetValue() + metric.GetGauge().GetValue()
		}
	}
	return values
}
