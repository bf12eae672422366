package webhook

import (
	"time"

	"github.com/vedettehq/vedette/internal/notify"
)

// maxIssues bounds how many issues a message lists.
const maxIssues = 200

// payload is the native form of an alert.
type payload struct {
	Title        string            `json:"title"`
	Monitor      string            `json:"monitor"`
	Summary      string            `json:"summary"`
	Labels       map[string]string `json:"labels"`
	AlertID      int64             `json:"alert_id"`
	Status       string            `json:"status"`
	Priority     int               `json:"priority"`
	PriorityName string            `json:"priority_name"`
	Acknowledged bool              `json:"acknowledged"`
	Locked       bool              `json:"locked"`
	ActiveIssues int               `json:"active_issues"`
	Fields       []string          `json:"fields"`
	Issues       []issue           `json:"issues"`
	More         int               `json:"more_issues"`
	URL          string            `json:"url,omitempty"`
	DocsURL      string            `json:"docs_url,omitempty"`
	CreatedAt    time.Time         `json:"created_at"`
	SolvedAt     *time.Time        `json:"solved_at"`
	Test         bool              `json:"test,omitempty"`
}

type issue struct {
	ModelID string            `json:"model_id"`
	Values  map[string]string `json:"values"`
}

func newPayload(card *notify.Card) payload {
	shown := card.Issues[:min(len(card.Issues), maxIssues)]
	p := payload{
		Title: card.Title, Monitor: card.Monitor, Summary: card.Summary, Labels: card.Labels,
		AlertID: card.AlertID, Status: "active",
		Priority: int(card.Priority), PriorityName: card.Priority.String(),
		Acknowledged: card.Acknowledged, Locked: card.Locked,
		ActiveIssues: card.ActiveIssues, Fields: card.Fields, Issues: []issue{},
		More: max(0, card.ActiveIssues-len(shown)),
		URL:  card.URL, DocsURL: card.DocsURL, CreatedAt: card.CreatedAt.UTC(), Test: card.Test,
	}
	if p.Labels == nil {
		p.Labels = map[string]string{}
	}
	if p.Fields == nil {
		p.Fields = []string{}
	}
	if card.Closed != "" {
		p.Status = string(card.Closed)
	}
	if !card.SolvedAt.IsZero() {
		at := card.SolvedAt.UTC()
		p.SolvedAt = &at
	}
	for _, row := range shown {
		values := make(map[string]string, len(card.Fields))
		for i, field := range card.Fields {
			values[field] = row.Values[i]
		}
		p.Issues = append(p.Issues, issue{ModelID: row.ModelID, Values: values})
	}
	return p
}
