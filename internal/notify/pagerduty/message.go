package pagerduty

import (
	"fmt"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
)

// Limits of the service: of the summary, in characters, and of what we put into
// the details, which together with all the rest must stay below 512 kB.
const (
	maxSummary = 1024
	maxAbout   = 8 << 10
	maxIssues  = 64 << 10
)

// message is an event of the Events API v2.
type message struct {
	RoutingKey string  `json:"routing_key"`
	Action     string  `json:"event_action"`
	DedupKey   string  `json:"dedup_key"`
	Client     string  `json:"client"`
	ClientURL  string  `json:"client_url,omitempty"`
	Links      []link  `json:"links,omitempty"`
	Payload    payload `json:"payload"`
}

type link struct {
	Href string `json:"href"`
	Text string `json:"text"`
}

type payload struct {
	Summary   string    `json:"summary"`
	Source    string    `json:"source"`
	Severity  string    `json:"severity"`
	Timestamp time.Time `json:"timestamp"`
	Component string    `json:"component"`
	Details   details   `json:"custom_details"`
}

// details are shown with the incident.
type details struct {
	Title        string            `json:"title"`
	Monitor      string            `json:"monitor"`
	Summary      string            `json:"summary,omitempty"`
	AlertID      int64             `json:"alert_id"`
	Priority     string            `json:"priority"`
	ActiveIssues int               `json:"active_issues"`
	Labels       map[string]string `json:"labels,omitempty"`
	Issues       string            `json:"issues,omitempty"`
}

func newMessage(card *notify.Card) message {
	m := message{
		Action:    actionOf(card),
		ClientURL: card.URL,
		Payload: payload{
			Summary:   notify.Shorten(fmt.Sprintf("%s: %s, %d active", card.Title, card.Priority, card.ActiveIssues), maxSummary),
			Source:    "vedette",
			Severity:  severityOf(card.Priority),
			Timestamp: card.CreatedAt.UTC(),
			Component: card.Monitor,
			Details: details{
				Title: notify.Shorten(card.Title, maxSummary), Monitor: card.Monitor, Summary: notify.Shorten(card.Summary, maxAbout),
				AlertID: card.AlertID, Priority: card.Priority.String(), ActiveIssues: card.ActiveIssues,
				Labels: labels(card), Issues: card.Lines(maxIssues),
			},
		},
	}
	if card.DocsURL != "" {
		m.Links = []link{{Href: card.DocsURL, Text: "About the monitor " + card.Monitor}}
	}
	return m
}

func labels(card *notify.Card) map[string]string {
	shown := make(map[string]string, len(card.Labels))
	for name, value := range card.Labels {
		shown[name] = notify.Shorten(value, maxSummary)
	}
	return shown
}

func actionOf(card *notify.Card) string {
	switch {
	case card.Closed != "":
		return "resolve"
	case card.Acknowledged:
		return "acknowledge"
	default:
		return "trigger"
	}
}

// severityOf is the service's word for a priority: it has four.
func severityOf(p monitor.Priority) string {
	switch p {
	case monitor.Critical:
		return "critical"
	case monitor.High:
		return "error"
	case monitor.Moderate:
		return "warning"
	default:
		return "info"
	}
}
