package alertmanager

import (
	"encoding/json"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
)

// maxText bounds each annotation, in bytes: what sends them on has limits, too.
const maxText = 8 << 10

// severityLabel is the label by which alerts are routed.
const severityLabel = "severity"

// severities are the values of that label: the names of priorities.
func severities() []string {
	var names []string
	for _, p := range monitor.Priorities {
		names = append(names, p.String())
	}
	return names
}

// alert is a rendering.
type alert struct {
	// Labels are all but the severity.
	Labels      map[string]string `json:"labels"`
	Severity    string            `json:"severity"`
	Annotations map[string]string `json:"annotations"`
	StartsAt    time.Time         `json:"starts_at"`
	URL         string            `json:"url"`
	Closed      bool              `json:"closed"`
}

// post is an alert as the API takes it.
type post struct {
	Labels       map[string]string `json:"labels"`
	Annotations  map[string]string `json:"annotations"`
	StartsAt     time.Time         `json:"startsAt"`
	EndsAt       time.Time         `json:"endsAt"`
	GeneratorURL string            `json:"generatorURL,omitempty"`
}

func newAlert(card *notify.Card, more map[string]string) alert {
	labels := map[string]string{}
	for name, value := range card.Labels {
		if name := labelName(name); !isOurs(name) {
			labels[name] = value
		}
	}
	maps.Copy(labels, more)
	labels["alertname"] = card.Monitor
	labels["monitor"] = card.Monitor
	labels["alert_id"] = strconv.FormatInt(card.AlertID, 10)
	return alert{
		Labels:   labels,
		Severity: card.Priority.String(),
		Annotations: map[string]string{
			"summary":     notify.Shorten(fmt.Sprintf("%s: %s, %d active", card.Title, card.Priority, card.ActiveIssues), maxText),
			"description": notify.Shorten(strings.TrimSpace(card.Summary+"\n\n"+card.Lines(maxText/2)), maxText),
			"status":      statusOf(card),
			"runbook_url": card.DocsURL,
		},
		StartsAt: card.CreatedAt.UTC(),
		URL:      card.URL,
		Closed:   card.Closed != "",
	}
}

func statusOf(card *notify.Card) string {
	switch {
	case card.Closed != "":
		return string(card.Closed)
	case card.Acknowledged:
		return "acknowledged"
	default:
		return "active"
	}
}

func readAlert(r notify.Rendering) (alert, error) {
	var a alert
	if err := json.Unmarshal([]byte(r), &a); err != nil {
		return a, notify.Errorf(notify.Rejected, "read the rendering: %w", err)
	}
	return a, nil
}

// posted is what is pushed: the alert, until so long from now unless it is told
// again, and the end of what was pushed with another severity. If shown is empty,
// that may have been any.
func (a *alert) posted(nonce, shown string, now time.Time, lasts time.Duration) []post {
	until := now.Add(lasts)
	if a.Closed {
		until = now
	}
	posts := []post{a.post(nonce, a.Severity, until)}
	for _, severity := range severities() {
		if severity != a.Severity && (shown == "" || shown == severity) {
			posts = append(posts, a.post(nonce, severity, now))
		}
	}
	return posts
}

func (a *alert) post(nonce, severity string, until time.Time) post {
	labels := maps.Clone(a.Labels)
	labels[severityLabel] = severity
	annotations := maps.Clone(a.Annotations)
	annotations["notification_id"] = nonce
	startsAt := a.StartsAt
	if startsAt.After(until) {
		// The database's clock is ahead of ours. What ends before it starts is not taken.
		startsAt = until
	}
	return post{Labels: labels, Annotations: annotations, StartsAt: startsAt.UTC(), EndsAt: until.UTC(), GeneratorURL: a.URL}
}

// labelName is a name as Prometheus has them: letters, digits and _.
func labelName(name string) string {
	cleaned := strings.Map(func(r rune) rune {
		if r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, name)
	if cleaned == "" || cleaned[0] >= '0' && cleaned[0] <= '9' {
		return "_" + cleaned
	}
	return cleaned
}

// isOurs tells whether a label is set by us.
func isOurs(name string) bool {
	switch name {
	case "alertname", "monitor", "alert_id", severityLabel:
		return true
	default:
		return false
	}
}
