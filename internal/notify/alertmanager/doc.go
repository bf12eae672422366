// Package alertmanager pushes alerts to Prometheus's Alertmanager, which groups,
// routes and silences them with all others.
//
// It must not know when something is told.
package alertmanager
