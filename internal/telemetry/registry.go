package telemetry

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// NewRegistry makes the registry of a process, which already measures the Go
// runtime and the process itself, and names the build.
func NewRegistry(build Build) *prometheus.Registry {
	registry := prometheus.NewRegistry()
	registry.MustRegister(
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		newBuildInfo(build),
	)
	return registry
}

// newBuildInfo is the customary constant 1 whose labels are the news: joined with
// other metrics, it shows which of them changed with a deployment.
func newBuildInfo(build Build) prometheus.Collector {
	info := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "vedette_build_info",
		Help: "What this process was built from; always 1.",
		ConstLabels: prometheus.Labels{
			"version":    build.Version,
			"commit":     build.Commit,
			"go_version": build.GoVersion,
		},
	})
	info.Set(1)
	return info
}
